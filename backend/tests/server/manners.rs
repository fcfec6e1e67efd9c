//! Who wants to be left alone is, and who wonders about a connection is told.

use crate::harness::{get, json, post, problem, serve, text};
use klinke_shared::api::{ProblemCode, Visitor};

#[test]
fn an_address_that_is_to_be_left_alone_gets_no_ticket_and_no_check() {
    let server = serve(&[("checks.left_alone", "127.0.0.0/8")]);
    let visitor: Visitor = json(get(&server.url("/api/visitor"), &[]));
    assert_eq!((visitor.ticket, visitor.refused), (None, Some(ProblemCode::AddressLeftAlone)));
    let form = ("application/x-www-form-urlencoded", "consent=yes");
    let told = post(&server.url("/check"), form.0, form.1, &[("accept-language", "en")]);
    assert_eq!(told.status(), 403);
    assert!(text(told).contains("does not want a check here"));
    // A ticket of another address of the same visitor does not help.
    let ticket = server.ticket6();
    let body = format!(r#"{{"tickets":["{ticket}"],"consent":true}}"#);
    let refused = problem(post(&server.url("/api/checks"), "application/json", &body, &[]));
    assert_eq!(refused.code, ProblemCode::AddressLeftAlone);
    let visitor: Visitor = json(get(&server.url6("/api/visitor"), &[]));
    assert!(visitor.ticket.is_some(), "others are checked as before");
}

#[test]
fn whoever_wonders_finds_a_contact_that_is_good_for_months() {
    let server = serve(&[("operator.email", "abuse@muster.example")]);
    let answer = text(get(&server.url("/.well-known/security.txt"), &[]));
    assert!(answer.starts_with("Contact: mailto:abuse@muster.example\n"), "{answer}");
    let expires = answer.lines().find_map(|line| line.strip_prefix("Expires: ")).unwrap();
    let in_days = |days: u64| klinke_shared::day(klinke::clock::unix_seconds() + days * 86_400);
    let (soonest, latest) = (in_days(90), in_days(365));
    assert!(expires > soonest.as_str() && expires < latest.as_str(), "{expires}");
    assert!(answer.contains("/en/connection-from-us"), "{answer}");
    let nobody = serve(&[]);
    assert_eq!(get(&nobody.url("/.well-known/security.txt"), &[]).status(), 404);
}
