//! What was recognised, and what slows a check down, read back as what they were.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{OPEN, openssh, recognised, report, shown, tcp, udp};
use klinke_shared::{
    Certificate, Controls, Event, Finding, Note, Observation, Observations, Protocol, Read,
    Recognised, Recognition, Slowing, from_json,
};
use serde::Serialize;
use std::fmt::Debug;

const NOTES: &str = "password-login key-only no-password asks-password no-nla smb1 \
    signing-not-required certificate-expired certificate-self-signed legacy-tls recursion amplifies \
    says-nothing";

#[track_caller]
fn reads_back<T: Read + Serialize + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&from_json::<T>(&json).unwrap(), value, "{json}");
}

fn all_notes() -> Vec<Note> {
    NOTES.split_whitespace().map(|name| from_json(&format!("\"{name}\"")).unwrap()).collect()
}

#[test]
fn every_name_reads_back() {
    assert!(all_notes().iter().map(|note| note.as_str()).eq(NOTES.split_whitespace()));
    all_notes().iter().for_each(reads_back);
    [Slowing::Throttled, Slowing::Banned].iter().for_each(reads_back);
    for protocol in
        [Protocol::Activemq, Protocol::Iec104, Protocol::WsDiscovery, Protocol::Zookeeper]
    {
        reads_back(&protocol);
    }
    assert_eq!(from_json::<Protocol>("\"iec-104\"").unwrap(), Protocol::Iec104);
    for unknown in ["\"gopher\"", "7", "null", "\"SSH\""] {
        assert!(from_json::<Protocol>(unknown).is_err(), "{unknown}");
        assert!(from_json::<Note>(unknown).is_err(), "{unknown}");
        assert!(from_json::<Slowing>(unknown).is_err(), "{unknown}");
    }
}

#[test]
fn every_recognition_reads_back() {
    let all_of_it = Recognition { notes: all_notes(), tls: true, ..openssh() };
    for known in [Recognition::default(), openssh(), shown(), all_of_it] {
        reads_back(&known);
        for port in [tcp(22), udp(53)] {
            reads_back(&Recognised { port, recognition: known.clone() });
        }
    }
    for certificate in
        [Certificate::default(), Certificate { expires: u64::MAX, ..Certificate::default() }]
    {
        reads_back(&certificate);
        reads_back(&Recognition { certificate: Some(certificate), ..Recognition::default() });
    }
}

#[test]
fn what_is_not_known_of_a_door_is_left_out() {
    assert_eq!(serde_json::to_string(&Recognition::default()).unwrap(), "{}");
    let ssh = serde_json::to_string(&Recognition::of(Protocol::Ssh)).unwrap();
    assert_eq!(ssh, r#"{"protocol":"ssh"}"#);
    assert_eq!(serde_json::to_string(&Observations::default()).unwrap(), "{}");
}

#[test]
fn events_and_reports_with_it_read_back() {
    for slowing in [Slowing::Throttled, Slowing::Banned] {
        reads_back(&Event::Slowed { address: 1, slowing });
        let mut slowed = recognised(report(&[(22, OPEN), (443, OPEN)]), tcp(22), openssh());
        slowed.addresses[0].slowed = Some(slowing);
        slowed.addresses[0].controls = Controls { asked: u8::MAX, open: 3 };
        slowed = recognised(slowed, tcp(443), shown());
        reads_back(&slowed);
    }
    let mut observations = Observations::default();
    observations
        .recognise(Recognised { port: udp(53), recognition: Recognition::of(Protocol::Dns) });
    reads_back(&Event::Observed { address: 0, observations });
}

#[test]
fn a_finding_with_what_was_recognised_reads_back_for_programs() {
    let finding =
        Finding::of(&Observation { port: tcp(22), evidence: OPEN }, Some(&openssh())).unwrap();
    let json = serde_json::to_string(&finding).unwrap();
    assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), finding);
}

#[test]
fn what_is_of_another_kind_is_refused() {
    for json in [
        r#"{"protocol":"gopher"}"#,
        r#"{"tls":"yes"}"#,
        r#"{"notes":"smb1"}"#,
        r#"{"notes":["smb9"]}"#,
        r#"{"product":7}"#,
        r#"{"certificate":{}}"#,
        r#"{"certificate":{"expires":-1}}"#,
    ] {
        assert!(from_json::<Recognition>(json).is_err(), "{json}");
    }
    for json in [r#"{"asked":1}"#, r#"{"asked":256,"open":0}"#] {
        assert!(from_json::<Controls>(json).is_err(), "{json}");
    }
    assert!(from_json::<Event>(r#"{"type":"slowed","address":0}"#).is_err());
}
