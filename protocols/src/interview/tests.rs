//! Which conversations are had at which port, in which order, and what comes of them, as tables.

use super::story::{Meets, context, led};
use super::*;
use klinke_shared::Certificate;

const SILENCE: Meets = Some(&[]);
const CLOSED: Meets = None;
const SSH: Meets = Some(&[b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"]);
const WEB_PAGE: Meets = Some(&[include_bytes!("../../../fuzz/seeds/http/nginx")]);
const NEEDS_TLS: Meets = Some(&[include_bytes!("../../../fuzz/seeds/http/nginx-needs-tls")]);
/// `protocol_version`: what was asked is too new.
const ALERT: Meets = Some(&[b"\x15\x03\x01\0\x02\x02\x46"]);
const OLD_TLS: Meets = Some(&[include_bytes!("../../../fuzz/seeds/tls/openssl-tls-1.0")]);
const LATE_WEB_PAGE: Meets = Some(&[b"", include_bytes!("../../../fuzz/seeds/http/nginx")]);
const LATE_NEEDS_TLS: Meets =
    Some(&[b"", include_bytes!("../../../fuzz/seeds/http/nginx-needs-tls")]);
const LATE_ALERT: Meets = Some(&[b"", b"\x15\x03\x03\0\x02\x02\x0a"]);
/// An answer that takes longer than a greeting would.
const SLOW_WEB_PAGE: Meets =
    Some(&[b"", b"", b"", include_bytes!("../../../fuzz/seeds/http/nginx")]);
const REDIS_COMPLAINS: Meets =
    Some(&[b"", b"-ERR wrong number of arguments for 'get' command\r\n"]);
const REDIS: Meets = Some(&[b"+PONG\r\n", b"$9\r\nredis_version:7.0.15\r\ngcc_version:1\r\n"]);
const MAIL: Meets = Some(&[
    b"220 mail.example.org ESMTP Postfix\r\n",
    b"250-mail.example.org\r\n250 AUTH PLAIN\r\n",
    b"221 2.0.0 Bye\r\n",
]);
const NLA: Meets = Some(&[include_bytes!("../../../fuzz/seeds/rdp/windows-nla")]);
const NLA_REQUIRED: Meets = Some(&[include_bytes!("../../../fuzz/seeds/rdp/windows-nla-required")]);
const NO_NLA: Meets = Some(&[include_bytes!("../../../fuzz/seeds/rdp/xrdp-0.9.21-tls")]);
const ULTIMATUM: Meets = Some(&[b"\x03\0\0\x09\x02\xf0\x80\x21\x80"]);
const SMB: Meets = Some(&[include_bytes!("../../../fuzz/seeds/smb/samba-4.17-smb3")]);
const SMB1: Meets = Some(&[include_bytes!("../../../fuzz/seeds/smb/samba-4.17-smb1")]);
const SESSION: Meets = Some(&[b"\x82\0\0\0"]);
const SESSION_SMB1: Meets =
    Some(&[b"\x82\0\0\0", include_bytes!("../../../fuzz/seeds/smb/samba-4.17-smb1")]);

/// What the old server's certificate and version are worth.
const OLD_AND_OWN: [Note; 2] = [Note::CertificateSelfSigned, Note::LegacyTls];

fn protocol(known: Option<&Recognition>) -> Option<Protocol> {
    known.and_then(|known| known.protocol)
}

#[test]
fn whoever_says_nothing_is_asked_in_this_order() {
    for (port, story) in [
        (4711, &["listen http", "tls", "redis"][..]),
        (22, &["listen", "listen http", "tls"]),
        (6379, &["redis", "listen http", "tls"]),
        (80, &["http", "tls", "redis"]),
        (443, &["tls", "old-tls", "listen http"]),
        (8443, &["tls", "old-tls", "listen http"]),
        (3389, &["rdp", "listen http", "tls"]),
        (445, &["smb2", "smb1", "listen http"]),
        (139, &["netbios", "listen http", "tls"]),
    ] {
        let (told, known) = led(port, &[]);
        assert_eq!(told, story, "{port}");
        assert_eq!(known, Some(Recognition::default().note(Note::SaysNothing)), "{port}");
    }
}

#[test]
fn what_is_usual_at_a_port_comes_first_there() {
    for port in steps().flat_map(|step| step.ports) {
        let first = guesses(*port).pop_front();
        let Some(Guess::Step(step)) = first else { panic!("{port}: {first:?}") };
        assert!(step.ports.contains(port));
    }
}

#[test]
fn where_everything_is_printed_nothing_is_asked_whatever_is_heard() {
    for port in tcp::NEVER_ASKED {
        assert_eq!(led(*port, &[]), (vec!["listen".to_owned()], None), "{port}");
        for meets in [SSH, ALERT, NEEDS_TLS, NO_NLA, MAIL] {
            let (story, _) = led(*port, &[meets, meets, meets]);
            assert_eq!(story, ["listen"], "{port}");
        }
    }
    assert_eq!(protocol(led(9100, &[SSH]).1.as_ref()), Some(Protocol::Ssh));
}

#[test]
fn what_is_at_an_unusual_port_is_asked_in_its_own_language() {
    for (port, meets, story, expected) in [
        (2200, &[SSH, SSH][..], &["listen", "listen ssh"][..], Protocol::Ssh),
        (12_345, &[REDIS_COMPLAINS, REDIS], &["listen http", "redis something"], Protocol::Redis),
        (2526, &[MAIL, MAIL], &["listen", "listen smtp quit"], Protocol::Smtp),
        (4711, &[LATE_WEB_PAGE], &["listen http"], Protocol::Http),
        (4711, &[SLOW_WEB_PAGE], &["listen http"], Protocol::Http),
        (
            12_345,
            &[SILENCE, SILENCE, REDIS],
            &["listen http", "tls", "redis something"],
            Protocol::Redis,
        ),
        (3390, &[SILENCE, ULTIMATUM], &["listen http", "tls"], Protocol::Rdp),
        // Telnet is usual here.
        (9999, &[SILENCE, LATE_WEB_PAGE], &["listen", "listen http"], Protocol::Http),
        (
            9999,
            &[SILENCE, REDIS_COMPLAINS, REDIS],
            &["listen", "listen http", "redis something"],
            Protocol::Redis,
        ),
        (25, &[SSH, SSH], &["listen", "listen ssh"], Protocol::Ssh),
        (22, &[MAIL, MAIL], &["listen", "listen smtp quit"], Protocol::Smtp),
        (443, &[WEB_PAGE, WEB_PAGE], &["tls", "http"], Protocol::Http),
    ] {
        let (told, known) = led(port, meets);
        assert_eq!(told, story, "{port}");
        assert_eq!(protocol(known.as_ref()), Some(expected), "{port}");
    }
}

#[test]
fn an_own_language_tells_more_than_a_greeting_alone() {
    let (_, known) = led(2526, &[MAIL, MAIL]);
    assert!(known.unwrap().has(Note::PasswordLogin));
    let (_, known) = led(12_345, &[REDIS_COMPLAINS, REDIS]);
    let known = known.unwrap();
    assert_eq!((known.version.as_deref(), known.detail.as_deref()), (Some("7.0.15"), None));
    assert!(known.has(Note::NoPassword));
}

#[test]
fn what_was_found_is_followed_up() {
    for (port, meets, story, notes) in [
        (3389, &[NLA, NLA_REQUIRED][..], &["rdp", "rdp-tls"][..], &[][..]),
        (3389, &[NLA, NO_NLA], &["rdp", "rdp-tls"], &[Note::NoNla]),
        (3389, &[NO_NLA, ULTIMATUM], &["rdp", "old-tls"], &[Note::NoNla]),
        (3389, &[NO_NLA, SILENCE], &["rdp", "old-tls"], &[Note::NoNla]),
        (445, &[SMB, SMB1], &["smb2", "smb1"], &[Note::Smb1, Note::SigningNotRequired]),
        (445, &[SMB, SILENCE], &["smb2", "smb1"], &[Note::SigningNotRequired]),
        (
            139,
            &[SESSION, SESSION_SMB1],
            &["netbios smb2", "netbios smb1"],
            &[Note::Smb1, Note::SigningNotRequired],
        ),
        (139, &[SESSION, SESSION], &["netbios smb2", "netbios smb1"], &[]),
        (443, &[ALERT, OLD_TLS], &["tls", "old-tls"], &OLD_AND_OWN),
        (4711, &[SILENCE, ALERT, OLD_TLS], &["listen http", "tls", "old-tls"], &OLD_AND_OWN),
        (4711, &[LATE_ALERT, ALERT, OLD_TLS], &["listen http", "tls", "old-tls"], &OLD_AND_OWN),
        (4711, &[LATE_NEEDS_TLS, SILENCE], &["listen http", "tls"], &[]),
        (9999, &[SILENCE, LATE_NEEDS_TLS, ALERT], &["listen", "listen http", "tls"], &[]),
        (80, &[NEEDS_TLS, ALERT, ALERT], &["http", "tls", "old-tls"], &[]),
        (80, &[WEB_PAGE], &["http"], &[]),
    ] {
        let (told, known) = led(port, meets);
        assert_eq!(told, story);
        assert_eq!(known.unwrap().notes, notes, "{story:?}");
    }
    assert_eq!(led(3389, &[NO_NLA, ULTIMATUM]).1.unwrap().product.as_deref(), Some("xrdp"));
}

#[test]
fn unknown_words_are_kept_and_the_first_ones_count() {
    let hello: Meets = Some(&[b"\x01Hello\x02there\r\n"]);
    let (story, known) = led(4711, &[hello, Some(&[b"Goodbye"])]);
    assert_eq!(story, ["listen", "tls"]);
    assert_eq!(known, Some(Recognition::default().detail("Hello there")));
    let noise: Meets = Some(&[b"\0\x01"]);
    assert_eq!(led(4711, &[noise, noise]).1, Some(Recognition::default()));
}

#[test]
fn who_lets_nobody_in_again_is_left_alone() {
    assert_eq!(led(22, &[CLOSED]), (vec!["closed".to_owned()], None));
    let (story, known) = led(22, &[SILENCE, CLOSED]);
    assert_eq!(story, ["listen", "closed"]);
    assert_eq!(known, Some(Recognition::default().note(Note::SaysNothing)));
    let (story, known) = led(3389, &[NLA, CLOSED]);
    assert_eq!(story, ["rdp", "closed"]);
    assert_eq!(protocol(known.as_ref()), Some(Protocol::Rdp));
}

#[test]
fn remote_desktop_that_takes_tls_at_once_is_found_at_an_unusual_port() {
    let tls = Recognition {
        tls: true,
        certificate: Some(Certificate::default()),
        ..Recognition::of(Protocol::Tls).detail("TLS 1.3")
    };
    let next = |port| follow_up(&tls, Some(Protocol::Tls), &context(port));
    let first = step_for(Protocol::Rdp).map(|step| (step.begin)(&context(3390)).start());
    assert_eq!(next(3390).map(|begin| begin(&context(3390)).start()), first);
    assert!(next(443).is_none());
    let rdp = Recognition::of(Protocol::Rdp).product("Microsoft Terminal Services");
    let known = Recognition { tls: true, certificate: tls.certificate.clone(), ..rdp.clone() };
    assert_eq!(learned(&tls, &rdp), known);
}

/// What remains of two recognitions, the second of them in answer to a second question.
fn learned(first: &Recognition, second: &Recognition) -> Recognition {
    let mut interview = Interview::new(context(4711));
    for known in [first, second] {
        interview.next_talk();
        let known = Some(Box::new(known.clone()));
        interview.ended(Ended { known, heard: b"?".to_vec(), connected: true });
    }
    interview.result().unwrap()
}

#[test]
fn a_contradiction_is_settled_by_who_knows_more() {
    let of = Recognition::of;
    let inside = |protocol| Recognition { tls: true, ..of(protocol) };
    for (first, second, remains) in [
        // It complained about the lack of TLS; then it is what is inside, or what it turns out to be.
        (of(Protocol::Tls), inside(Protocol::Http), inside(Protocol::Http)),
        (of(Protocol::Tls), of(Protocol::Http), of(Protocol::Http)),
        // It spoke TLS; plain words afterwards do not undo that.
        (inside(Protocol::Tls), of(Protocol::Http), inside(Protocol::Tls)),
        (inside(Protocol::Tls), inside(Protocol::Imap), inside(Protocol::Imap)),
        (of(Protocol::NetbiosSession), of(Protocol::Smb), of(Protocol::Smb)),
        (of(Protocol::Rdp), of(Protocol::Http), of(Protocol::Rdp)),
        (of(Protocol::Smb), of(Protocol::NetbiosSession), of(Protocol::Smb)),
        (of(Protocol::Ssh), inside(Protocol::Tls), of(Protocol::Ssh)),
    ] {
        assert_eq!(learned(&first, &second), remains, "{first:?}, then {second:?}");
    }
}

#[test]
fn two_answers_complete_each_other_and_the_first_one_s_words_count() {
    let first = Recognition::of(Protocol::Smb).product("Samba").note(Note::SigningNotRequired);
    let certificate = Certificate { names: vec!["a".to_owned()], issuer: None, expires: 1 };
    let second = Recognition {
        tls: true,
        certificate: Some(certificate.clone()),
        ..Recognition::default().product("Windows").version("4.17").detail("FILES").note(Note::Smb1)
    };
    let expected = Recognition {
        tls: true,
        certificate: Some(certificate),
        ..first.clone().version("4.17").detail("FILES").note(Note::Smb1)
    };
    assert_eq!(merged(first.clone(), second), expected);
    assert_eq!(merged(first.clone(), first.clone()), first);
    assert_eq!(merged(Recognition::default(), first.clone()), first);
}
