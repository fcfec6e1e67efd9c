//! What a report cannot say, and when it has to say so.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, OPEN, SILENT, report, tcp, texts, udp};
use klinke_shared::{
    Ending, Evidence, Language, Limit, Observation, Report, Scope, Severity, Slowing, by_name,
};

#[test]
fn limits_say_only_what_applies() {
    let kinds = |report: &Report| report.limits();
    let plain = report(&[(443, CLOSED)]);
    assert_eq!(
        kinds(&plain),
        [Limit::UdpNotTried, Limit::OutsideThePlan { asked: 1 }, Limit::OnlyHereAndNow]
    );
    let mut inside = report(&[(445, SILENT)]);
    inside.addresses[0].scope = Scope::Loopback;
    assert!(kinds(&inside).contains(&Limit::FromInside));
    assert!(!kinds(&inside).iter().any(|limit| matches!(limit, Limit::FilteredOnTheWay { .. })));
    let silent = report(&[(445, SILENT), (25, SILENT), (443, SILENT)]);
    assert!(kinds(&silent).contains(&Limit::FilteredOnTheWay { ports: "25,445".parse().unwrap() }));
    let mut six = report(&[(443, CLOSED)]);
    six.addresses[0].address = "2a00::7".parse().unwrap();
    assert!(kinds(&six).contains(&Limit::OneDevice));
    let mut early = report(&[(443, CLOSED)]);
    early.ending = Ending::TimeLimit;
    assert!(kinds(&early).contains(&Limit::EndedEarly));
}

/// A report of a closed TCP port and these UDP ports.
fn with_udp(seen: &[(u16, Evidence)]) -> Report {
    let mut report = report(&[(443, CLOSED)]);
    let line = &mut report.addresses[0];
    for (number, evidence) in seen {
        line.planned.insert(udp(*number));
        line.observations.insert(Observation { port: udp(*number), evidence: *evidence });
    }
    report
}

#[test]
fn silence_on_udp_is_no_answer_of_either_kind() {
    let silent = with_udp(&[(53, SILENT), (389, SILENT)]);
    assert!(silent.limits().contains(&Limit::UdpSilent { count: 2 }));
    assert!(!silent.limits().contains(&Limit::UdpNotTried));
    assert!(silent.findings().is_empty());
    assert_eq!(silent.verdict().headline, klinke_shared::Headline::NoneOpen);
    let mut nobody = silent.clone();
    nobody.addresses[0].observations.insert(Observation { port: tcp(443), evidence: SILENT });
    assert_eq!(nobody.verdict().headline, klinke_shared::Headline::NoAnswer);
    let answered = Evidence::Answered { rtt_us: 1, sent: 12, received: 40 };
    let asked = with_udp(&[(53, answered), (389, CLOSED)]);
    assert!(!asked.limits().iter().any(|limit| matches!(limit, Limit::UdpSilent { .. })));
    let finding = asked.findings().remove(0);
    assert_eq!((finding.port, finding.service), (udp(53), by_name("dns")));
    assert!(finding.severity >= Severity::Medium);
}

#[test]
fn a_check_that_was_slowed_down_says_by_what() {
    let mut slowed = report(&[(443, OPEN)]);
    assert!(!slowed.limits().iter().any(|limit| matches!(limit, Limit::Slowed { .. })));
    for slowing in [Slowing::Throttled, Slowing::Banned] {
        slowed.addresses[0].slowed = Some(slowing);
        assert!(slowed.limits().contains(&Limit::Slowed { slowing }));
    }
}

#[test]
fn every_limit_has_a_sentence_of_its_own_in_both_languages() {
    let all = [
        Limit::Slowed { slowing: Slowing::Throttled },
        Limit::Slowed { slowing: Slowing::Banned },
        Limit::UdpSilent { count: 1 },
        Limit::UdpSilent { count: 8 },
        Limit::UdpNotTried,
    ];
    let (german, english) = (texts(Language::German), texts(Language::English));
    for (index, limit) in all.iter().enumerate() {
        assert_ne!(limit.text(&german), limit.text(&english));
        let others = &all[index + 1..];
        assert!(others.iter().all(|other| other.text(&german) != limit.text(&german)));
    }
}
