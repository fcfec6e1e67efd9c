//! Bad input and what it gets: the right status, a stable code, and a sentence in the visitor's
//! language. No check starts from any of it.

use crate::harness::{Running, get, json, post, problem, serve, text};
use klinke_shared::api::{LARGEST_BODY, ProblemCode, Site, Visitor};
use klinke_shared::{Language, Scope, Texts};

fn refused(server: &Running, body: &str, headers: &[(&str, &str)]) -> ProblemCode {
    problem(post(&server.url("/api/checks"), "application/json", body, headers)).code
}

#[test]
fn every_bad_body_is_refused_with_its_own_code() {
    let server = serve(&[]);
    let ticket = server.ticket();
    let long = format!(r#"{{"tickets":["{}"]}}"#, "x".repeat(LARGEST_BODY));
    for (body, code) in [
        ("", ProblemCode::InvalidBody),
        ("{", ProblemCode::InvalidBody),
        ("[]", ProblemCode::InvalidBody),
        ("{}", ProblemCode::InvalidBody),
        ("\u{0}", ProblemCode::InvalidBody),
        (r#"{"tickets":"TICKET","consent":true}"#, ProblemCode::InvalidBody),
        (r#"{"tickets":["TICKET"],"consent":"yes"}"#, ProblemCode::InvalidBody),
        (r#"{"tickets":["TICKET"],"consent":true,"target":"192.0.2.1"}"#, ProblemCode::InvalidBody),
        (r#"{"tickets":["TICKET"]}"#, ProblemCode::ConsentMissing),
        (r#"{"tickets":["TICKET"],"consent":false}"#, ProblemCode::ConsentMissing),
        (
            r#"{"tickets":["TICKET"],"consent":true,"profile":"everything"}"#,
            ProblemCode::UnknownProfile,
        ),
        (r#"{"tickets":["TICKET"],"consent":true,"lang":"fr"}"#, ProblemCode::UnknownLanguage),
        (r#"{"tickets":[],"consent":true}"#, ProblemCode::TicketMissing),
        (r#"{"tickets":[""],"consent":true}"#, ProblemCode::TicketInvalid),
        (r#"{"tickets":["TICKETx"],"consent":true}"#, ProblemCode::TicketInvalid),
        (r#"{"tickets":["TICKET","nonsense"],"consent":true}"#, ProblemCode::TicketInvalid),
        (&long, ProblemCode::BodyTooLarge),
    ] {
        let shown: String = body.chars().take(80).collect();
        assert_eq!(refused(&server, &body.replace("TICKET", &ticket), &[]), code, "{shown}");
    }
    let media_type = post(&server.url("/api/checks"), "text/plain", "{}", &[]);
    assert_eq!(problem(media_type).code, ProblemCode::WrongMediaType);
}

#[test]
fn a_ticket_of_another_address_is_foreign() {
    let server = serve(&[]);
    let other = server.ticket6();
    let body = format!(r#"{{"tickets":["{other}"],"consent":true}}"#);
    assert_eq!(refused(&server, &body, &[]), ProblemCode::TicketForeign);
}

#[test]
fn no_header_changes_the_address_and_any_that_says_passed_on_stops_the_check() {
    let server = serve(&[]);
    let ticket = server.ticket();
    let body = format!(r#"{{"tickets":["{ticket}"],"consent":true}}"#);
    for name in [
        "CDN-Loop",
        "CF-Connecting-IP",
        "Fastly-Client-IP",
        "Forwarded",
        "True-Client-IP",
        "Via",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "X-Envoy-External-Address",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Real-IP",
    ] {
        for value in ["8.8.8.8", "for=8.8.8.8", "127.0.0.1", ""] {
            let headers = [(name, value)];
            let visitor: Visitor = json(get(&server.url("/api/visitor"), &headers));
            assert_eq!(
                (visitor.address.to_string().as_str(), visitor.ticket),
                ("127.0.0.1", None),
                "{name}: {value}"
            );
            assert_eq!(visitor.refused, Some(ProblemCode::BehindProxy));
            assert_eq!(
                refused(&server, &body, &headers),
                ProblemCode::BehindProxy,
                "{name}: {value}"
            );
        }
    }
}

#[test]
fn a_proxy_that_adds_no_header_is_noticed_in_local_mode() {
    let server = serve(&[]);
    for head in [
        "GET /api/visitor HTTP/1.0\r\nHost: 127.0.0.1\r\n",
        "GET /api/visitor HTTP/1.1\r\nHost: localhost\r\nOrigin: https://localhost\r\n",
        "GET /api/visitor HTTP/1.1\r\nHost: localhost\r\nReferer: https://localhost/de/\r\n",
    ] {
        let answer = server.raw(head);
        assert!(answer.contains("\"refused\":\"behind-proxy\""), "{head}: {answer}");
        assert!(!answer.contains("\"ticket\":"), "{head}: {answer}");
    }
}

/// What the server says of a visitor who opens the page under a name.
fn under_the_name(server: &Running, host: &str) -> Visitor {
    let answer = server.raw(&format!("GET /api/visitor HTTP/1.1\r\nHost: {host}\r\n"));
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

#[test]
fn in_local_mode_only_a_name_of_this_machine_is_its_own() {
    let server = serve(&[("names", "klinke.office.example")]);
    for host in [
        "localhost",
        "LOCALHOST:8080",
        "127.0.0.1:1",
        "[::1]:8080",
        "192.168.1.2",
        "klinke.office.example",
        "Klinke.Office.Example.:8080",
    ] {
        assert!(under_the_name(&server, host).ticket.is_some(), "{host}");
    }
    for host in [
        "check.example",
        "localhost.check.example:8080",
        "8.8.8.8",
        "[2a00::1]:80",
        "x.klinke.office.example",
        "klinke.office.example.evil.example",
        "klinke.office.example@evil.example",
        "",
    ] {
        let visitor = under_the_name(&server, host);
        assert_eq!(
            (visitor.ticket, visitor.refused),
            (None, Some(ProblemCode::OtherName)),
            "{host}"
        );
    }
}

#[test]
fn on_the_internet_a_foreign_name_that_points_here_starts_no_check() {
    let server = serve(&[
        ("listen", "0.0.0.0:0"),
        ("names", "check.example"),
        ("stun.port", "0"),
        ("operator.name", "Muster IT"),
        ("operator.email", "it@muster.example"),
        ("operator.imprint", "/imprint"),
        ("operator.privacy", "/privacy"),
    ]);
    // A visitor from inside is none of its own: what is refused then is the address, not the name.
    for host in ["check.example", "CHECK.example:80", "203.0.113.1", "[2001:db8::1]", "localhost"] {
        let visitor = under_the_name(&server, host);
        assert_eq!(visitor.refused, Some(ProblemCode::AddressInside), "{host}");
    }
    let foreign = [("Host", "evil.example"), ("Origin", "http://evil.example")];
    let form = "application/x-www-form-urlencoded";
    let started = post(&server.url("/check"), form, "consent=yes", &foreign);
    assert_eq!(started.status(), 421);
    assert!(text(started).contains("other-name"));
    assert_eq!(under_the_name(&server, "evil.example").refused, Some(ProblemCode::OtherName));
}

#[test]
fn a_foreign_page_cannot_start_a_check() {
    let server = serve(&[]);
    let ticket = server.ticket();
    let body = format!(r#"{{"tickets":["{ticket}"],"consent":true}}"#);
    let form = "application/x-www-form-urlencoded";
    for (name, value) in [
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        let headers = [(name, value)];
        assert_eq!(refused(&server, &body, &headers), ProblemCode::ForeignPage, "{name}: {value}");
        let terminal = post(&server.url("/check"), form, "consent=yes", &headers);
        assert_eq!(terminal.status(), 403, "{name}: {value}");
        assert!(text(terminal).contains("foreign-page"));
    }
    let own = server.url("");
    let headers = [("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin")];
    let started = post(&server.url("/api/checks"), "application/json", &body, &headers);
    assert_eq!(started.status(), 201);
}

#[test]
fn what_can_be_read_answers_head_and_names_its_methods_to_others() {
    let server = serve(&[]);
    for (path, methods) in [
        ("/api/site", "GET, HEAD"),
        ("/api/visitor", "GET, HEAD"),
        ("/api/openapi.json", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
        ("/readyz", "GET, HEAD"),
        ("/metrics", "GET, HEAD"),
    ] {
        assert!(
            server
                .raw(&format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\n"))
                .starts_with("HTTP/1.1 200"),
            "{path}"
        );
        let refused = post(&server.url(path), "text/plain", "", &[]);
        assert_eq!(refused.headers()["allow"], methods, "{path}");
        assert_eq!(problem(refused).code, ProblemCode::MethodNotAllowed, "{path}");
    }
    let refused = get(&server.url("/api/checks"), &[]);
    assert_eq!(refused.headers()["allow"], "POST");
}

#[test]
fn a_query_that_cannot_be_read_is_told_as_a_problem() {
    let server = serve(&[]);
    let path = "/api/checks/ffffffffffffffffffffffffffffffff?format=json&format=csv";
    assert_eq!(problem(get(&server.url(path), &[])).code, ProblemCode::InvalidBody);
}

#[test]
fn the_sentence_is_in_the_visitor_s_language() {
    let server = serve(&[]);
    for language in Language::ALL {
        let texts = Texts::built_in(language).unwrap();
        let response = post(
            &server.url("/api/checks"),
            "application/json",
            "{}",
            &[("accept-language", language.code())],
        );
        assert_eq!(response.headers()["content-language"], language.code());
        assert_eq!(problem(response).title, texts.problem_invalid_body());
    }
}

#[test]
fn unknown_paths_and_methods_of_the_api_are_told_as_problems() {
    let server = serve(&[]);
    for (path, code) in [
        ("/api/nothing", ProblemCode::NotFound),
        ("/api/checks", ProblemCode::MethodNotAllowed),
        ("/api/checks/xyz", ProblemCode::UnknownCheck),
        ("/api/checks/ffffffffffffffffffffffffffffffff", ProblemCode::UnknownCheck),
        ("/api/checks/ffffffffffffffffffffffffffffffff/events", ProblemCode::UnknownCheck),
        ("/check", ProblemCode::MethodNotAllowed),
    ] {
        assert_eq!(problem(get(&server.url(path), &[])).code, code, "{path}");
    }
}

#[test]
fn every_answer_carries_the_security_headers() {
    let server = serve(&[]);
    for path in ["/", "/de/", "/en/nothing", "/api/site", "/api/nothing", "/healthz"] {
        let response = get(&server.url(path), &[]);
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
    }
}

#[test]
fn the_start_page_is_in_the_browser_s_language() {
    let server = serve(&[]);
    for (accepted, page) in [("de-DE,de;q=0.9", "/de/"), ("en-US,en;q=0.9", "/en/"), ("fr", "/de/")]
    {
        let response = get(&server.url("/"), &[("accept-language", accepted)]);
        assert_eq!(
            (response.status().as_u16(), response.headers()["location"].to_str().unwrap()),
            (303, page)
        );
        assert_eq!(response.headers()["vary"], "accept-language");
    }
}

#[test]
fn the_site_says_what_it_offers_and_the_visitor_where_they_come_from() {
    let server = serve(&[("operator.name", "Muster IT"), ("operator.phone", "0911 123")]);
    let site: Site = json(get(&server.url("/api/site"), &[]));
    assert_eq!(
        (site.operator.name.as_str(), site.operator.phone.as_str(), site.local_mode),
        ("Muster IT", "0911 123", true)
    );
    assert_eq!(site.profiles.len(), 3);
    for url in [server.url("/api/visitor"), server.url6("/api/visitor")] {
        let visitor: Visitor = json(get(&url, &[]));
        assert_eq!((visitor.scope, visitor.refused), (Scope::Loopback, None));
    }
}

#[test]
fn the_description_of_the_api_names_every_path_of_the_contract_and_every_code() {
    let server = serve(&[]);
    let described: serde_json::Value = json(get(&server.url("/api/openapi.json"), &[]));
    for path in [
        "/api/site",
        "/api/visitor",
        "/api/checks",
        "/api/checks/{id}",
        "/api/checks/{id}/events",
        "/api/checks/{id}/recheck",
        "/check",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        assert!(described["paths"][path].is_object(), "{path}");
    }
    let codes: Vec<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(described["components"]["schemas"]["ProblemCode"]["enum"], serde_json::json!(codes));
    assert!(!text(get(&server.url("/api/openapi.json"), &[])).contains("TODO"));
}
