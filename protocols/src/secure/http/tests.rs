//! Real answers to the one question.

use super::*;
use crate::secure::tests::context;

/// What an answer tells, whole and in pieces.
fn heard(answer: &[u8]) -> Option<Recognition> {
    let mut results = [answer.len(), 61].map(|piece| {
        let mut talk = Http::begin(&context(80));
        assert!(matches!(talk.start(), Act::Say(_)));
        let mut act = Act::Listen;
        for part in answer.chunks(piece.max(1)) {
            if act == Act::Listen {
                act = talk.hear(part);
            }
        }
        match if act == Act::Listen { talk.over() } else { act } {
            Act::Known(recognition) => Some(*recognition),
            _ => None,
        }
    });
    assert_eq!(results.first(), results.last());
    results.first_mut().and_then(Option::take)
}

fn told(known: &Recognition) -> (Option<Protocol>, Option<&str>, Option<&str>, Option<&str>) {
    let Recognition { protocol, product, version, detail, .. } = known;
    (*protocol, product.as_deref(), version.as_deref(), detail.as_deref())
}

/// The servers of Debian 12.
const SAMPLES: &[(&[u8], Protocol, &str, &str, &str)] = &[
    (
        include_bytes!("../../../../fuzz/seeds/http/nginx"),
        Protocol::Http,
        "nginx",
        "1.22.1",
        "Büro & Co",
    ),
    (
        include_bytes!("../../../../fuzz/seeds/http/apache"),
        Protocol::Http,
        "Apache",
        "2.4.71",
        "Büro & Co",
    ),
    (
        include_bytes!("../../../../fuzz/seeds/http/lighttpd"),
        Protocol::Http,
        "lighttpd",
        "1.4.69",
        "Büro & Co",
    ),
    (
        include_bytes!("../../../../fuzz/seeds/http/cups"),
        Protocol::Ipp,
        "CUPS",
        "2.4",
        "Not Found - CUPS v2.4.2",
    ),
    (
        include_bytes!("../../../../fuzz/seeds/http/squid"),
        Protocol::HttpProxy,
        "squid",
        "5.7",
        "ERROR: The requested URL could not be retrieved",
    ),
    (
        include_bytes!("../../../../fuzz/seeds/http/tinyproxy"),
        Protocol::HttpProxy,
        "tinyproxy",
        "1.11.1",
        "400 Bad Request",
    ),
];

#[test]
fn real_servers_are_recognised() {
    for (answer, protocol, product, version, detail) in SAMPLES {
        let known = heard(answer).unwrap();
        let expected = (Some(*protocol), Some(*product), Some(*version), Some(*detail));
        assert_eq!(told(&known), expected);
        assert_eq!(known.notes, []);
    }
}

#[test]
fn privoxy_of_debian_is_recognised_by_its_complaint() {
    let known = heard(include_bytes!("../../../../fuzz/seeds/http/privoxy")).unwrap();
    assert_eq!(told(&known), (Some(Protocol::HttpProxy), Some("Privoxy"), None, None));
}

#[test]
fn a_server_that_asks_for_a_password_says_for_what() {
    let known = heard(include_bytes!("../../../../fuzz/seeds/http/nginx-401")).unwrap();
    assert_eq!(known.detail.as_deref(), Some("Intern"));
    assert_eq!(known.notes, [Note::AsksPassword]);
}

#[test]
fn a_proxy_that_asks_for_a_password_is_a_proxy() {
    let known = heard(b"HTTP/1.1 407 No\r\nServer: thing/1.0\r\n\r\n").unwrap();
    assert_eq!(known.protocol, Some(Protocol::HttpProxy));
    assert_eq!(known.notes, [Note::AsksPassword]);
}

#[test]
fn a_redirect_says_where_to() {
    let answer =
        b"HTTP/1.1 301 Moved\r\nLocation: https://nas.example.org/\r\n\r\n<title>301</title>";
    assert_eq!(heard(answer).unwrap().detail.as_deref(), Some("https://nas.example.org/"));
}

#[test]
fn plain_http_to_a_tls_port_of_nginx_and_apache_is_tls() {
    for answer in [
        &include_bytes!("../../../../fuzz/seeds/http/nginx-needs-tls")[..],
        include_bytes!("../../../../fuzz/seeds/http/apache-needs-tls"),
        b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
        b"HTTP/1.1 400 \r\n\r\nBad Request\r\nThis combination of host and port requires TLS.\r\n",
        b"\x15\x03\x01\x00\x02\x02\x46",
    ] {
        assert_eq!(heard(answer), Some(Recognition::of(Protocol::Tls)));
    }
}

#[test]
fn the_same_words_without_status_400_are_a_page() {
    let answer = b"HTTP/1.1 200 OK\r\n\r\nClient sent an HTTP request to an HTTPS server.";
    assert_eq!(heard(answer).unwrap().protocol, Some(Protocol::Http));
}

#[test]
fn an_answer_that_is_cut_off_never_tells_more_or_other_things() {
    for (answer, _, product, version, detail) in SAMPLES {
        for length in 0..answer.len() {
            let cut = answer.get(..length).map(|cut| unasked(cut, true));
            let Some(Act::Known(known)) = cut else { continue };
            assert!(matches!(
                known.protocol,
                Some(Protocol::Http | Protocol::Ipp | Protocol::HttpProxy)
            ));
            assert!(known.product.is_none_or(|found| found == *product), "{length}");
            assert!(known.version.is_none_or(|found| found == *version), "{length}");
            assert!(known.detail.is_none_or(|found| found == *detail), "{length}");
        }
    }
}

#[test]
fn other_protocols_are_not_http() {
    for other in [
        &b"SSH-2.0-OpenSSH_9.2p1\r\n"[..],
        b"220 mail.example ESMTP Postfix\r\n",
        b"RTSP/1.0 400 Bad Request\r\n\r\n",
        b"HTTP",
        b"HTTP/1.1 999 x\r\n\r\n",
        b"\0\x01\x02",
        b"",
    ] {
        let known = heard(other);
        assert!(known.is_none_or(|known| known.protocol != Some(Protocol::Http)), "{other:?}");
    }
}
