//! The sample report is there for everybody, and stays as it is.

use crate::harness::{delete, get, json, post, problem, serve, text};
use klinke_shared::api::ProblemCode;
use klinke_shared::{CheckId, Language, Report, SAMPLE_ADDRESS, Texts};

#[test]
fn anybody_can_read_the_sample_and_nobody_can_forget_it_or_ask_its_doors_again() {
    let server = serve(&[]);
    let path = format!("/api/checks/{}", CheckId::SAMPLE);
    let sample = |path: &str| -> Report { json(get(&server.url(path), &[])) };
    assert!(sample(&path).is_sample());
    for language in Language::ALL {
        let ticket = text(get(&server.url(&format!("{path}?format=text&lang={language}")), &[]));
        let texts = Texts::built_in(language).unwrap();
        assert!(ticket.starts_with(texts.sample_title()), "it says what it is: {ticket}");
    }
    let events = text(get(&server.url(&format!("{path}/events")), &[]));
    assert!(events.contains("\"type\":\"started\"") && events.contains("\"type\":\"finished\""));

    let again = format!("{path}/recheck");
    let wish = format!(
        r#"{{"tickets":["{}"],"consent":true,"ports":[{{"transport":"tcp","port":3389}}]}}"#,
        server.ticket()
    );
    let refused = problem(post(&server.url(&again), "application/json", &wish, &[]));
    assert_eq!(refused.code, ProblemCode::OtherLine);
    assert_eq!(problem(delete(&server.url(&path))).code, ProblemCode::UnknownCheck);
    assert_eq!(sample(&path).addresses[0].address, SAMPLE_ADDRESS);
}
