//! SNMP 3 (RFC 3414, 4): the discovery of the engine, which every agent answers with its number
//! before anybody has to say who he is. Names no user.

use super::snmp::GET_REQUEST;
use super::{Question, Token, ber, makers};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// The version field (RFC 3412, 6).
const VERSION_3: u8 = 3;
/// The largest message that can come back: what a UDP datagram over IPv4 holds (RFC 3417, 3).
const LARGEST: [u8; 3] = [0x00, 0xff, 0xe3];
/// No authentication, no privacy, and a report is welcome (RFC 3412, 6.4).
const REPORTABLE: u8 = 0x04;
/// The user-based security model (RFC 3411, 5).
const USER_BASED: u8 = 3;
/// Report (RFC 3416, 3).
const REPORT: u8 = 0xa8;
/// The first bit of an engine's number that contains its maker's (RFC 3411, 5).
const MAKER_INSIDE: u32 = 0x8000_0000;
/// The engine's number is a text (RFC 3411, 5: `SnmpEngineID`).
const TEXT: u8 = 4;

/// The discovery of the engine.
pub(super) const DISCOVERY: Question =
    Question { protocol: Protocol::Snmp, ports: &[161], datagram: ask, read, from_any_port: false };

const fn message_id([_, _, _, _, a, b, c, d, ..]: &Token) -> [u8; 4] {
    ber::identifier([*a, *b, *c, *d])
}

fn ask(token: &Token) -> Vec<u8> {
    let number = |digits: &[u8]| ber::wrap(ber::INTEGER, &[digits]);
    let (zero, id) = (number(&[0]), number(&message_id(token)));
    let empty = [ber::OCTETS, 0];
    let flags = ber::wrap(ber::OCTETS, &[&[REPORTABLE]]);
    let header = [&id[..], &number(&LARGEST), &flags, &number(&[USER_BASED])];
    let user = ber::wrap(ber::SEQUENCE, &[&empty, &zero, &zero, &empty, &empty, &empty]);
    let request = ber::wrap(GET_REQUEST, &[&id, &zero, &zero, &[ber::SEQUENCE, 0]]);
    let parts = [
        number(&[VERSION_3]),
        ber::wrap(ber::SEQUENCE, &header),
        ber::wrap(ber::OCTETS, &[&user]),
        ber::wrap(ber::SEQUENCE, &[&empty, &empty, &request]),
    ];
    ber::wrap(ber::SEQUENCE, &parts.each_ref().map(Vec::as_slice))
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut message = Bytes(ber::content(&mut Bytes(bytes), ber::SEQUENCE)?);
    (ber::content(&mut message, ber::INTEGER)? == [VERSION_3]).then_some(())?;
    let mut header = Bytes(ber::content(&mut message, ber::SEQUENCE)?);
    (ber::content(&mut header, ber::INTEGER)? == message_id(token)).then_some(())?;
    let security = ber::content(&mut message, ber::OCTETS)?;
    let mut scoped = Bytes(ber::content(&mut message, ber::SEQUENCE)?);
    let _context =
        (ber::content(&mut scoped, ber::OCTETS)?, ber::content(&mut scoped, ber::OCTETS)?);
    ber::content(&mut scoped, REPORT)?;
    let mut user = Bytes(ber::content(&mut Bytes(security), ber::SEQUENCE)?);
    let engine = ber::content(&mut user, ber::OCTETS)?;
    Some(known(engine))
}

/// What an engine's number tells: its maker, and sometimes a text of the administrator's.
fn known(engine: &[u8]) -> Recognition {
    let mut engine = Bytes(engine);
    let recognition = Recognition::of(Protocol::Snmp);
    let Some(maker) = engine.u32().filter(|first| first & MAKER_INSIDE != 0) else {
        return recognition;
    };
    let recognition = match makers::by_number(maker & !MAKER_INSIDE) {
        Some(maker) => recognition.product(maker),
        None => recognition,
    };
    match engine.u8() {
        Some(TEXT) => recognition.detail(engine.0),
        _ => recognition,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_the_discovery_of_rfc_3414() {
        let asked =
            b"\x30\x3e\x02\x01\x03\x30\x11\x02\x04keTe\x02\x03\0\xff\xe3\x04\x01\x04\x02\x01\x03\
                      \x04\x10\x30\x0e\x04\0\x02\x01\0\x02\x01\0\x04\0\x04\0\x04\0\
                      \x30\x14\x04\0\x04\0\xa0\x0e\x02\x04keTe\x02\x01\0\x02\x01\0\x30\0";
        assert_eq!((DISCOVERY.datagram)(&TOKEN), asked);
    }

    #[test]
    fn net_snmp_tells_its_engine() {
        let recognition = heard_whole(&DISCOVERY, &seed("snmp/udp-net-snmp-v3"));
        assert_eq!(names(&recognition), ["Net-SNMP", "", ""]);
        assert_eq!(recognition.notes, []);
    }

    #[test]
    fn an_engine_s_number_tells_its_maker_and_a_text() {
        let recognition = known(b"\x80\0\x3a\x8c\x04router");
        assert_eq!(names(&recognition), ["MikroTik", "", "router"]);
        assert_eq!(known(b"\0\0\x3a\x8c\x04router"), Recognition::of(Protocol::Snmp));
        assert_eq!(known(b""), Recognition::of(Protocol::Snmp));
    }
}
