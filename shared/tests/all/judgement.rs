//! From observations to findings, verdict and limits.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, NOT_ASKED, OPEN, SILENT, report, tcp, udp};
use klinke_shared::{
    Colour, Evidence, Gap, Headline, IcmpKind, IpFamily, Limit, Line, Observation, Observations,
    OwnFault, Scope, Severity, State, Transport, UdpPath, by_name,
};

const ANSWERED: Evidence = Evidence::Answered { rtt_us: 1, sent: 12, received: 40 };

#[test]
fn evidence_proves_one_state_on_each_transport() {
    let icmp = |icmp| Evidence::Unreachable { icmp, from: None, rtt_us: 1 };
    for (evidence, tcp, udp) in [
        (OPEN, State::Open, State::Open),
        (CLOSED, State::Closed, State::Closed),
        (ANSWERED, State::Open, State::Open),
        (SILENT, State::Filtered, State::Uncertain),
        (icmp(IcmpKind::PortUnreachable), State::Filtered, State::Closed),
        (icmp(IcmpKind::Prohibited), State::Filtered, State::Filtered),
        (icmp(IcmpKind::HostUnreachable), State::Filtered, State::Filtered),
        (NOT_ASKED, State::NotTested, State::NotTested),
    ] {
        assert_eq!(
            (evidence.state(Transport::Tcp), evidence.state(Transport::Udp)),
            (tcp, udp),
            "{evidence:?}"
        );
    }
}

#[test]
fn no_fault_of_ours_is_ever_closed_or_filtered() {
    use OwnFault::{Exhausted, Forbidden, NoRoute, Other, Stopped, Unsupported, Vanished};
    for fault in [Exhausted, Forbidden, NoRoute, Other, Stopped, Unsupported, Vanished] {
        for transport in [Transport::Tcp, Transport::Udp] {
            assert_eq!(Evidence::NotAsked { fault }.state(transport), State::NotTested);
        }
    }
}

#[test]
fn the_headline_follows_the_most_severe_unexpected_door() {
    for (seen, colour, headline) in [
        (
            &[(3389, OPEN), (445, OPEN), (443, OPEN)][..],
            Colour::Red,
            Headline::Critical { urgent: 2 },
        ),
        (&[(23, OPEN), (443, OPEN)], Colour::Red, Headline::High { urgent: 1 }),
        (&[(21, OPEN), (22, OPEN)], Colour::Yellow, Headline::Notable { notable: 1 }),
        (&[(443, OPEN), (22, OPEN), (23, SILENT)], Colour::Green, Headline::Ordinary { open: 2 }),
        (&[(443, CLOSED), (23, SILENT)], Colour::Green, Headline::NoneOpen),
        (&[(443, SILENT), (23, SILENT)], Colour::Green, Headline::NoAnswer),
        (&[(443, CLOSED), (23, NOT_ASKED)], Colour::Grey, Headline::Incomplete { missing: 1 }),
        (&[(443, OPEN), (23, NOT_ASKED)], Colour::Grey, Headline::Incomplete { missing: 1 }),
        (&[(3389, OPEN), (23, NOT_ASKED)], Colour::Red, Headline::Critical { urgent: 1 }),
        (&[(443, NOT_ASKED)], Colour::Grey, Headline::NothingTested),
        (&[], Colour::Grey, Headline::NothingTested),
    ] {
        let verdict = report(seen).verdict();
        assert_eq!((verdict.colour, verdict.headline), (colour, headline), "{seen:?}");
    }
}

#[test]
fn a_port_that_was_planned_but_never_seen_is_missing_not_safe() {
    let mut report = report(&[(443, CLOSED)]);
    report.addresses[0].planned.insert(tcp(3389));
    assert_eq!(report.verdict().headline, Headline::Incomplete { missing: 1 });
    assert!(report.limits().iter().all(|limit| !matches!(limit, Limit::NotTested { .. })));
}

#[test]
fn where_everything_answers_nothing_is_red_and_every_door_is_unreliable() {
    let seen: Vec<_> = (3380..3400).map(|number| (number, OPEN)).collect();
    let report = report(&seen);
    assert_eq!(
        (report.verdict().colour, report.verdict().headline),
        (Colour::Grey, Headline::EverythingAnswers)
    );
    assert!(report.findings().iter().all(|finding| finding.state == State::Unreliable));
    assert_eq!(report.limits()[0], Limit::EverythingAnswers);
}

#[test]
fn closed_ports_of_udp_do_not_hide_that_everything_answers_on_tcp() {
    let seen: Vec<_> = (3380..3400).map(|number| (number, OPEN)).collect();
    let mut report = report(&seen);
    for number in 1..30 {
        report.addresses[0]
            .observations
            .insert(Observation { port: udp(number), evidence: CLOSED });
    }
    assert_eq!(report.verdict().headline, Headline::EverythingAnswers);
}

#[test]
fn many_open_doors_among_more_closed_ones_are_believed() {
    let mut seen: Vec<_> = (3380..3400).map(|number| (number, OPEN)).collect();
    seen.extend((5000..5003).map(|number| (number, CLOSED)));
    assert_eq!(report(&seen).verdict().headline, Headline::Critical { urgent: 1 });
}

#[test]
fn findings_come_most_severe_first() {
    let report = report(&[(443, OPEN), (9998, OPEN), (22, OPEN), (3389, OPEN), (23, OPEN)]);
    let ports: Vec<u16> =
        report.findings().iter().map(|finding| finding.port.number.get()).collect();
    assert_eq!(ports, [3389, 23, 9998, 22, 443]);
}

#[test]
fn an_open_port_that_no_service_claims_is_to_be_looked_at() {
    let finding = report(&[(9998, OPEN)]).findings().remove(0);
    assert_eq!((finding.service, finding.severity), (None, Severity::Medium));
}

#[test]
fn the_provider_s_door_of_a_fritzbox_is_no_alarm() {
    let finding = report(&[(8089, OPEN)]).findings().remove(0);
    assert_eq!((finding.service, finding.severity), (by_name("tr-069-fritzbox"), Severity::Info));
}

#[test]
fn a_server_that_finds_itself_raises_no_alarm() {
    let mut report = report(&[(8080, OPEN), (443, CLOSED)]);
    assert_eq!(report.verdict().headline, Headline::Notable { notable: 1 });
    report.addresses[0].own.insert(tcp(8080));
    assert_eq!(report.verdict().headline, Headline::Ordinary { open: 1 });
    assert!(report.findings()[0].expected);
}

#[test]
fn what_is_seen_from_inside_is_never_called_urgent() {
    let mut report = report(&[(3389, OPEN), (445, OPEN), (443, OPEN)]);
    report.addresses[0].scope = Scope::Private;
    let verdict = report.verdict();
    assert_eq!(
        (verdict.colour, verdict.headline),
        (Colour::Yellow, Headline::FromInside { notable: 2 })
    );
    let finding = report.findings().remove(0);
    assert_eq!((finding.severity, finding.urgency()), (Severity::Critical, Severity::Medium));
    report.addresses[0].observations.insert(Observation { port: tcp(3389), evidence: CLOSED });
    report.addresses[0].observations.insert(Observation { port: tcp(445), evidence: CLOSED });
    assert_eq!(report.verdict().headline, Headline::Ordinary { open: 1 });
}

#[test]
fn a_late_answer_replaces_the_silence_before_it() {
    let mut observations = Observations::default();
    for evidence in [SILENT, OPEN] {
        observations.insert(Observation { port: tcp(443), evidence });
    }
    assert_eq!((observations.len(), observations.state_of(tcp(443))), (1, Some(State::Open)));
    let mut merged = Observations::default();
    merged.insert(Observation { port: tcp(443), evidence: SILENT });
    merged.merge(&observations);
    assert_eq!(merged, observations);
}

#[test]
fn a_report_reads_back_what_it_writes_and_stays_small() {
    let mut seen: Vec<_> = (1..=u16::MAX).map(|number| (number, SILENT)).collect();
    seen[3388].1 = OPEN;
    let report = report(&seen);
    let json = serde_json::to_string(&report).unwrap();
    assert!(json.len() < 600, "{} bytes", json.len());
    assert_eq!(serde_json::from_str::<klinke_shared::Report>(&json).unwrap(), report);
}

#[test]
fn good_news_of_a_line_that_is_probably_another_is_no_good_news() {
    let elsewhere = |seen| {
        let line = Line { udp: UdpPath::Different, ..Line::default() };
        klinke_shared::Report { line, ..report(seen) }
    };
    for (seen, colour, headline) in [
        (&[(22, CLOSED)][..], Colour::Grey, Headline::OtherLine),
        (&[(443, OPEN)], Colour::Grey, Headline::OtherLine),
        (&[(3389, OPEN)], Colour::Red, Headline::Critical { urgent: 1 }),
    ] {
        let report = elsewhere(seen);
        let verdict = report.verdict();
        assert_eq!((verdict.colour, verdict.headline), (colour, headline), "{seen:?}");
        let doubtful = Limit::NotSurelyYourLine { doubtful: true };
        assert!(report.limits().contains(&doubtful), "{seen:?}");
    }
}

#[test]
fn what_is_not_known_of_the_line_is_a_limit_and_from_inside_it_is_no_question() {
    let mut unknown = klinke_shared::Report { line: Line::default(), ..report(&[(22, CLOSED)]) };
    unknown.line.gap = Some(Gap::TimedOut);
    let limits = unknown.limits();
    assert!(limits.contains(&Limit::NotSurelyYourLine { doubtful: false }), "{limits:?}");
    let v6 = Limit::FamilyNotTested { family: IpFamily::V6, gap: Gap::TimedOut };
    assert!(limits.contains(&v6), "{limits:?}");
    unknown.addresses[0].scope = Scope::Private;
    let limits = unknown.limits();
    assert!(!limits.contains(&v6), "{limits:?}");
    assert!(!limits.iter().any(|limit| matches!(limit, Limit::NotSurelyYourLine { .. })));
}

#[test]
fn the_steps_say_the_most_urgent_first_and_are_never_more_than_three() {
    use klinke_shared::{Step, Tip};
    for (seen, steps) in [
        (
            &[(3389, OPEN), (443, OPEN)][..],
            &[Step::Today, Step::Read(Tip::Vpn), Step::Afterwards][..],
        ),
        (&[(23, OPEN)], &[Step::Soon, Step::Read(Tip::Necessary), Step::Afterwards]),
        (&[(443, OPEN), (22, OPEN)], &[Step::Ask, Step::Regularly]),
        (&[(443, CLOSED), (22, SILENT)], &[Step::Regularly]),
        (&[(443, CLOSED), (22, NOT_ASKED)], &[Step::Again]),
    ] {
        assert_eq!(Step::of(&report(seen)), steps, "{seen:?}");
    }
    let mut inside = report(&[(3389, OPEN)]);
    inside.addresses[0].scope = Scope::Private;
    assert_eq!(Step::of(&inside).first(), Some(&Step::FromOutside));
    let mut elsewhere = report(&[(443, CLOSED)]);
    elsewhere.line.udp = UdpPath::Different;
    assert_eq!(Step::of(&elsewhere), [Step::FromOffice]);
}
