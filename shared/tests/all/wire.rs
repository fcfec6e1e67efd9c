//! Everything that is sent reads back as what it was, and what is not understood is refused.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, NOT_ASKED, OPEN, SILENT, report, tcp};
use klinke_shared::api::{
    CheckCreated, Hosts, Operator, Problem, ProblemCode, ProfileInfo, Site, Visitor,
};
use klinke_shared::{
    CheckId, EndReason, Ending, Event, Evidence, Gap, IcmpKind, Language, Line, Network,
    Observation, Observations, OfficeAnswer, OwnFault, PlannedAddress, Port, Ports, Profile, Read,
    Report, Scope, Texts, Transport, UdpPath, from_json,
};
use serde::Serialize;
use std::fmt::Debug;

#[track_caller]
fn reads_back<T: Read + Serialize + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&from_json::<T>(&json).unwrap(), value, "{json}");
}

fn every_evidence() -> Vec<Evidence> {
    use IcmpKind::{
        HostUnreachable, NetworkUnreachable, Other, PortUnreachable, Prohibited,
        ProtocolUnreachable,
    };
    let icmps = [
        NetworkUnreachable,
        HostUnreachable,
        ProtocolUnreachable,
        PortUnreachable,
        Prohibited,
        Other,
    ];
    let faults = [
        OwnFault::NoRoute,
        OwnFault::Exhausted,
        OwnFault::Forbidden,
        OwnFault::Unsupported,
        OwnFault::Stopped,
        OwnFault::Vanished,
        OwnFault::Other,
    ];
    let from = [None, Some("2001:db8::1".parse().unwrap())];
    let refusals = icmps
        .into_iter()
        .flat_map(|icmp| from.map(|from| Evidence::Unreachable { icmp, from, rtt_us: u32::MAX }));
    let answered = Evidence::Answered { rtt_us: 1, sent: u16::MAX, received: 40 };
    [OPEN, CLOSED, SILENT, answered]
        .into_iter()
        .chain(refusals)
        .chain(faults.into_iter().map(|fault| Evidence::NotAsked { fault }))
        .collect()
}

#[test]
fn every_evidence_reads_back() {
    for evidence in every_evidence() {
        reads_back(&evidence);
        for transport in [Transport::Tcp, Transport::Udp] {
            let port = Port::new(transport, 53).unwrap();
            reads_back(&Observation { port, evidence });
        }
    }
}

#[test]
fn every_report_reads_back() {
    let mut whole = report(&[(22, OPEN), (23, CLOSED), (25, SILENT), (80, NOT_ASKED)]);
    for ending in [Ending::Complete, Ending::TimeLimit] {
        for scope in [Scope::Public, Scope::Private, Scope::Loopback] {
            for profile in Profile::ALL {
                whole.ending = ending;
                whole.profile = profile;
                whole.addresses[0].scope = scope;
                reads_back(&whole);
            }
        }
    }
    whole.addresses[0].own.insert(tcp(22));
    whole.addresses.push(whole.addresses[0].clone());
    reads_back(&whole);
    whole.addresses.clear();
    reads_back(&whole);
}

#[test]
fn every_event_reads_back() {
    let planned: Ports =
        [tcp(22), tcp(23), Port::new(Transport::Udp, 53).unwrap()].into_iter().collect();
    let address = "192.0.2.7".parse().unwrap();
    reads_back(&Event::Started {
        id: CheckId::from_random([0xa7; 16]),
        profile: Profile::Quick,
        started_ms: u64::MAX,
        addresses: vec![PlannedAddress { address, scope: Scope::Public, planned }],
    });
    let mut observations = Observations::default();
    reads_back(&Event::Observed { address: 0, observations: observations.clone() });
    for (number, evidence) in (1..).zip(every_evidence()) {
        observations.insert(Observation { port: tcp(number), evidence });
    }
    reads_back(&Event::Observed { address: 1, observations });
    reads_back(&Event::Finished { report: Box::new(report(&[(22, OPEN), (25, SILENT)])) });
    reads_back(&Event::Ended { reason: EndReason::Forgotten });
    for reason in [EndReason::Shutdown, EndReason::ConnectionChanged, EndReason::NobodyWaited] {
        reads_back(&Event::Ended { reason });
    }
    reads_back(&Event::Waiting { place: 7 });
    let known = Report { line: line(), ..report(&[]) };
    reads_back(&Event::Finished { report: Box::new(known) });
}

/// A line of which everything is known.
fn line() -> Line {
    Line {
        provider: Some("Muster Netz".to_owned()),
        name: Some("line.muster.example".to_owned()),
        networks: Network::ALL.to_vec(),
        udp: UdpPath::Different,
        office: OfficeAnswer::No,
        gap: Some(Gap::TimedOut),
    }
}

#[test]
fn every_message_reads_back() {
    let operator = Operator { name: "“Ä” \\ \n".to_owned(), ..Operator::default() };
    let profiles = Profile::ALL.map(|profile| ProfileInfo { profile, ports: 40 }).to_vec();
    reads_back(&Site::default());
    let hosts = Hosts { ipv4: Some("v4.check.example".to_owned()), ipv6: None };
    reads_back(&Site {
        operator,
        languages: Language::ALL.to_vec(),
        profiles,
        local_mode: true,
        kept_seconds: 86_400,
        hosts,
        stun: Some(3478),
    });
    for refused in [None, Some(ProblemCode::BehindProxy)] {
        let ticket = refused.is_none().then(|| "ticket".to_owned());
        let address = "::1".parse().unwrap();
        reads_back(&Visitor {
            address,
            scope: Scope::Loopback,
            ticket,
            ticket_seconds: 9,
            refused,
            line: line(),
        });
    }
    let (events, report) = ("/events".to_owned(), "/report".to_owned());
    let id = CheckId::from_random([1; 16]);
    reads_back(&CheckCreated { id, events, report, kept_seconds: 3_600 });
    for code in ProblemCode::ALL {
        let (kind, title) = ("about:blank".to_owned(), "title".to_owned());
        let retry_after = Some(3);
        reads_back(&Problem { kind, status: 429, code: *code, title, detail: None, retry_after });
    }
}

#[test]
fn unknown_fields_are_no_obstacle_whatever_they_hold() {
    let json = r#"{"type":"ended","reason":"shutdown","x":[null,-1,1.5,1e300,{"y":true}]}"#;
    assert_eq!(from_json::<Event>(json).unwrap(), Event::Ended { reason: EndReason::Shutdown });
}

#[test]
fn what_is_missing_or_of_another_kind_is_refused() {
    for json in [
        "",
        "[]",
        "null",
        "{}",
        r#"{"type":"rained"}"#,
        r#"{"type":"ended"}"#,
        r#"{"type":"ended","reason":"other"}"#,
        r#"{"type":"ended","reason":7}"#,
        r#"{"type":"ended","reason":"shutdown"} "#.trim_end_matches("} "),
        r#"{"type":"observed","address":-1,"observations":{}}"#,
        r#"{"type":"observed","address":0,"observations":{"closed":{"sctp":"22"}}}"#,
        r#"{"type":"observed","address":0,"observations":{"closed":{"tcp":"0"}}}"#,
        r#"{"type":"observed","address":0,"observations":{"notable":[{"transport":"tcp","port":0,"evidence":{"kind":"accepted","rtt_us":1}}]}}"#,
        r#"{"type":"observed","address":0,"observations":{"notable":[{"transport":"tcp","port":1,"evidence":{"kind":"silence","tries":256}}]}}"#,
    ] {
        assert!(from_json::<Event>(json).is_err(), "{json}");
    }
    assert!(from_json::<Event>(&"[".repeat(100_000)).is_err());
    assert!(Texts::from_json(r#"{"language":"de","phrases":[],"services":[]}"#).is_err());
}

#[test]
fn names_stay_what_they_are() {
    let kinds = every_evidence().into_iter().filter_map(|evidence| match evidence {
        Evidence::Unreachable { icmp, from: None, .. } => Some(icmp.as_str()),
        Evidence::NotAsked { fault } => Some(fault.as_str()),
        _ => None,
    });
    let names = "network-unreachable host-unreachable protocol-unreachable \
                 port-unreachable prohibited other no-route exhausted forbidden unsupported \
                 stopped vanished other";
    assert!(kinds.eq(names.split_whitespace()));
    let endings = [Ending::Complete, Ending::TimeLimit].map(Ending::as_str);
    assert_eq!(endings, ["complete", "timelimit"]);
    let scopes = [Scope::Public, Scope::Private, Scope::Loopback].map(Scope::as_str);
    assert_eq!(scopes, ["public", "private", "loopback"]);
    let reasons = [EndReason::Forgotten, EndReason::Shutdown].map(EndReason::as_str);
    assert_eq!(reasons, ["forgotten", "shutdown"]);
}
