//! STUN (RFC 8489): asks from which address we are seen. Asks TURN for no relay.

use super::{Question, Token, banner};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// A binding request without attributes (RFC 8489, 5).
const REQUEST: [u8; 4] = [0x00, 0x01, 0, 0];
/// Its answer (RFC 8489, 5).
const SUCCESS: u16 = 0x0101;
/// Its refusal (RFC 8489, 5).
const ERROR: u16 = 0x0111;
/// The magic cookie (RFC 8489, 5).
const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
/// A transaction has twelve bytes of name (RFC 8489, 5).
const TRANSACTION: usize = 12;
/// SOFTWARE (RFC 8489, 14.14).
const SOFTWARE: u16 = 0x8022;

/// From where we are seen.
pub(super) const BINDING: Question = Question {
    protocol: Protocol::Stun,
    ports: &[3478],
    datagram: ask,
    read,
    from_any_port: false,
};

fn transaction(token: &Token) -> &[u8] {
    token.get(..TRANSACTION).unwrap_or_default()
}

fn ask(token: &Token) -> Vec<u8> {
    [&REQUEST, &COOKIE, transaction(token)].concat()
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    matches!(bytes.u16()?, SUCCESS | ERROR).then_some(())?;
    let length = usize::from(bytes.u16()?);
    bytes.expect(&COOKIE)?;
    bytes.expect(transaction(token))?;
    (length == bytes.len() && length % 4 == 0).then_some(())?;
    let recognition = Recognition::of(Protocol::Stun);
    Some(match software(bytes) {
        Some(software) => banner::name(recognition, software).detail(software),
        None => recognition,
    })
}

/// Attributes are padded to four bytes (RFC 8489, 14).
fn software(mut attributes: Bytes<'_>) -> Option<&[u8]> {
    loop {
        let (kind, length) = (attributes.u16()?, usize::from(attributes.u16()?));
        let value = attributes.take(length.next_multiple_of(4))?;
        if kind == SOFTWARE {
            return value.get(..length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_a_binding_request_without_attributes() {
        assert_eq!((BINDING.datagram)(&TOKEN), b"\0\x01\0\0\x21\x12\xa4\x42KlinkeTestTo");
    }

    #[test]
    fn coturn_says_its_version() {
        let recognition = heard_whole(&BINDING, &seed("stun/udp-coturn"));
        assert_eq!(names(&recognition), ["Coturn", "4.6.1", "Coturn-4.6.1 'Gorst'"]);
    }

    #[test]
    fn an_answer_without_software_or_with_another_cookie() {
        let plain = b"\x01\x01\0\0\x21\x12\xa4\x42KlinkeTestTo";
        assert_eq!(heard_whole(&BINDING, plain), Recognition::of(Protocol::Stun));
        let other = b"\x01\x01\0\0\x21\x12\xa4\x43KlinkeTestTo";
        assert_eq!((BINDING.read)(&TOKEN, other), None);
    }
}
