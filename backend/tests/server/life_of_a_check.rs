//! The life of a check over real HTTP and real sockets: admitted, followed, read, forgotten.

use crate::harness::{delete, get, json, post, problem, serve, text};
use klinke_shared::api::{CheckCreated, ProblemCode};
use klinke_shared::{EndReason, Event, Gap, Report, State};

/// So slow that it is still running whatever the test does.
const SLOW: &[(&str, &str)] = &[("probes.per_second", "1")];

#[test]
fn a_check_ends_with_a_report_of_every_planned_port() {
    let server = serve(&[]);
    let created = server.start("quick");
    let events = server.events(&created, 0);
    let (_, Event::Finished { report }) = events.last().unwrap() else { panic!("{events:?}") };
    let line = &report.addresses[0];
    assert_eq!(line.observations.len(), line.planned.len());
    assert_eq!((report.count(State::NotTested), report.missing()), (0, 0));
    assert!(matches!(events[0].1, Event::Started { .. }));
    assert_eq!(
        events.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        (1..=events.len()).collect::<Vec<_>>()
    );
}

#[test]
fn who_reconnects_gets_exactly_what_was_missed_and_then_nothing() {
    let server = serve(&[]);
    let created = server.start("quick");
    let all = server.events(&created, 0);
    assert_eq!(server.events(&created, 0), all);
    assert_eq!(server.events(&created, 1), all[1..]);
    let seen = all.len().to_string();
    assert_eq!(get(&server.url(&created.events), &[("last-event-id", &seen)]).status(), 204);
}

#[test]
fn the_report_is_given_as_json_text_and_table() {
    let server = serve(&[]);
    let created = server.start("quick");
    server.events(&created, 0);
    let url = server.url(&created.report);
    let report: Report = json(get(&url, &[]));
    assert_eq!(report.addresses[0].address.to_string(), "127.0.0.1");
    let german = text(get(&url, &[("accept", "text/plain"), ("accept-language", "de")]));
    assert!(german.contains("Was diese Prüfung nicht sieht"), "{german}");
    let table = text(get(&url, &[("accept", "text/csv")]));
    assert_eq!(table.lines().count(), report.addresses[0].planned.len() + 1);
    let file = get(&format!("{url}?format=text&lang=en"), &[]);
    assert_eq!(file.headers()["content-disposition"], "attachment; filename=\"klinke.txt\"");
    assert!(text(file).contains("What this check cannot see"));
    assert_eq!(problem(get(&url, &[("accept", "image/png")])).code, ProblemCode::NotAcceptable);
    assert_eq!(problem(get(&format!("{url}?format=pdf"), &[])).code, ProblemCode::NotAcceptable);
}

#[test]
fn while_a_check_runs_there_is_no_report_and_no_second_check_of_that_line() {
    let server = serve(SLOW);
    let created = server.start("quick");
    assert_eq!(problem(get(&server.url(&created.report), &[])).code, ProblemCode::StillRunning);
    let ticket = server.ticket();
    let body = format!(r#"{{"tickets":["{ticket}"],"consent":true}}"#);
    let response = post(&server.url("/api/checks"), "application/json", &body, &[]);
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "5");
    assert_eq!(problem(response).code, ProblemCode::AlreadyRunning);
}

#[test]
fn a_full_server_says_when_to_come_back_and_has_room_again_afterwards() {
    let server =
        serve(&[("probes.per_second", "1"), ("checks.running", "1"), ("checks.waiting", "0")]);
    let running = server.start("quick");
    let ticket = server.ticket6();
    let body = format!(r#"{{"tickets":["{ticket}"],"consent":true,"profile":"quick"}}"#);
    let full = post(&server.url6("/api/checks"), "application/json", &body, &[]);
    assert_eq!(
        (full.status().as_u16(), full.headers()["retry-after"].to_str().unwrap()),
        (503, "10")
    );
    assert_eq!(problem(full).code, ProblemCode::ServerFull);
    assert_eq!(delete(&server.url(&running.report)).status(), 204);
    assert_eq!(post(&server.url6("/api/checks"), "application/json", &body, &[]).status(), 201);
}

#[test]
fn who_comes_when_all_places_are_taken_waits_and_sees_its_place() {
    let server = serve(&[("probes.per_second", "1"), ("checks.running", "1")]);
    let running = server.start("quick");
    let body = serde_json::json!({"tickets": [server.ticket6()], "consent": true});
    let waits = post(&server.url6("/api/checks"), "application/json", &body.to_string(), &[]);
    assert_eq!(waits.status(), 201);
    let waits: CheckCreated = json(waits);
    let mut told = server.stream(&waits, 0).map(|(_, event)| event);
    assert_eq!(told.next(), Some(Event::Waiting { place: 1 }));
    assert_eq!(delete(&server.url(&running.report)).status(), 204);
    assert!(matches!(told.next(), Some(Event::Started { .. })));
}

#[test]
fn a_check_takes_both_addresses_of_a_line_and_its_report_tells_of_each() {
    let server = serve(&[]);
    let first = server.ticket();
    let second = server.companion6(&first);
    let created = server.start_with(&[first, second], "quick");
    let events = server.events(&created, 0);
    let (_, Event::Finished { report }) = events.last().unwrap() else { panic!("{events:?}") };
    let addresses = report.addresses.iter().map(|seen| seen.address.to_string());
    assert_eq!(addresses.collect::<Vec<_>>(), ["127.0.0.1", "::1"]);
    assert_eq!(report.line.gap, None);
    let alone = server.start("quick");
    let events = server.events(&alone, 0);
    let (_, Event::Finished { report }) = events.last().unwrap() else { panic!("{events:?}") };
    assert_eq!(report.line.gap, Some(Gap::NotOffered));
}

#[test]
fn a_line_that_was_just_checked_is_asked_to_come_back() {
    let server = serve(&[("checks.cool_down_seconds", "60")]);
    server.events(&server.start("quick"), 0);
    let body = serde_json::json!({"tickets": [server.ticket()], "consent": true}).to_string();
    let refused = post(&server.url("/api/checks"), "application/json", &body, &[]);
    assert_eq!(refused.status(), 429);
    let seconds: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(problem(refused).code, ProblemCode::CoolDown);
}

#[test]
fn a_check_ends_when_its_page_comes_back_from_another_address() {
    let server = serve(SLOW);
    let created = server.start("quick");
    let events = |query| format!("GET {}{query} HTTP/1.1\r\nHost: localhost\r\n", created.events);
    let mut told = server.stream(&created, 0).map(|(_, event)| event);
    assert!(matches!(told.next(), Some(Event::Started { .. })));
    // Somebody who was given the address of the check changes nothing, and hears all of its end.
    let guest = std::thread::scope(|scope| {
        let guest = scope.spawn(|| server.raw_from("127.0.0.3", &events("")));
        let own = server.raw_from("127.0.0.2", &events("?own=yes"));
        assert!(own.contains("connection-changed"), "{own}");
        guest.join().unwrap()
    });
    assert!(guest.contains("connection-changed"), "{guest}");
    assert_eq!(told.last(), Some(Event::Ended { reason: EndReason::ConnectionChanged }));
}

#[test]
fn a_forgotten_check_stops_ends_its_stream_and_is_unknown() {
    let server = serve(SLOW);
    let created = server.start("quick");
    let mut stream = server.stream(&created, 0);
    assert!(matches!(stream.next(), Some((1, Event::Started { .. }))));
    assert_eq!(delete(&server.url(&created.report)).status(), 204);
    assert_eq!(stream.last().unwrap().1, Event::Ended { reason: EndReason::Forgotten });
    assert_eq!(problem(get(&server.url(&created.report), &[])).code, ProblemCode::UnknownCheck);
    assert_eq!(problem(delete(&server.url(&created.report))).code, ProblemCode::UnknownCheck);
}

#[test]
fn a_shutdown_ends_open_streams_with_a_clear_event_and_admits_nothing_more() {
    let server = serve(SLOW);
    let created = server.start("quick");
    server.close_desk();
    let events = server.events(&created, 0);
    assert_eq!(events.last().unwrap().1, Event::Ended { reason: EndReason::Shutdown });
    assert_eq!(problem(get(&server.url(&created.report), &[])).code, ProblemCode::UnknownCheck);
    let ticket = server.ticket();
    let body = format!(r#"{{"tickets":["{ticket}"],"consent":true}}"#);
    let refused = post(&server.url("/api/checks"), "application/json", &body, &[]);
    assert_eq!(problem(refused).code, ProblemCode::ShuttingDown);
    assert_eq!(get(&server.url("/readyz"), &[]).status(), 503);
    assert_eq!(get(&server.url("/healthz"), &[]).status(), 200);
}

#[test]
fn a_report_expires() {
    let server = serve(&[("reports.kept_seconds", "1")]);
    let created = server.start("quick");
    server.events(&created, 0);
    let gone_at = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while get(&server.url(&created.report), &[]).status() == 200 {
        assert!(std::time::Instant::now() < gone_at, "the report is still there");
    }
    assert_eq!(problem(get(&server.url(&created.report), &[])).code, ProblemCode::UnknownCheck);
}

#[test]
fn a_terminal_that_hangs_up_stops_its_check() {
    let server = serve(SLOW);
    let form = "application/x-www-form-urlencoded";
    let told = post(&server.url("/check"), form, "consent=yes&profile=quick", &[]);
    assert_eq!(told.status(), 200);
    drop(told);
    let free_at = std::time::Instant::now() + std::time::Duration::from_secs(10);
    let body = format!(r#"{{"tickets":["{}"],"consent":true,"profile":"quick"}}"#, server.ticket());
    while post(&server.url("/api/checks"), "application/json", &body, &[]).status() != 201 {
        assert!(std::time::Instant::now() < free_at, "the check of the terminal goes on");
    }
}

#[test]
fn the_terminal_is_told_as_it_goes_and_ends_with_the_verdict() {
    let server = serve(&[]);
    let form = "application/x-www-form-urlencoded";
    let told = text(post(&server.url("/check"), form, "consent=yes&profile=quick&lang=de", &[]));
    assert!(told.starts_with("Adresse 127.0.0.1\n"), "{told}");
    assert!(
        told.contains("44 von 44 Türen geprüft") && told.contains("Was diese Prüfung nicht sieht"),
        "{told}"
    );
    let refused = post(&server.url("/check"), form, "lang=en", &[]);
    assert_eq!(refused.status(), 422);
    assert_eq!(text(refused), "Nothing is checked without your consent. (consent-missing)\n");
}
