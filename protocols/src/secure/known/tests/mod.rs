//! Each row of the table beside an answer as the product gives it.

mod appliances;
mod applications;
mod certificates;
mod devices;
mod routers;

use super::*;
use crate::Act;
use crate::secure::http;
use klinke_shared::Certificate;
use std::collections::HashSet;

/// Product, version, status line with fields, and body.
type Sample = (&'static str, &'static str, &'static str, &'static str);

fn samples() -> impl Iterator<Item = &'static Sample> {
    [routers::ANSWERS, appliances::ANSWERS, applications::ANSWERS, devices::ANSWERS]
        .into_iter()
        .flatten()
}

fn answer(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {}\r\n\r\n{body}", head.replace('\n', "\r\n")).into_bytes()
}

fn recognised(answer: &[u8]) -> Option<Recognition> {
    match http::unasked(answer, true) {
        Act::Known(recognition) => Some(*recognition),
        _ => None,
    }
}

/// Which row recognises an answer or a certificate, as `answer` and `certificate` show it.
fn row(head: &str, body: &str) -> Option<*const Page> {
    let bytes = answer(head, body);
    let answer = Answer::read(&bytes)?;
    let title = crate::secure::html::title(&answer.body);
    let realm = answer.fields("www-authenticate").find_map(http::realm);
    let title = title.as_deref().map(str::as_bytes);
    let evidence =
        Evidence { answer: Some(&answer), title, realm: realm.as_deref(), certificate: None };
    rows().find(|page| page.recognise(&evidence).is_some()).map(std::ptr::from_ref)
}

fn row_of_certificate(certificate: &Certificate) -> Option<*const Page> {
    let evidence =
        Evidence { answer: None, title: None, realm: None, certificate: Some(certificate) };
    rows().find(|page| page.recognise(&evidence).is_some()).map(std::ptr::from_ref)
}

#[test]
fn every_answer_is_recognised_with_product_and_version() {
    for (product, version, head, body) in samples() {
        let known = recognised(&answer(head, body)).unwrap();
        let version = (!version.is_empty()).then_some(*version);
        assert_eq!(known.product.as_deref(), Some(*product), "{head} {body}");
        assert_eq!(known.version.as_deref(), version, "{head} {body}");
    }
}

#[test]
fn every_certificate_is_recognised() {
    for (product, certificate) in certificates::shown() {
        let certificate = Some(certificate);
        let known = by_certificate(Recognition { certificate, ..Recognition::default() });
        assert_eq!(known.product.as_deref(), Some(product), "{known:?}");
    }
}

#[test]
fn every_row_has_its_sample() {
    let mut hit: HashSet<_> = samples().filter_map(|(_, _, head, body)| row(head, body)).collect();
    hit.extend(certificates::shown().iter().filter_map(|(_, shown)| row_of_certificate(shown)));
    let missing: Vec<_> = rows().filter(|page| !hit.contains(&std::ptr::from_ref(*page))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn ordinary_pages_are_nobody_s_device() {
    for body in ["", "<title>Willkommen</title>", "<title>Login</title>", "{\"version\":\"1\"}"] {
        for head in ["200 OK\nServer: nginx", "404 Not Found", "302 Found\nLocation: /login"] {
            assert_eq!(row(head, body), None, "{head} {body}");
        }
    }
}

#[test]
fn a_certificate_does_not_overrule_what_the_page_says() {
    let certificate = certificates::shown().first().map(|(_, shown)| shown.clone());
    let known = Recognition { certificate, ..Recognition::default() }.product("nginx");
    assert_eq!(by_certificate(known).product.as_deref(), Some("nginx"));
}

#[test]
fn a_version_that_may_be_cut_off_is_not_told() {
    let known =
        recognised(&answer("200 OK", "{\"couchdb\":\"Welcome\",\"version\":\"3.3")).unwrap();
    assert_eq!((known.product.as_deref(), known.version), (Some("CouchDB"), None));
}

#[test]
fn interfaces_say_whether_they_want_a_password() {
    let find = |product: &str, status: &str| {
        let sample = samples().find(|sample| sample.0 == product && sample.2.starts_with(status));
        let (_, _, head, body) = sample.unwrap();
        recognised(&answer(head, body)).unwrap()
    };
    assert!(find("Docker", "200").has(Note::NoPassword));
    assert!(find("Elasticsearch", "200").has(Note::NoPassword));
    assert!(find("Elasticsearch", "401").has(Note::AsksPassword));
    assert!(find("Kubernetes", "403").has(Note::AsksPassword));
    assert_eq!(find("Kubernetes", "200").notes, []);
    assert_eq!(find("CUPS", "200").protocol, Some(Protocol::Ipp));
    assert_eq!(find("squid", "400").protocol, Some(Protocol::HttpProxy));
}

#[test]
fn no_truncated_answer_is_another_product() {
    for (product, _, head, body) in samples() {
        let whole = answer(head, body);
        for length in 0..whole.len() {
            let known = whole.get(..length).and_then(recognised);
            let told = known.and_then(|known| known.product);
            let own = crate::secure::server::product(
                head.lines()
                    .find_map(|line| line.strip_prefix("Server: "))
                    .unwrap_or("")
                    .as_bytes(),
            );
            let fine = told.is_none_or(|told| told == *product || told == own.0);
            assert!(fine, "{product}: {length}");
        }
    }
}
