//! CoAP (RFC 7252): asks for the list of resources (RFC 6690, 4) in blocks of 64 bytes (RFC 7959),
//! so that the answer stays small. Reads no resource and changes none.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Version 1, confirmable, a token of four bytes; GET (RFC 7252, 3).
const GET: [u8; 2] = [0x44, 0x01];
/// The options: path “.well-known”, path “core” (RFC 7252, 5.10.1) and block 0 of 64 bytes (RFC
/// 7959, 2.2).
const OPTIONS: &[u8] = b"\xbb.well-known\x04core\xc1\x02";
/// Version 1 (RFC 7252, 3).
const VERSION: u8 = 1;
/// Reset: the answer of one that cannot use the question (RFC 7252, 4.2).
const RESET: u8 = 3;
/// What stands before the content (RFC 7252, 3).
const PAYLOAD: u8 = 0xff;

/// The list of resources.
pub(super) const RESOURCES: Question = Question {
    protocol: Protocol::Coap,
    ports: &[5683],
    datagram: ask,
    read,
    from_any_port: false,
};

const fn message_id([first, second, ..]: &Token) -> [u8; 2] {
    [*first, *second]
}

fn answer_token(token: &Token) -> &[u8] {
    token.get(2..6).unwrap_or_default()
}

fn ask(token: &Token) -> Vec<u8> {
    [&GET, &message_id(token), answer_token(token), OPTIONS].concat()
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    let (first, code, id) = (bytes.u8()?, bytes.u8()?, bytes.take(2)?);
    (first >> 6 == VERSION).then_some(())?;
    let (kind, length) = ((first >> 4) & 0x03, first & 0x0f);
    let recognition = Recognition::of(Protocol::Coap);
    if code == 0 {
        // A reset, or the promise of a later answer (RFC 7252, 5.2.2).
        let is_empty = length == 0 && bytes.is_empty() && kind >= RESET - 1;
        return (is_empty && id == message_id(token)).then_some(recognition);
    }
    bytes.expect(answer_token(token))?;
    // Success or an error (RFC 7252, 5.9).
    (length == 4 && matches!(code >> 5, 2 | 4 | 5) && kind < RESET).then_some(())?;
    let content = content(bytes)?;
    Some(recognition.detail(content))
}

/// What comes after the options (RFC 7252, 3.1).
fn content(mut bytes: Bytes<'_>) -> Option<&[u8]> {
    while !bytes.is_empty() {
        let first = bytes.u8()?;
        if first == PAYLOAD {
            return (!bytes.is_empty()).then_some(bytes.0);
        }
        let _delta = extended(first >> 4, &mut bytes)?;
        let length = extended(first & 0x0f, &mut bytes)?;
        bytes.take(length)?;
    }
    Some(&[])
}

/// A number of four bits, or in the bytes that follow (RFC 7252, 3.1).
fn extended(bits: u8, bytes: &mut Bytes<'_>) -> Option<usize> {
    match bits {
        0..=12 => Some(usize::from(bits)),
        13 => Some(usize::from(bytes.u8()?) + 13),
        14 => Some(usize::from(bytes.u16()?) + 269),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_asks_for_one_small_block() {
        let asked = b"\x44\x01Klinke\xbb.well-known\x04core\xc1\x02";
        assert_eq!((RESOURCES.datagram)(&TOKEN), asked);
    }

    #[test]
    fn libcoap_lists_its_resources() {
        // Everything before the content's mark and one byte of it is an answer without content.
        let recognition = heard(&RESOURCES, &seed("coap/udp-libcoap"), 8, true);
        let [product, version, detail] = names(&recognition);
        assert_eq!((product, version), ("", ""));
        assert!(detail.starts_with("</>;title=\"General Info\""), "{detail}");
    }

    #[test]
    fn a_reset_of_our_message_is_an_answer() {
        assert!((RESOURCES.read)(&TOKEN, b"\x70\0Kl").is_some());
        assert_eq!((RESOURCES.read)(&TOKEN, b"\x70\0XX"), None);
        assert_eq!((RESOURCES.read)(&TOKEN, b"\x40\0Kl"), None);
    }
}
