//! Multicast DNS (RFC 6762): asks one host which kinds of service it offers (RFC 6763, 9). Asks for
//! no single service.

use super::message;
use super::{Question, Token};
use klinke_shared::{Protocol, Recognition};

/// _services._dns-sd._udp.local, type PTR, class IN (RFC 6763, 9).
const SERVICES: &[u8] = b"\x09_services\x07_dns-sd\x04_udp\x05local\0\0\x0c\0\x01";
/// Type PTR (RFC 1035, 3.2.2).
const PTR: u16 = 12;
/// So many kinds fit into one line.
const MOST_KINDS: usize = 8;

/// Which kinds of service there are. From another port than 5353 this is a “legacy unicast” query,
/// whose answer repeats number and question (RFC 6762, 6.7).
pub(super) const SERVICE_KINDS: Question = Question {
    protocol: Protocol::Mdns,
    ports: &[5353],
    datagram: ask,
    read,
    from_any_port: false,
};

const fn id([_, _, _, _, first, second, ..]: &Token) -> [u8; 2] {
    [*first, *second]
}

fn ask(token: &Token) -> Vec<u8> {
    message::ask(id(token), [0, 0], SERVICES)
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let answer = message::answer(id(token), SERVICES, bytes)?;
    let kinds = answer.answers.iter().filter(|record| record.kind == PTR);
    let kinds: Vec<_> =
        kinds.take(MOST_KINDS).filter_map(|kind| label(bytes, kind.place)).collect();
    Some(Recognition::of(Protocol::Mdns).detail(kinds.join(&b", "[..])))
}

/// “_ipp” of _ipp._tcp.local.
fn label(bytes: &[u8], place: usize) -> Option<&[u8]> {
    message::labels(bytes, place)?.first().copied()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_the_enumeration_of_rfc_6763() {
        let asked =
            b"ke\0\0\0\x01\0\0\0\0\0\0\x09_services\x07_dns-sd\x04_udp\x05local\0\0\x0c\0\x01";
        assert_eq!((SERVICE_KINDS.datagram)(&TOKEN), asked);
    }

    #[test]
    fn avahi_says_which_services_it_offers() {
        let recognition = heard_whole(&SERVICE_KINDS, &seed("mdns/udp-avahi"));
        assert_eq!(names(&recognition), ["", "", "_workstation"]);
    }
}
