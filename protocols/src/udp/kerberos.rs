//! Kerberos 5 (RFC 4120): a request that names nobody, which every server refuses in its own words.
//! Since there is no name in it, nobody is logged in or asked for, and nothing comes back that
//! could be guessed at.

use super::{Question, Token, ber, hex};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// `AS-REQ` (RFC 4120, 5.4.1).
const REQUEST: u8 = 0x6a;
/// `KRB-ERROR` (RFC 4120, 5.9.1).
const ERROR: u8 = 0x7e;
/// A general string (RFC 4120, 5.2.1).
const STRING: u8 = 0x1b;
/// `KDC_ERR_WRONG_REALM` (RFC 4120, 7.5.9), which Windows says where others miss the name.
const WRONG_REALM: u32 = 68;
/// No option (RFC 4120, 5.2.8): 32 bits, none unused.
const NO_OPTIONS: &[u8] = &[0x03, 5, 0, 0, 0, 0, 0];
/// No end (RFC 4120, 5.4.1: “till”).
const FOREVER: &[u8] = b"\x18\x0f19700101000000Z";
/// AES-256 and AES-128 (RFC 3962, 7).
const CIPHERS: &[u8] = &[0x30, 6, ber::INTEGER, 1, 18, ber::INTEGER, 1, 17];
/// An error has at most so many fields (RFC 4120, 5.9.1).
const MOST_FIELDS: usize = 13;

/// A request that names nobody.
pub(super) const NOBODY: Question = Question {
    protocol: Protocol::Kerberos,
    ports: &[88],
    datagram: ask,
    read,
    from_any_port: false,
};

/// A realm that nobody has; an answer repeats it.
fn realm(token: &Token) -> String {
    format!("{}.INVALID", hex(token.get(..4).unwrap_or_default()).to_uppercase())
}

/// A field by its number (RFC 4120, 5.1: explicit context tags).
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    ber::wrap(0xa0 | number, &[content])
}

fn ask(token: &Token) -> Vec<u8> {
    let [a, b, c, d, ..] = *token;
    let number = |digits: &[u8]| ber::wrap(ber::INTEGER, &[digits]);
    let realm = ber::wrap(STRING, &[realm(token).as_bytes()]);
    let names = ber::wrap(ber::SEQUENCE, &[&ber::wrap(STRING, &[b"krbtgt"]), &realm]);
    // NT-SRV-INST (RFC 4120, 6.2).
    let service = ber::wrap(ber::SEQUENCE, &[&field(0, &number(&[2])), &field(1, &names)]);
    let body = [
        field(0, NO_OPTIONS),
        field(2, &realm),
        field(3, &service),
        field(5, FOREVER),
        field(7, &number(&ber::identifier([a, b, c, d]))),
        field(8, CIPHERS),
    ];
    let body = ber::wrap(ber::SEQUENCE, &body.each_ref().map(Vec::as_slice));
    let fields = [field(1, &number(&[5])), field(2, &number(&[10])), field(4, &body)];
    let request = ber::wrap(ber::SEQUENCE, &fields.each_ref().map(Vec::as_slice));
    ber::wrap(REQUEST, &[&request])
}

/// An error of version 5 for our realm.
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let error = ber::content(&mut Bytes(bytes), ERROR)?;
    let mut error = Bytes(ber::content(&mut Bytes(error), ber::SEQUENCE)?);
    let mut fields = Vec::new();
    while !error.is_empty() && fields.len() < MOST_FIELDS {
        fields.push(ber::element(&mut error)?);
    }
    let find = |number: u8| {
        fields.iter().find(|(tag, _)| *tag == 0xa0 | number).map(|(_, content)| *content)
    };
    let number = |number: u8| ber::number(&mut Bytes(find(number)?), ber::INTEGER);
    (number(0)? == 5 && number(1)? == 30).then_some(())?;
    let said = ber::content(&mut Bytes(find(9)?), STRING)?;
    (said == realm(token).as_bytes()).then_some(())?;
    let code = number(6)?;
    let text = find(11).and_then(|text| ber::content(&mut Bytes(text), STRING));
    let recognition = Recognition::of(Protocol::Kerberos);
    Some(match (text, code) {
        (Some(b"No client in request"), _) => recognition.product("Heimdal Kerberos"),
        (Some(text), _) if text.starts_with(b"NULL_CLIENT") => recognition.product("MIT Kerberos"),
        (None, WRONG_REALM) => recognition.product("Microsoft Windows Kerberos"),
        _ => recognition,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_names_nobody() {
        let question = (NOBODY.datagram)(&TOKEN);
        assert_eq!(question[..14], *b"\x6a\x79\x30\x77\xa1\x03\x02\x01\x05\xa2\x03\x02\x01\x0a");
        // The body begins with its options (0) and goes on with the realm (2): no client (1).
        assert_eq!(question[18..31], *b"\xa0\x07\x03\x05\0\0\0\0\0\xa2\x12\x1b\x10");
        assert_eq!(question.len(), 123);
    }

    #[test]
    fn mit_and_heimdal_are_told_apart_by_their_words() {
        let mit = heard_whole(&NOBODY, &seed("kerberos/udp-mit"));
        assert_eq!(names(&mit), ["MIT Kerberos", "", ""]);
        let heimdal = heard_whole(&NOBODY, &seed("kerberos/udp-heimdal"));
        assert_eq!(names(&heimdal), ["Heimdal Kerberos", "", ""]);
    }
}
