//! QUIC (RFC 9000 and RFC 8999): a packet of a version that is reserved so that nobody speaks it,
//! which a server answers with the versions that it does speak. Begins no connection.

use super::{Question, Token, hex};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// A long header (RFC 8999, 5.1) with the fixed bit (RFC 9000, 17.2).
const LONG: u8 = 0xc0;
/// One of the versions that force negotiation (RFC 9000, 15).
const RESERVED: [u8; 4] = [0x1a, 0x2a, 0x3a, 0x4a];
/// Servers ignore what is shorter (RFC 9000, 14.1 and 6).
const LENGTH: usize = 1200;
/// The length of our connection IDs: eight bytes are the least for a first packet's destination
/// (RFC 9000, 7.2).
const ID: u8 = 8;
/// Version 1 (RFC 9000, 15).
const V1: u32 = 1;
/// Version 2 (RFC 9369, 3.1).
const V2: u32 = 0x6b33_43cf;
/// The drafts before version 1 count in the last byte (RFC 9000, 15, and the drafts).
const DRAFTS: u32 = 0xff00_0000;
/// So many versions fit into one line.
const MOST_VERSIONS: usize = 12;

/// Which versions it speaks.
pub(super) const VERSIONS: Question = Question {
    protocol: Protocol::Quic,
    ports: &[443, 853],
    datagram: ask,
    read,
    from_any_port: false,
};

fn ask(token: &Token) -> Vec<u8> {
    let (destination, source) = token.split_at(usize::from(ID));
    let mut packet = [&[LONG], &RESERVED[..], &[ID], destination, &[ID], source].concat();
    packet.resize(LENGTH, 0);
    packet
}

/// The answer has version 0 and our connection IDs, exchanged (RFC 8999, 6).
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    let (destination, source) = token.split_at(usize::from(ID));
    (bytes.u8()? & 0x80 != 0).then_some(())?;
    bytes.expect(&[0, 0, 0, 0, ID])?;
    bytes.expect(source)?;
    bytes.expect(&[ID])?;
    bytes.expect(destination)?;
    (!bytes.is_empty() && bytes.len() % 4 == 0).then_some(())?;
    let names = bytes.0.chunks_exact(4).filter_map(|four| name(Bytes(four).u32()?));
    let names: Vec<_> = names.take(MOST_VERSIONS).collect();
    Some(Recognition::of(Protocol::Quic).detail(names.join(", ")))
}

/// A version's name; nothing for the reserved ones, with which servers keep clients from rusting
/// (RFC 9000, 6.3).
fn name(version: u32) -> Option<String> {
    match version {
        V1 => Some("QUICv1".to_owned()),
        V2 => Some("QUICv2".to_owned()),
        reserved if reserved & 0x0f0f_0f0f == 0x0a0a_0a0a => None,
        draft if draft & 0xffff_ff00 == DRAFTS => Some(format!("draft-{:02}", draft & 0xff)),
        other => {
            let bytes = other.to_be_bytes();
            let is_text = bytes.iter().all(u8::is_ascii_alphanumeric);
            Some(if is_text { String::from_utf8_lossy(&bytes).into_owned() } else { hex(&bytes) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_is_as_long_as_servers_demand() {
        let question = (VERSIONS.datagram)(&TOKEN);
        assert_eq!(question[..23], *b"\xc0\x1a\x2a\x3a\x4a\x08KlinkeTe\x08stToken!");
        assert_eq!(question.len(), 1200);
    }

    #[test]
    fn ngtcp2_says_which_versions_it_speaks() {
        // Versions are four bytes each: an answer with the first of them is one.
        let recognition = heard(&VERSIONS, &seed("quic/udp-ngtcp2"), 27, true);
        assert_eq!(names(&recognition), ["", "", "QUICv1"]);
    }

    #[test]
    fn versions_have_names() {
        assert_eq!(name(0x6b33_43cf).as_deref(), Some("QUICv2"));
        assert_eq!(name(0xff00_001d).as_deref(), Some("draft-29"));
        assert_eq!(name(0x5130_3530).as_deref(), Some("Q050"));
        assert_eq!(name(0x1234_5678).as_deref(), Some("12345678"));
        assert_eq!(name(0x5a6a_7a8a), None);
    }
}
