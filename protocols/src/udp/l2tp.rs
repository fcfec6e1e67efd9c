//! L2TP (RFC 2661): the request for a control connection, which tells name and maker of the other
//! side. The connection is not completed and no call is made.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// A control message with length and sequence, version 2 (RFC 2661, 3.1).
const CONTROL: [u8; 2] = [0xc8, 0x02];
/// Before the attributes: flags, length, tunnel, session, Ns and Nr.
const HEADER: usize = 12;
/// What a start-control-connection-request must have (RFC 2661, 6.1): its type, version 1.0, a
/// host's name, framing capabilities; the assigned tunnel follows.
const REQUEST: &[u8] = b"\x80\x08\0\0\0\0\0\x01\x80\x08\0\0\0\x02\x01\0\
    \x80\x0c\0\0\0\x07klinke\x80\x0a\0\0\0\x03\0\0\0\x03";
/// The attribute of the tunnel's number (RFC 2661, 4.4.3).
const ASSIGNED_TUNNEL: [u8; 6] = [0x80, 0x08, 0, 0, 0, 9];
/// Start-control-connection-reply (RFC 2661, 3.2).
const REPLY: u16 = 2;
/// Stop-control-connection-notification (RFC 2661, 3.2).
const STOP: u16 = 4;
/// Message type (RFC 2661, 4.4.1).
const MESSAGE_TYPE: u16 = 0;
/// Host name (RFC 2661, 4.4.3).
const HOST_NAME: u16 = 7;
/// Vendor name (RFC 2661, 4.4.3).
const VENDOR_NAME: u16 = 8;
/// The vendor that xl2tpd says (its `l2tp.h`: `VENDOR_NAME`).
const XELERANCE: &[u8] = b"xelerance.com";
/// The bits of an attribute's length (RFC 2661, 4.1).
const LENGTH: u16 = 0x03ff;

/// The request for a control connection.
pub(super) const CONNECTION: Question = Question {
    protocol: Protocol::L2tp,
    ports: &[1701],
    datagram: ask,
    read,
    // RFC 2661, 8.1: the answer may come from any free port.
    from_any_port: true,
};

/// Our number of the tunnel: never zero.
const fn tunnel([.., first, second]: &Token) -> [u8; 2] {
    [*first | 0x40, *second]
}

fn ask(token: &Token) -> Vec<u8> {
    let attributes = [REQUEST, &ASSIGNED_TUNNEL, &tunnel(token)].concat();
    let length = u16::try_from(HEADER + attributes.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&CONTROL[..], &length, &[0; 8], &attributes].concat()
}

fn read(token: &Token, whole: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(whole);
    bytes.expect(&CONTROL)?;
    (usize::from(bytes.u16()?) == whole.len()).then_some(())?;
    bytes.expect(&tunnel(token))?;
    let (_session, _sent, _received) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
    let attributes = attributes(bytes)?;
    let find =
        |wanted: u16| attributes.iter().find(|(kind, _)| *kind == wanted).map(|(_, value)| *value);
    let kind = Bytes(find(MESSAGE_TYPE)?).u16()?;
    matches!(kind, REPLY | STOP).then_some(())?;
    let recognition = Recognition::of(Protocol::L2tp);
    let vendor = match find(VENDOR_NAME).unwrap_or_default() {
        XELERANCE => b"xl2tpd",
        vendor => vendor,
    };
    Some(recognition.product(vendor).detail(find(HOST_NAME).unwrap_or_default()))
}

/// Attributes of the standard that are not hidden (RFC 2661, 4.1).
fn attributes(mut bytes: Bytes<'_>) -> Option<Vec<(u16, &[u8])>> {
    let mut attributes = Vec::new();
    while !bytes.is_empty() {
        let length = usize::from(bytes.u16()? & LENGTH).checked_sub(6)?;
        let (vendor, kind) = (bytes.u16()?, bytes.u16()?);
        let value = bytes.take(length)?;
        if vendor == 0 {
            attributes.push((kind, value));
        }
    }
    Some(attributes)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_has_what_rfc_2661_demands() {
        let question = (CONNECTION.datagram)(&TOKEN);
        assert_eq!(question[..12], [0xc8, 2, 0, 58, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(question[12..20], [0x80, 8, 0, 0, 0, 0, 0, 1]);
        assert_eq!(question[50..], *b"\x80\x08\0\0\0\x09\x6e\x21");
    }

    #[test]
    fn xl2tpd_says_its_name() {
        let recognition = heard_whole(&CONNECTION, &seed("l2tp/udp-xl2tpd"));
        assert_eq!(names(&recognition), ["xl2tpd", "", "lab"]);
    }
}
