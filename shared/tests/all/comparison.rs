//! What two reports say beside each other.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED as SHUT, NOT_ASKED as UNTESTED, OPEN, report, tcp};
use klinke_shared::{Comparison, Evidence, Finding, Report, State};

/// A report of several addresses, each with what was seen there.
fn at(lines: &[(&str, &[(u16, Evidence)])]) -> Report {
    let mut all = report(&[]);
    all.addresses.clear();
    for (address, seen) in lines {
        let mut line = report(seen).addresses.remove(0);
        line.address = address.parse().unwrap();
        all.addresses.push(line);
    }
    all
}

fn numbers(doors: &[Finding]) -> Vec<u16> {
    doors.iter().map(|door| door.port.number.get()).collect()
}

#[test]
fn each_door_stands_where_it_belongs_and_once() {
    let before = [(21, OPEN), (22, OPEN), (23, SHUT), (25, OPEN), (110, OPEN)];
    let after = [(21, OPEN), (22, SHUT), (23, OPEN), (110, UNTESTED), (143, OPEN)];
    let all = Comparison::of(&report(&before), &report(&after));
    assert_eq!(numbers(&all.shut), [22]);
    assert_eq!(numbers(&all.new), [23]);
    assert_eq!(numbers(&all.still), [21]);
    let mut unknown = numbers(&all.unknown);
    unknown.sort_unstable();
    assert_eq!(unknown, [25, 110, 143], "not asked now, not tested now, not asked then");
    assert!(!all.elsewhere);
}

#[test]
fn one_address_in_common_is_enough_to_be_the_same_line() {
    let [one, two, three] = ["203.0.113.7", "2001:db8::7", "203.0.113.8"];
    let both = at(&[(one, &[]), (two, &[])]);
    assert!(!Comparison::of(&both, &at(&[(three, &[]), (two, &[])])).elsewhere);
    assert!(Comparison::of(&both, &at(&[(three, &[])])).elsewhere);
}

#[test]
fn the_state_at_several_addresses_is_open_if_one_is_open() {
    let both = at(&[
        ("203.0.113.7", &[(21, SHUT), (22, SHUT), (23, UNTESTED)]),
        ("2001:db8::7", &[(21, OPEN), (22, SHUT), (24, SHUT)]),
    ]);
    let state = both.states();
    assert_eq!(state(tcp(21)), Some(State::Open));
    assert_eq!(state(tcp(22)), Some(State::Closed));
    assert_eq!(state(tcp(23)), Some(State::NotTested));
    assert_eq!(state(tcp(24)), Some(State::Closed));
    assert_eq!(state(tcp(25)), None, "nobody asked");
}

#[test]
fn what_answers_for_everything_is_not_called_open_in_a_comparison() {
    let many: Vec<(u16, Evidence)> = (1..=40).map(|number| (number, OPEN)).collect();
    let all = Comparison::of(&report(&[(21, OPEN)]), &report(&many));
    assert_eq!(numbers(&all.unknown), [21]);
    assert!(all.still.is_empty() && all.new.is_empty());
}
