//! The table of services, tested as data.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use klinke_shared::{
    Language, Plan, Port, Profile, ServiceId, Severity, Texts, Transport, at_port, by_name,
    services, usual_at,
};
use std::collections::BTreeSet;

fn tcp(number: u16) -> Port {
    Port::new(Transport::Tcp, number).unwrap()
}

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
fn the_office_profile_asks_every_tcp_port_of_the_catalogue_once() {
    let planned = Plan::of_profile(Profile::Office);
    let known: BTreeSet<Port> = services()
        .flat_map(|(_, service)| service.ports())
        .filter(|port| port.transport == Transport::Tcp)
        .collect();
    let distinct: BTreeSet<Port> = planned.ports().iter().copied().collect();
    assert_eq!(distinct, known);
    assert_eq!(planned.ports().len(), known.len());
}

#[test]
fn the_quick_profile_asks_about_forty_ports_and_what_is_attacked_most_first() {
    let plan = Plan::of_profile(Profile::Quick);
    assert!((35..=45).contains(&plan.ports().len()), "{}", plan.ports().len());
    assert_eq!(plan.ports()[..2], [tcp(3389), tcp(445)]);
}

#[test]
fn the_thorough_profile_asks_every_tcp_port_and_the_catalogue_first() {
    let plan = Plan::of_profile(Profile::Thorough);
    let office = Plan::of_profile(Profile::Office);
    assert_eq!(plan.ports().len(), 65_535);
    assert_eq!(plan.to_set().tcp.len(), 65_535);
    assert_eq!(plan.ports()[..office.ports().len()], *office.ports());
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
fn a_service_is_written_as_its_name_and_an_unknown_name_is_refused() {
    let rdp = by_name("rdp").unwrap();
    assert_eq!(serde_json::to_string(&rdp).unwrap(), r#""rdp""#);
    assert_eq!(serde_json::from_str::<ServiceId>(r#""rdp""#).unwrap(), rdp);
    assert!(serde_json::from_str::<ServiceId>(r#""nonsense""#).is_err());
}

#[test]
fn both_languages_have_words_of_their_own_for_every_service() {
    let texts = |language| Texts::from_json(Texts::json(language)).unwrap();
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
