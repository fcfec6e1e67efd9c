//! LDAP without a connection (MS-ADTS 3.1.1.3.3; RFC 4511, 4.5.1): reads two names out of the root
//! of the directory, which everybody may read (RFC 4512, 5.1). Asks for no other attribute, since
//! the answer with all of them is long; binds as nobody.

use super::{Question, Token, ber};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// `SearchRequest` (RFC 4511, 4.5.1).
const SEARCH: u8 = 0x63;
/// `SearchResultEntry` (RFC 4511, 4.5.2).
const ENTRY: u8 = 0x64;
/// `SearchResultDone` (RFC 4511, 4.5.2).
const DONE: u8 = 0x65;
/// The filter that an attribute is present (RFC 4511, 4.5.1).
const PRESENT: u8 = 0x87;
/// A set of values (RFC 4511, 4.1.7).
const SET: u8 = 0x31;
/// What is read: the host's name, and the directory's.
const ATTRIBUTES: [&[u8]; 2] = [b"dnsHostName", b"defaultNamingContext"];
/// A root has at most so many of them.
const MOST_ATTRIBUTES: usize = 32;

/// The root of the directory.
pub(super) const ROOT: Question = Question {
    protocol: Protocol::Cldap,
    ports: &[389],
    datagram: ask,
    read,
    from_any_port: false,
};

const fn message_id([a, b, c, d, ..]: &Token) -> [u8; 4] {
    ber::identifier([*a, *b, *c, *d])
}

/// The base object only, no aliases, no limit, values too (RFC 4511, 4.5.1).
fn ask(token: &Token) -> Vec<u8> {
    let attributes = ATTRIBUTES.map(|name| ber::wrap(ber::OCTETS, &[name]));
    let parts: [&[u8]; 8] = [
        &[ber::OCTETS, 0],
        &[ber::ENUMERATED, 1, 0],
        &[ber::ENUMERATED, 1, 0],
        &[ber::INTEGER, 1, 0],
        &[ber::INTEGER, 1, 0],
        &[ber::BOOLEAN, 1, 0],
        &ber::wrap(PRESENT, &[b"objectClass"]),
        &ber::wrap(ber::SEQUENCE, &attributes.each_ref().map(Vec::as_slice)),
    ];
    let id = ber::wrap(ber::INTEGER, &[&message_id(token)]);
    ber::wrap(ber::SEQUENCE, &[&id, &ber::wrap(SEARCH, &parts)])
}

/// An entry, or that there is none.
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut message = Bytes(ber::content(&mut Bytes(bytes), ber::SEQUENCE)?);
    (ber::content(&mut message, ber::INTEGER)? == message_id(token)).then_some(())?;
    let (kind, entry) = ber::element(&mut message)?;
    let recognition = Recognition::of(Protocol::Cldap);
    if kind == DONE {
        return Some(recognition);
    }
    (kind == ENTRY).then_some(())?;
    let mut entry = Bytes(entry);
    let _name = ber::content(&mut entry, ber::OCTETS)?;
    let mut attributes = Bytes(ber::content(&mut entry, ber::SEQUENCE)?);
    let mut said = Vec::new();
    for _ in 0..MOST_ATTRIBUTES {
        let Some(attribute) = ber::content(&mut attributes, ber::SEQUENCE) else { break };
        let mut attribute = Bytes(attribute);
        let _name = ber::content(&mut attribute, ber::OCTETS)?;
        let values = ber::content(&mut attribute, SET)?;
        said.extend(ber::content(&mut Bytes(values), ber::OCTETS));
    }
    Some(recognition.detail(said.join(&b' ')))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_asks_for_two_names_of_the_root() {
        let asked =
            b"\x30\x4b\x02\x04Klin\x63\x43\x04\0\x0a\x01\0\x0a\x01\0\x02\x01\0\x02\x01\0\x01\x01\0\
                      \x87\x0bobjectClass\x30\x23\x04\x0bdnsHostName\x04\x14defaultNamingContext";
        assert_eq!((ROOT.datagram)(&TOKEN), asked);
    }

    #[test]
    fn samba_s_domain_controller_says_its_names() {
        // The entry comes first; that the search is done follows in the same datagram.
        let recognition = heard(&ROOT, &seed("cldap/udp-samba"), 102, true);
        let detail = "DC=ad,DC=lab,DC=example dc1.ad.lab.example";
        assert_eq!(names(&recognition), ["", "", detail]);
    }
}
