//! DNS (RFC 1035): one name that is not the server's own, which tells whether it resolves for
//! strangers, and the server's version. Asks nothing whose answer is long (no ANY, no DNSSEC) and
//! transfers no zone.

use super::message::{self, Message};
use super::{Question, Token, banner};
use klinke_shared::{Note, Protocol, Recognition};

/// Where DNS is usual (RFC 1035, 4.2.1).
const PORTS: &[u16] = &[53];
/// “Recursion desired” (RFC 1035, 4.1.1).
const RECURSION_DESIRED: [u8; 2] = [0x01, 0x00];
/// “Recursion available” (RFC 1035, 4.1.1).
const RECURSION_AVAILABLE: u16 = 0x0080;
/// example.com, which is reserved for such use (RFC 2606, 3), type A, class IN.
const EXAMPLE: &[u8] = b"\x07example\x03com\0\0\x01\0\x01";
/// version.bind, type TXT, class CHAOS (RFC 4892, 2.2).
const VERSION_BIND: &[u8] = b"\x07version\x04bind\0\0\x10\0\x03";
/// Type A (RFC 1035, 3.2.2).
const A: u16 = 1;
/// Type TXT (RFC 1035, 3.2.2).
const TXT: u16 = 16;

/// Whether names are resolved for strangers.
pub(super) const RECURSION: Question = Question {
    protocol: Protocol::Dns,
    ports: PORTS,
    datagram: ask_recursion,
    read: read_recursion,
    from_any_port: false,
};

/// Which product and version it is.
pub(super) const VERSION: Question = Question {
    protocol: Protocol::Dns,
    ports: PORTS,
    datagram: ask_version,
    read: read_version,
    from_any_port: false,
};

const fn id_of_recursion([first, second, ..]: &Token) -> [u8; 2] {
    [*first, *second]
}

const fn id_of_version([_, _, third, fourth, ..]: &Token) -> [u8; 2] {
    [*third, *fourth]
}

fn ask_recursion(token: &Token) -> Vec<u8> {
    message::ask(id_of_recursion(token), RECURSION_DESIRED, EXAMPLE)
}

fn ask_version(token: &Token) -> Vec<u8> {
    message::ask(id_of_version(token), [0, 0], VERSION_BIND)
}

fn read_recursion(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let answer = message::answer(id_of_recursion(token), EXAMPLE, bytes)?;
    let resolved = answer.answers.iter().any(|record| record.kind == A);
    let recognition = Recognition::of(Protocol::Dns);
    if resolved && answer.rcode() == 0 && answer.flags & RECURSION_AVAILABLE != 0 {
        return Some(recognition.note(Note::Recursion));
    }
    Some(recognition)
}

fn read_version(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let answer = message::answer(id_of_version(token), VERSION_BIND, bytes)?;
    let recognition = Recognition::of(Protocol::Dns);
    let Some(text) = version_text(&answer) else { return Some(recognition) };
    // BIND is the one that says nothing but its number.
    if text.first().is_some_and(u8::is_ascii_digit) {
        return Some(recognition.product("ISC BIND").version(text));
    }
    Some(banner::name(recognition, text))
}

fn version_text<'a>(answer: &Message<'a>) -> Option<&'a [u8]> {
    let record = answer.answers.iter().find(|record| record.kind == TXT)?;
    let (length, text) = record.data.split_first()?;
    text.get(..usize::from(*length))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn a_question_is_what_rfc_1035_says() {
        let asked = b"Kl\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01";
        assert_eq!((RECURSION.datagram)(&TOKEN), asked);
        let asked = b"in\0\0\0\x01\0\0\0\0\0\0\x07version\x04bind\0\0\x10\0\x03";
        assert_eq!((VERSION.datagram)(&TOKEN), asked);
    }

    #[test]
    fn dnsmasq_resolves_for_strangers_and_says_its_version() {
        let recursion = heard_whole(&RECURSION, &seed("dns/udp-dnsmasq-recursion"));
        assert!(recursion.has(Note::Recursion));
        let version = heard_whole(&VERSION, &seed("dns/udp-dnsmasq-version"));
        assert_eq!(names(&version), ["dnsmasq", "2.90", ""]);
        assert!(!version.has(Note::Recursion));
    }

    #[test]
    fn bind_refuses_strangers_and_says_its_version() {
        let recursion = heard_whole(&RECURSION, &seed("dns/udp-bind-refused"));
        assert_eq!(recursion, Recognition::of(Protocol::Dns));
        let version = heard_whole(&VERSION, &seed("dns/udp-bind-version"));
        assert_eq!(names(&version), ["ISC BIND", "9.18.49-1~deb12u3-Debian", ""]);
    }

    #[test]
    fn unbound_says_its_version() {
        let version = heard_whole(&VERSION, &seed("dns/udp-unbound-version"));
        assert_eq!(names(&version), ["unbound", "1.17.1", ""]);
    }

    #[test]
    fn an_answer_without_the_address_or_the_offer_is_no_recursion() {
        let mut answer = seed("dns/udp-dnsmasq-recursion");
        answer[3] &= !0x80;
        let offered = (RECURSION.read)(&TOKEN, &answer).unwrap();
        assert!(!offered.has(Note::Recursion));
        let mut failed = seed("dns/udp-dnsmasq-recursion");
        failed[3] |= 2;
        assert!(!(RECURSION.read)(&TOKEN, &failed).unwrap().has(Note::Recursion));
    }

    #[test]
    fn an_answer_to_another_name_is_none() {
        let mut answer = seed("dns/udp-dnsmasq-recursion");
        answer[14] ^= 1;
        assert_eq!((RECURSION.read)(&TOKEN, &answer), None);
    }
}
