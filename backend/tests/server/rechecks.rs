//! Doors of a report asked again over real HTTP and real sockets: shut, silent or open still, and what is
//! refused.

use crate::door::Door;
use crate::harness::{Running, delete, get, json, post, problem, serve};
use klinke_shared::api::{CheckCreated, ProblemCode, RecheckRequest};
use klinke_shared::{Colour, Event, Headline, Plan, Port, Profile, Report, State, Transport};
use std::time::{Duration, Instant};
use ureq::Body;
use ureq::http::Response;

/// A quick check of the client over IPv4, to its end.
fn checked(server: &Running) -> CheckCreated {
    let created = server.start("quick");
    server.events(&created, 0);
    created
}

fn wish(tickets: &[String], ports: &[Port]) -> String {
    let (tickets, ports) = (tickets.to_vec(), ports.to_vec());
    let wish = RecheckRequest { tickets, consent: true, ports, lang: None };
    serde_json::to_string(&wish).unwrap()
}

/// Asks for a recheck over IPv4.
fn again(
    server: &Running,
    of: &CheckCreated,
    tickets: &[String],
    ports: &[Port],
) -> Response<Body> {
    let url = server.url(&format!("{}/recheck", of.report));
    post(&url, "application/json", &wish(tickets, ports), &[])
}

/// A recheck with a fresh ticket, to its end.
fn rechecked(server: &Running, of: &CheckCreated, ports: &[Port]) -> (CheckCreated, Report) {
    followed(server, again(server, of, &[server.ticket()], ports))
}

fn followed(server: &Running, response: Response<Body>) -> (CheckCreated, Report) {
    assert_eq!(response.status(), 201);
    let created: CheckCreated = json(response);
    let events = server.events(&created, 0);
    let report = events.into_iter().find_map(|(_, event)| match event {
        Event::Finished { report } => Some(*report),
        _ => None,
    });
    (created, report.unwrap())
}

fn refusal(response: Response<Body>) -> ProblemCode {
    problem(response).code
}

#[test]
fn a_door_that_was_shut_is_closed_in_a_recheck_of_both_addresses() {
    let server = serve(&[]);
    let door = Door::open();
    let port = door.port();
    let first = server.ticket();
    let second = server.companion6(&first);
    let created = server.start_with(&[first, second], "quick");
    server.events(&created, 0);
    let before: Report = json(get(&server.url(&created.report), &[]));
    assert!(
        before.addresses.iter().all(|line| line.observations.state_of(port) == Some(State::Open))
    );
    drop(door);
    let first = server.ticket();
    let second = server.companion6(&first);
    let response = again(&server, &created, &[first, second], &[port]);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let (new, report) = followed(&server, response);
    assert_eq!((location, new.kept_seconds), (new.report.clone(), 3_600));
    assert_ne!(new.id, created.id);
    let asked: Vec<_> = report.addresses.iter().map(|line| line.address.to_string()).collect();
    assert_eq!(asked, ["127.0.0.1", "::1"]);
    for line in &report.addresses {
        assert_eq!(line.planned.iter().collect::<Vec<_>>(), [port]);
        assert_eq!(line.observations.state_of(port), Some(State::Closed));
    }
    assert!(report.recheck);
    assert_eq!((report.profile, report.line.gap), (Profile::Quick, None));
    let verdict = report.verdict();
    assert_eq!(verdict.headline, Headline::NoneOpenAgain { asked: 1 });
    assert_eq!(verdict.colour, Colour::Grey);
    let unchanged: Report = json(get(&server.url(&created.report), &[]));
    assert_eq!(unchanged, before);
}

#[test]
fn a_door_that_is_still_open_is_asked_what_it_is_and_is_as_urgent_as_before() {
    let server = serve(&[]);
    let door = Door::open();
    let created = checked(&server);
    let (_, report) = rechecked(&server, &created, &[door.port()]);
    let finding = report.findings().remove(0);
    assert_eq!((finding.port, finding.state), (door.port(), State::Open));
    assert!(report.recognition(door.port()).is_some(), "{report:?}");
}

#[test]
fn a_door_that_has_fallen_silent_does_not_answer_and_that_is_known_within_seconds() {
    let server = serve(&[]);
    let mut door = Door::open();
    let created = checked(&server);
    let before: Report = json(get(&server.url(&created.report), &[]));
    assert_eq!(before.addresses[0].observations.state_of(door.port()), Some(State::Open));
    door.fall_silent();
    let start = Instant::now();
    let (_, report) = rechecked(&server, &created, &[door.port()]);
    let took = start.elapsed();
    assert_eq!(report.addresses[0].observations.state_of(door.port()), Some(State::Filtered));
    assert_eq!((report.missing(), report.verdict().colour), (0, Colour::Grey));
    assert!(took < Duration::from_secs(4), "{took:?}");
}

#[test]
fn the_ports_are_asked_by_rank_and_once_each() {
    let server = serve(&[]);
    let created = checked(&server);
    let by_rank: Vec<Port> = Plan::of_profile(Profile::Quick).ports()[..4].to_vec();
    let mixed = [by_rank[3], by_rank[0], by_rank[2], by_rank[0], by_rank[1]];
    assert_eq!(Plan::by_rank(mixed).ports(), by_rank);
    let (_, report) = rechecked(&server, &created, &mixed);
    assert_eq!(report.addresses[0].planned, by_rank.into_iter().collect());
    assert_eq!(report.addresses[0].observations.len(), 4);
}

#[test]
fn every_recheck_needs_a_ticket_of_its_own() {
    let server = serve(&[]);
    let ticket = server.ticket();
    let created = server.start_with(std::slice::from_ref(&ticket), "quick");
    server.events(&created, 0);
    let port = [Plan::of_profile(Profile::Quick).ports()[0]];
    let used = again(&server, &created, &[ticket], &port);
    assert_eq!(refusal(used), ProblemCode::TicketUsed);
    let fresh = [server.ticket()];
    followed(&server, again(&server, &created, &fresh, &port));
    assert_eq!(refusal(again(&server, &created, &fresh, &port)), ProblemCode::TicketUsed);
    let foreign = again(&server, &created, &[server.ticket6()], &port);
    assert_eq!(refusal(foreign), ProblemCode::TicketForeign);
}

#[test]
fn who_comes_from_another_address_than_the_report_s_asks_nothing_again() {
    let server = serve(&[]);
    let created = checked(&server);
    let port = [Plan::of_profile(Profile::Quick).ports()[0]];
    let url = server.url6(&format!("{}/recheck", created.report));
    let first = server.ticket6();
    let other =
        post(&url, "application/json", &wish(&[first], &port), &[("accept-language", "en")]);
    assert_eq!(other.status(), 403);
    let told = problem(other);
    assert_eq!(told.code, ProblemCode::OtherLine);
    assert!(told.title.contains("start a new check"), "{}", told.title);
}

#[test]
fn a_second_address_that_is_not_in_the_report_is_left_alone() {
    let server = serve(&[]);
    let created = checked(&server);
    let port = [Plan::of_profile(Profile::Quick).ports()[0]];
    let first = server.ticket();
    let second = server.companion6(&first);
    let (_, report) = followed(&server, again(&server, &created, &[first, second], &port));
    let asked: Vec<_> = report.addresses.iter().map(|line| line.address.to_string()).collect();
    assert_eq!(asked, ["127.0.0.1"]);
}

#[test]
fn every_bad_wish_is_refused_with_its_own_code_and_its_ticket_is_still_good() {
    let server = serve(&[]);
    let created = checked(&server);
    let url = server.url(&format!("{}/recheck", created.report));
    let ticket = server.ticket();
    let known = r#"{"transport":"tcp","port":3389}"#;
    let many = vec![known; 17].join(",");
    let good = r#""tickets":["TICKET"],"consent":true"#;
    for (body, code) in [
        ("{}".to_owned(), ProblemCode::InvalidBody),
        (format!("{{{good}}}"), ProblemCode::InvalidBody),
        (format!(r#"{{{good},"ports":["tcp/3389"]}}"#), ProblemCode::InvalidBody),
        (format!(r#"{{{good},"ports":[{known}],"target":"192.0.2.1"}}"#), ProblemCode::InvalidBody),
        (format!(r#"{{{good},"ports":[{known}],"profile":"quick"}}"#), ProblemCode::InvalidBody),
        (format!(r#"{{"tickets":["TICKET"],"ports":[{known}]}}"#), ProblemCode::ConsentMissing),
        (format!(r#"{{{good},"ports":[{known}],"lang":"fr"}}"#), ProblemCode::UnknownLanguage),
        (format!(r#"{{{good},"ports":[]}}"#), ProblemCode::PortsRefused),
        (format!(r#"{{{good},"ports":[{many}]}}"#), ProblemCode::PortsRefused),
        (
            format!(r#"{{{good},"ports":[{known},{{"transport":"tcp","port":60001}}]}}"#),
            ProblemCode::PortsRefused,
        ),
        (
            format!(r#"{{"tickets":[],"consent":true,"ports":[{known}]}}"#),
            ProblemCode::TicketMissing,
        ),
        (
            format!(r#"{{"tickets":["TICKETx"],"consent":true,"ports":[{known}]}}"#),
            ProblemCode::TicketInvalid,
        ),
    ] {
        let body = body.replace("TICKET", &ticket);
        assert_eq!(refusal(post(&url, "application/json", &body, &[])), code, "{body}");
    }
    let port = Port::new(Transport::Tcp, 3389).unwrap();
    let body = wish(std::slice::from_ref(&ticket), &[port]);
    let foreign = post(&url, "application/json", &body, &[("origin", "http://evil.example")]);
    assert_eq!(refusal(foreign), ProblemCode::ForeignPage);
    let unknown = format!("/api/checks/{}/recheck", "f".repeat(32));
    let unknown = post(&server.url(&unknown), "application/json", &body, &[]);
    assert_eq!(refusal(unknown), ProblemCode::UnknownCheck);
    let read = get(&url, &[]);
    assert_eq!(read.headers()["allow"], "POST");
    assert_eq!(post(&url, "application/json", &body, &[]).status(), 201);
}

#[test]
fn doors_of_a_check_that_is_still_running_are_not_asked_again() {
    let server = serve(&[("probes.per_second", "1")]);
    let created = server.start("quick");
    let port = [Plan::of_profile(Profile::Quick).ports()[0]];
    let early = again(&server, &created, &[server.ticket()], &port);
    assert_eq!(early.status(), 409);
    assert_eq!(refusal(early), ProblemCode::StillRunning);
}

#[test]
fn the_pause_after_a_check_holds_no_recheck_up_but_one_after_another_waits_a_moment() {
    let server = serve(&[("checks.cool_down_seconds", "60")]);
    let created = checked(&server);
    let port = [Plan::of_profile(Profile::Quick).ports()[0]];
    rechecked(&server, &created, &port);
    let ticket = [server.ticket()];
    let refused = again(&server, &created, &ticket, &port);
    assert_eq!(refused.status(), 429);
    let seconds = |response: &Response<Body>| -> u64 {
        response.headers()["retry-after"].to_str().unwrap().parse().unwrap()
    };
    assert!((1..=5).contains(&seconds(&refused)), "{}", seconds(&refused));
    assert_eq!(refusal(refused), ProblemCode::CoolDown);
    // The check's own pause goes on as it was.
    let body = serde_json::json!({"tickets": ticket, "consent": true}).to_string();
    let check = post(&server.url("/api/checks"), "application/json", &body, &[]);
    assert!((6..=60).contains(&seconds(&check)), "{}", seconds(&check));
    assert_eq!(refusal(check), ProblemCode::CoolDown);
}

#[test]
fn a_recheck_can_be_rechecked_and_all_are_forgotten_with_the_first_report() {
    let server = serve(&[]);
    let created = checked(&server);
    let ports: Vec<Port> = Plan::of_profile(Profile::Quick).ports()[..2].to_vec();
    let (second, _) = rechecked(&server, &created, &ports);
    let (third, report) = rechecked(&server, &second, &ports[..1]);
    assert_eq!(report.addresses[0].planned.len(), 1);
    let more = again(&server, &third, &[server.ticket()], &ports);
    assert_eq!(refusal(more), ProblemCode::PortsRefused);
    let other = checked(&server);
    assert_eq!(delete(&server.url(&created.report)).status(), 204);
    for gone in [&created, &second, &third] {
        assert_eq!(refusal(get(&server.url(&gone.report), &[])), ProblemCode::UnknownCheck);
    }
    assert_eq!(get(&server.url(&other.report), &[]).status(), 200);
}

#[test]
fn the_operator_s_record_says_that_it_was_a_recheck_and_of_how_many_doors() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(&[("audit.folder", folder.path().to_str().unwrap())]);
    let created = checked(&server);
    rechecked(&server, &created, &Plan::of_profile(Profile::Quick).ports()[..2]);
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let lines = || std::fs::read_to_string(&file).unwrap();
    // A line is written right after the last event.
    let there_by = Instant::now() + Duration::from_secs(5);
    while lines().lines().count() < 2 {
        assert!(Instant::now() < there_by, "{}", lines());
    }
    let lines: Vec<serde_json::Value> =
        lines().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<_> = lines.iter().map(|line| (&line["profile"], &line["rechecked"])).collect();
    let quick = serde_json::json!("quick");
    assert_eq!(said, [(&quick, &serde_json::Value::Null), (&quick, &serde_json::json!(2))]);
    assert_eq!(lines[1]["finished"], true);
    assert_eq!(lines[0]["consent"], lines[1]["consent"]);
}
