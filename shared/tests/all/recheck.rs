//! A report of some doors that were asked again tells of these doors, and never of the whole line.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, NOT_ASKED, OPEN, SILENT, report, tcp, texts, udp};
use klinke_shared::api::{MOST_ASKED_AGAIN, ProblemCode, RecheckRequest};
use klinke_shared::{
    Colour, Evidence, Headline, Language, Limit, Observation, Report, Step, from_json, render,
    services,
};

fn again(seen: &[(u16, Evidence)]) -> Report {
    Report { recheck: true, ..report(seen) }
}

#[test]
fn what_is_still_open_is_as_urgent_as_before_and_nothing_is_green() {
    for (seen, colour, headline) in [
        (&[(3389, OPEN), (443, CLOSED)][..], Colour::Red, Headline::Critical { urgent: 1 }),
        (&[(21, OPEN)], Colour::Yellow, Headline::Notable { notable: 1 }),
        (&[(443, OPEN)], Colour::Grey, Headline::Ordinary { open: 1 }),
        (&[(3389, CLOSED), (23, SILENT)], Colour::Grey, Headline::NoneOpenAgain { asked: 2 }),
        (&[(3389, SILENT)], Colour::Grey, Headline::NoneOpenAgain { asked: 1 }),
        (&[(3389, CLOSED), (23, NOT_ASKED)], Colour::Grey, Headline::Incomplete { missing: 1 }),
        (&[(3389, NOT_ASKED)], Colour::Grey, Headline::NothingTested),
    ] {
        let verdict = again(seen).verdict();
        assert_eq!((verdict.colour, verdict.headline), (colour, headline), "{seen:?}");
    }
}

#[test]
fn a_silent_udp_door_is_not_said_to_be_shut() {
    let mut asked = again(&[]);
    asked.addresses[0].planned.insert(udp(161));
    asked.addresses[0].observations.insert(Observation { port: udp(161), evidence: SILENT });
    assert_eq!(asked.verdict().headline, Headline::NoneOpenAgain { asked: 1 });
    assert!(asked.limits().contains(&Limit::UdpSilent { count: 1 }));
}

#[test]
fn a_door_of_two_addresses_is_one_door() {
    let mut both = again(&[(3389, CLOSED)]);
    both.addresses.push(both.addresses[0].clone());
    both.addresses[1].address = "2001:db8::7".parse().unwrap();
    assert_eq!(both.verdict().headline, Headline::NoneOpenAgain { asked: 1 });
    assert_eq!(both.limits().first(), Some(&Limit::OutsideThePlan { asked: 1 }));
}

#[test]
fn the_first_limit_says_how_few_doors_were_asked_and_says_it_once() {
    let limits = again(&[(3389, CLOSED), (23, CLOSED)]).limits();
    assert_eq!(limits.first(), Some(&Limit::OutsideThePlan { asked: 2 }));
    let said = limits.iter().filter(|limit| matches!(limit, Limit::OutsideThePlan { .. }));
    assert_eq!(said.count(), 1);
}

#[test]
fn the_forms_that_leave_the_page_say_that_it_was_a_recheck() {
    let asked = again(&[(3389, CLOSED), (23, SILENT)]);
    for language in Language::ALL {
        let texts = texts(language);
        let text = render::text(&asked, &texts).replace('\n', " ");
        assert!(text.starts_with(&texts.verdict_none_open_again(2)), "{text}");
        assert!(!text.contains(texts.verdict_none_open()), "{text}");
        assert!(text.contains(&texts.limit_outside_the_plan(2)), "{text}");
        let json = render::json(&asked, &texts);
        assert_eq!(json["recheck"], true);
        assert_eq!(json["verdict"]["headline"]["kind"], "none-open-again");
        assert_eq!(json["verdict"]["colour"], "grey");
    }
    assert_eq!(Step::of(&asked), [Step::Regularly]);
}

#[test]
fn it_reads_back_and_a_whole_report_says_nothing_of_it() {
    let asked = again(&[(3389, CLOSED)]);
    let json = serde_json::to_string(&asked).unwrap();
    assert_eq!(from_json::<Report>(&json).unwrap(), asked);
    let whole = serde_json::to_string(&report(&[(3389, CLOSED)])).unwrap();
    assert!(!whole.contains("recheck"), "{whole}");
}

#[test]
fn the_wish_names_each_port_as_reports_do_and_refuses_what_it_does_not_know() {
    let ports = vec![tcp(3389), udp(161)];
    let wish = RecheckRequest { tickets: vec!["t".to_owned()], consent: true, ports, lang: None };
    let json = serde_json::to_value(&wish).unwrap();
    assert_eq!(json["ports"][0], serde_json::json!({"transport": "tcp", "port": 3389}));
    assert_eq!(serde_json::from_value::<RecheckRequest>(json).unwrap(), wish);
    for broken in [
        r#"{"tickets":[],"ports":[{"transport":"tcp","port":0}]}"#,
        r#"{"tickets":[],"ports":["tcp/22"]}"#,
        r#"{"tickets":[]}"#,
        r#"{"tickets":[],"ports":[],"target":"192.0.2.1"}"#,
    ] {
        assert!(serde_json::from_str::<RecheckRequest>(broken).is_err(), "{broken}");
    }
}

#[test]
fn every_service_s_doors_fit_into_one_recheck_and_people_are_told_how_many_do() {
    for (_, service) in services() {
        assert!(service.ports().count() <= MOST_ASKED_AGAIN, "{service:?}");
    }
    for language in Language::ALL {
        let sentence = ProblemCode::PortsRefused.sentence(&texts(language)).to_owned();
        assert!(sentence.contains(&MOST_ASKED_AGAIN.to_string()), "{sentence}");
    }
}
