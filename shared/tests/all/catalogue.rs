//! The table of services, tested as data.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{tcp, texts, udp};
use klinke_shared::{
    Language, Port, ServiceFilter, ServiceId, Severity, Transport, UDP_ASKED, UsedBy, at_port,
    by_name, companions, services, usual_at,
};
use std::collections::BTreeSet;

#[test]
fn every_service_is_found_by_its_name_and_at_its_ports() {
    for (id, service) in services() {
        assert_eq!(by_name(service.name()), Some(id));
        for port in service.ports() {
            assert_eq!(usual_at(port), Some(id), "{port}");
        }
        for port in service.further_ports() {
            assert!(at_port(port).contains(&id) && usual_at(port) != Some(id), "{port}");
        }
    }
}

#[test]
fn services_come_in_order_of_rank() {
    assert!(services().map(|(_, service)| service.rank).is_sorted());
}

#[test]
fn every_critical_service_is_quick_unless_it_is_for_buildings() {
    for (_, service) in services().filter(|(_, service)| service.severity == Severity::Critical) {
        assert!(
            service.quick || service.family == klinke_shared::Family::Building,
            "{}",
            service.name()
        );
    }
}

#[test]
fn the_catalogue_is_as_large_as_it_claims() {
    let ports: BTreeSet<Port> = services().flat_map(|(_, service)| service.ports()).collect();
    let tcp = ports.iter().filter(|port| port.transport == Transport::Tcp).count();
    assert!(services().count() > 200 && tcp >= 260 && ports.len() - tcp >= 40);
}

#[test]
fn every_door_with_a_question_over_udp_has_a_service() {
    for port in UDP_ASKED {
        assert!(usual_at(udp(*port)).is_some(), "{port}");
    }
}

#[test]
fn the_neighbours_that_a_careless_release_opens_are_asked() {
    for number in (80..=89).chain(440..=449) {
        assert!(usual_at(tcp(number)).is_some(), "{number}");
    }
}

#[test]
fn a_service_without_a_door_of_its_own_is_known_by_its_products() {
    for (_, service) in services().filter(|(_, service)| service.ports().next().is_none()) {
        assert!(service.is_recognisable(), "{}", service.name());
    }
}

#[test]
fn every_service_says_who_uses_it_and_what_helps() {
    for (_, service) in services() {
        assert!((1..=2).contains(&service.used_by.len()), "{}", service.name());
        assert!((1..=3).contains(&service.tips.len()), "{}", service.name());
        for tip in service.tips {
            assert_eq!(service.tips.iter().filter(|other| *other == tip).count(), 1);
        }
    }
}

#[test]
fn a_list_is_found_by_name_number_severity_and_user() {
    let texts = texts(Language::German);
    let chosen = |filter: ServiceFilter| filter.chosen(&texts);
    let words = |words: &str| ServiceFilter { words: words.to_owned(), ..ServiceFilter::default() };
    assert_eq!(chosen(ServiceFilter::default()).len(), services().count());
    assert_eq!(chosen(words("3389")), [by_name("rdp").unwrap()]);
    assert!(chosen(words(" REMOTEDESKTOP ")).contains(&by_name("rdp").unwrap()));
    assert!(chosen(words("drucker")).contains(&by_name("ipp").unwrap()), "by what it is for");
    assert!(chosen(words("8080")).len() > 3);
    assert!(chosen(words("gibt es nicht")).is_empty());
    let critical = ServiceFilter { severity: Some(Severity::Critical), ..ServiceFilter::default() };
    assert!(chosen(critical).iter().all(|id| id.service().severity == Severity::Critical));
    let building = ServiceFilter { used_by: Some(UsedBy::Building), ..ServiceFilter::default() };
    assert!(chosen(building).contains(&by_name("knx").unwrap()));
}

#[test]
fn a_service_is_written_as_its_name_and_an_unknown_name_is_refused() {
    let rdp = by_name("rdp").unwrap();
    assert_eq!(serde_json::to_string(&rdp).unwrap(), r#""rdp""#);
    assert_eq!(serde_json::from_str::<ServiceId>(r#""rdp""#).unwrap(), rdp);
    assert!(serde_json::from_str::<ServiceId>(r#""nonsense""#).is_err());
}

#[test]
fn both_languages_have_words_of_their_own_for_every_service() {
    let (german, english) = (texts(Language::German), texts(Language::English));
    for (id, service) in services() {
        let (de, en) = (german.service(Some(id)), english.service(Some(id)));
        for (one, other) in [
            (&de.purpose, &en.purpose),
            (&de.risk, &en.risk),
            (&de.employee, &en.employee),
            (&de.it, &en.it),
        ] {
            assert_ne!(one, other, "{}", service.name());
        }
    }
}

#[test]
fn companions_are_the_neighbours_and_the_other_ports_of_the_same_service() {
    let near: Vec<_> = companions(tcp(443)).collect();
    for number in (440..443).chain(444..=452) {
        assert!(near.contains(&tcp(number)), "{number}");
    }
    assert!(!near.contains(&tcp(443)) && !near.contains(&tcp(439)) && !near.contains(&tcp(453)));
    for other in usual_at(tcp(143)).unwrap().service().ports().filter(|port| *port != tcp(143)) {
        assert!(companions(tcp(143)).any(|near| near == other), "{other}");
    }
}

#[test]
fn companions_end_where_the_ports_end() {
    assert!(companions(tcp(1)).eq((2..=10).map(tcp)));
    assert!(companions(tcp(65_535)).eq((65_532..65_535).map(tcp)));
}
