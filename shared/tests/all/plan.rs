//! Which ports are asked, and in which order.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{tcp, udp};
use klinke_shared::{Plan, Port, Profile, Transport, UDP_ASKED, services};
use std::collections::BTreeSet;
use std::num::NonZeroU16;

fn of_catalogue() -> BTreeSet<Port> {
    services().flat_map(|(_, service)| service.ports()).collect()
}

#[test]
fn the_office_profile_asks_every_port_of_the_catalogue_once() {
    let planned = Plan::of_profile(Profile::Office);
    let distinct: BTreeSet<Port> = planned.ports().iter().copied().collect();
    assert_eq!(distinct, of_catalogue());
    assert_eq!(planned.ports().len(), distinct.len());
    assert!(distinct.contains(&udp(53)) && distinct.contains(&tcp(53)));
}

#[test]
fn every_service_that_has_a_door_is_met_by_the_office_profile() {
    let office: BTreeSet<Port> =
        Plan::of_profile(Profile::Office).ports().iter().copied().collect();
    for (_, service) in services() {
        let doors: Vec<Port> = service.ports().chain(service.further_ports()).collect();
        assert!(doors.iter().all(|port| office.contains(port)), "{}", service.name());
        assert!(!doors.is_empty(), "{} is looked for nowhere", service.name());
    }
}

#[test]
fn the_quick_profile_asks_about_forty_ports_and_what_is_attacked_most_first() {
    let plan = Plan::of_profile(Profile::Quick);
    assert!((35..=50).contains(&plan.ports().len()), "{}", plan.ports().len());
    assert_eq!(plan.ports()[..3], [tcp(3389), udp(3389), tcp(445)]);
}

#[test]
fn the_thorough_profile_asks_every_tcp_port_and_every_udp_question_the_catalogue_first() {
    let plan = Plan::of_profile(Profile::Thorough);
    let office = Plan::of_profile(Profile::Office);
    assert_eq!(plan.to_set().tcp.len(), 65_535);
    let udp = office.ports().iter().filter(|port| port.transport == Transport::Udp);
    let asked: BTreeSet<u16> =
        udp.map(|port| port.number.get()).chain(UDP_ASKED.iter().copied()).collect();
    assert_eq!(plan.to_set().udp.iter().map(NonZeroU16::get).collect::<BTreeSet<_>>(), asked);
    assert_eq!(plan.ports().len(), plan.to_set().len());
    assert_eq!(plan.ports()[..office.ports().len()], *office.ports());
}

#[test]
fn wished_ports_come_by_rank_each_once_and_no_others() {
    let wished = [tcp(9999), udp(40_000), tcp(443), tcp(9998), udp(53), tcp(3389), tcp(443)];
    let plan = Plan::by_rank(wished);
    let distinct: BTreeSet<Port> = plan.ports().iter().copied().collect();
    assert_eq!(distinct, wished.into_iter().collect());
    assert_eq!(plan.ports().len(), distinct.len());
    let place = |wanted: Port| plan.ports().iter().position(|port| *port == wanted).unwrap();
    assert_eq!(place(tcp(3389)), 0);
    for known in [tcp(443), udp(53)] {
        for unknown in [tcp(9999), tcp(9998), udp(40_000)] {
            assert!(place(known) < place(unknown), "{known} and {unknown}");
        }
    }
    assert!(Plan::by_rank([]).ports().is_empty());
}

#[test]
fn the_rest_of_a_plan_is_mixed_so_that_neighbours_are_far_apart() {
    let plan = Plan::by_rank((21_000..21_100).map(tcp));
    let near = plan
        .ports()
        .windows(2)
        .filter(|pair| pair[0].number.get().abs_diff(pair[1].number.get()) < 3);
    assert_eq!(near.count(), 0);
}
