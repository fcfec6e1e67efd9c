//! What was recognised behind a port, and what follows from it.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, OPEN, openssh, recognised, report, shown, tcp, texts, udp};
use klinke_shared::{
    Controls, Finding, Headline, Language, Note, Observation, Observations, Port, Protocol,
    Recognised, Recognition, Severity, State, by_name, date, recognised_as, usual_at,
};

fn finding(port: Port, recognition: &Recognition) -> Finding {
    Finding::of(&Observation { port, evidence: OPEN }, Some(recognition)).unwrap()
}

#[test]
fn what_is_spoken_counts_and_not_the_number_of_the_door() {
    let redis = finding(tcp(6380), &Recognition::of(Protocol::Redis));
    assert_eq!((redis.service, redis.proven), (by_name("redis"), true));
    let ssh = finding(tcp(443), &openssh());
    assert_eq!((ssh.service, ssh.proven, ssh.also), (by_name("ssh"), true, vec![]));
    let https = finding(tcp(443), &shown());
    assert_eq!((https.service, https.proven), (by_name("https"), true));
    let elsewhere = finding(tcp(4450), &shown());
    assert_eq!((elsewhere.service, elsewhere.proven), (by_name("web-admin"), true));
}

#[test]
fn a_web_page_proves_no_more_than_a_web_page() {
    let page = Recognition::of(Protocol::Http);
    let phone = finding(tcp(8123), &page);
    assert_eq!((phone.service, phone.proven), (by_name("home-assistant"), false));
    let known = finding(tcp(8123), &page.product("Home Assistant"));
    assert_eq!((known.service, known.proven), (by_name("home-assistant"), true));
}

#[test]
fn of_two_services_of_one_product_the_one_at_this_door_is_meant() {
    let gate = Recognition::of(Protocol::Tls).product("FortiGate");
    assert_eq!(finding(tcp(541), &gate).service, by_name("fortigate-management"));
    assert_eq!(finding(tcp(443), &gate).service, by_name("fortinet-ssl-vpn"));
}

#[test]
fn a_protocol_that_the_catalogue_does_not_know_gives_no_service() {
    let queue = Recognition::of(Protocol::Lpd);
    assert_eq!(recognised_as(tcp(443), &queue), None);
    let finding = finding(tcp(443), &queue);
    assert_eq!((finding.service, finding.proven), (None, false));
    assert_eq!(finding.severity, Severity::Medium);
}

#[test]
fn where_nothing_was_said_the_door_is_usually_used_for_something() {
    let silent = Finding::of(&Observation { port: tcp(22), evidence: OPEN }, None).unwrap();
    assert_eq!((silent.service, silent.proven), (by_name("ssh"), false));
    let mute = finding(tcp(22), &Recognition::default().note(Note::SaysNothing));
    assert_eq!((mute.service, mute.proven), (by_name("ssh"), false));
    assert_eq!(mute.recognition.unwrap().label(), None);
}

#[test]
fn a_product_of_the_catalogue_is_known_wherever_it_is() {
    let nas = Recognition::of(Protocol::Http).product("Synology DSM");
    assert_eq!(recognised_as(tcp(80), &nas), Some((by_name("synology-dsm").unwrap(), true)));
    let page = Recognition::of(Protocol::Http);
    assert_eq!(recognised_as(tcp(5985), &page), Some((by_name("winrm").unwrap(), false)));
}

#[test]
fn facts_make_a_door_better_or_worse() {
    let ssh = Recognition::of(Protocol::Ssh);
    assert_eq!(finding(tcp(22), &ssh).severity, Severity::Low);
    assert_eq!(finding(tcp(22), &ssh.clone().note(Note::KeyOnly)).severity, Severity::Low);
    assert_eq!(finding(tcp(22), &ssh.note(Note::PasswordLogin)).severity, Severity::Medium);
    let redis = Recognition::of(Protocol::Redis);
    assert_eq!(finding(tcp(6379), &redis).severity, Severity::Critical);
    let asks = redis.note(Note::AsksPassword);
    assert_eq!(finding(tcp(6379), &asks).severity, Severity::High);
    assert_eq!(finding(tcp(443), &shown()).severity, Severity::Medium);
}

#[test]
fn the_verdict_follows_what_was_recognised() {
    let plain = report(&[(443, OPEN), (23, CLOSED)]);
    assert_eq!(plain.verdict().headline, Headline::Ordinary { open: 1 });
    let redis = recognised(plain, tcp(443), Recognition::of(Protocol::Redis));
    assert_eq!(redis.verdict().headline, Headline::Critical { urgent: 1 });
    assert!(redis.findings()[0].proven);
}

#[test]
fn where_everything_answers_only_what_speaks_is_open() {
    let mut flooded = report(&[(22, OPEN), (23, OPEN), (443, OPEN)]);
    flooded.addresses[0].controls = Controls { asked: 4, open: 2 };
    let flooded = recognised(flooded, tcp(22), openssh());
    assert!(flooded.addresses[0].everything_answers());
    for finding in flooded.findings() {
        let speaks = finding.port == tcp(22);
        let state = if speaks { State::Open } else { State::Unreliable };
        assert_eq!(finding.state, state, "{}", finding.port);
    }
    assert_eq!((flooded.believed(State::Open), flooded.believed(State::Unreliable)), (1, 2));
    let mute = Recognition::default().note(Note::SaysNothing);
    let flooded = recognised(flooded, tcp(23), mute);
    let at_23 = flooded.findings().into_iter().find(|finding| finding.port == tcp(23));
    assert_eq!(at_23.unwrap().state, State::Unreliable);
}

#[test]
fn control_questions_tell_from_half_of_them_on() {
    for (asked, open, all) in
        [(0, 0, false), (4, 0, false), (4, 1, false), (4, 2, true), (3, 2, true)]
    {
        let controls = Controls { asked, open };
        assert_eq!(controls.show_that_everything_answers(), all, "{open} of {asked}");
    }
}

#[test]
fn a_later_recognition_replaces_an_earlier_one_and_ports_stay_in_order() {
    let at = |port, protocol| Recognised { port, recognition: Recognition::of(protocol) };
    let mut seen = Observations::default();
    for known in [
        at(udp(53), Protocol::Dns),
        at(tcp(443), Protocol::Tls),
        at(tcp(22), Protocol::Ssh),
        at(tcp(443), Protocol::Http),
    ] {
        seen.recognise(known);
    }
    assert!(seen.recognised.is_sorted_by_key(|known| known.port) && seen.recognised.len() == 3);
    assert_eq!(seen.recognition(tcp(443)), Some(&Recognition::of(Protocol::Http)));
    assert_eq!((seen.recognition(tcp(53)), seen.len()), (None, 0));
    assert!(!seen.is_empty(), "a recognition alone is worth telling");

    let mut merged = Observations::default();
    merged.recognise(at(tcp(22), Protocol::Telnet));
    merged.insert(Observation { port: tcp(22), evidence: OPEN });
    merged.merge(&seen);
    assert_eq!(merged.recognised, seen.recognised);
    assert_eq!(merged.state_of(tcp(22)), Some(State::Open));
}

#[test]
fn a_label_says_product_and_version_or_else_the_protocol() {
    let label = |known: Recognition| known.label();
    assert_eq!(label(openssh()).as_deref(), Some("OpenSSH 9.2p1"));
    assert_eq!(label(openssh().version("")).as_deref(), Some("OpenSSH"));
    assert_eq!(label(Recognition::of(Protocol::Mysql)).as_deref(), Some("MYSQL"));
    assert_eq!(label(shown()).as_deref(), Some("HTTP (TLS)"));
    assert_eq!(label(Recognition::default()), None);
}

#[test]
fn notes_are_kept_once_and_in_order() {
    let known = Recognition::default();
    let known = known.note(Note::Amplifies).note(Note::NoPassword).note(Note::Amplifies);
    assert_eq!(known.notes, [Note::NoPassword, Note::Amplifies]);
}

#[test]
fn a_day_is_written_as_people_of_the_language_write_it() {
    let (german, english) = (texts(Language::German), texts(Language::English));
    assert_eq!(date(0, &german), "1. Januar 1970");
    assert_eq!(date(1_790_000_000, &german), "21. September 2026");
    assert_eq!(date(1_790_000_000, &english), "21 September 2026");
    assert_eq!(date(1_772_496_000, &german), "3. März 2026");
    assert_eq!(date(u64::MAX, &english), "31 December 9999");
}

#[test]
fn an_open_door_is_found_even_if_its_number_has_no_service() {
    assert_eq!(usual_at(tcp(2222)), None);
    let ssh = finding(tcp(2222), &openssh());
    assert_eq!((ssh.service, ssh.severity), (by_name("ssh"), Severity::Medium));
}
