//! IKE 1 and 2 (RFC 2409 and RFC 7296): the first message of a client, which offers usual ways to
//! talk and stops at the answer. No identity, no key and no aggressive mode, so that the other side
//! shows nothing that could be guessed at. The offers themselves are in [`super::ike_offer`].

use super::ike_offer::{self, Generation, NON_ESP};
use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// The usual port (RFC 7296, 2).
const PORTS: &[u16] = &[500];
/// The port for peers behind NAT (RFC 7296, 2.23).
const NAT_PORTS: &[u16] = &[4500];
/// A cookie or SPI (RFC 7296, 3.1).
const COOKIE: usize = 8;
/// Before the rest of the header: next payload, version, exchange, flags, message and length.
const HEADER: usize = 28;
/// The flag of a response (RFC 7296, 3.1).
const RESPONSE: u8 = 0x20;
/// Vendor IDs, and whose they are. Most are MD5 of a text (RFC 7296, 3.12).
const VENDORS: &[(&[u8], &str)] = &[
    // MD5("strongSwan")
    (b"\x88\x2f\xe5\x6d\x6f\xd2\x0d\xbc\x22\x51\x61\x3b\x2e\xbe\x5b\xeb", "strongSwan"),
    // MD5("KAME/racoon")
    (b"\x70\x03\xcb\xc1\x09\x7d\xbe\x9c\x26\x00\xba\x69\x83\xbc\x8b\x35", "KAME/racoon"),
    // MD5("MS NT5 ISAKMPOAKLEY"), followed by a version
    (b"\x1e\x2b\x51\x69\x05\x99\x1c\x7d\x7c\x96\xfc\xbf\xb5\x87\xe4\x61", "Microsoft Windows"),
    // The start of MD5("CISCO-UNITY"), followed by a version
    (b"\x12\xf5\xf2\x8c\x45\x71\x68\xa9\x70\x2d\x9f\xe2\x74\xcc", "Cisco Unity"),
    (b"CISCO", "Cisco"),
    (b"FLEXVPN-SUPPORTED", "Cisco"),
    // The start of every Check Point ID, followed by a version
    (
        b"\xf4\xed\x19\xe0\xc1\x14\xeb\x51\x6f\xaa\xac\x0e\xe3\x7d\xaf\x28\x07\xb4\x38\x1f",
        "Check Point",
    ),
    (b"\x40\x4b\xf4\x39\x52\x2c\xa3\xf6", "SonicWall"),
    (b"\x82\x99\x03\x17\x57\xa3\x60\x82\xc6\xa6\x21\xde", "Fortinet FortiGate"),
];

/// The first message of IKE 2.
pub(super) const V2: Question = Question {
    protocol: Protocol::Ike,
    ports: PORTS,
    datagram: |token| ike_offer::offer(Generation::Two, token),
    read: |token, bytes| read(Generation::Two, token, bytes),
    from_any_port: false,
};

/// The first message of IKE 1, main mode.
pub(super) const V1: Question = Question {
    datagram: |token| ike_offer::offer(Generation::One, token),
    read: |token, bytes| read(Generation::One, token, bytes),
    ..V2
};

/// The first message of IKE 2 at the port for peers behind NAT.
pub(super) const V2_NAT: Question = Question {
    ports: NAT_PORTS,
    datagram: |token| [&NON_ESP[..], &ike_offer::offer(Generation::Two, token)].concat(),
    read: |token, bytes| read(Generation::Two, token, bytes.strip_prefix(&NON_ESP)?),
    ..V2
};

/// The first message of IKE 1 at the port for peers behind NAT.
pub(super) const V1_NAT: Question = Question {
    ports: NAT_PORTS,
    datagram: |token| [&NON_ESP[..], &ike_offer::offer(Generation::One, token)].concat(),
    read: |token, bytes| read(Generation::One, token, bytes.strip_prefix(&NON_ESP)?),
    ..V2
};

fn read(generation: Generation, token: &Token, whole: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(whole);
    bytes.expect(ike_offer::cookie(generation, token).get(..COOKIE)?)?;
    let its_cookie = bytes.u64()?;
    let (next, version, exchange, flags) = (bytes.u8()?, bytes.u8()?, bytes.u8()?, bytes.u8()?);
    let (_message, length) = (bytes.u32()?, bytes.u32()?);
    let is_answer = match generation {
        // Main mode, in which the other side has a cookie by now, or an informational exchange (RFC
        // 2408, 3.1).
        Generation::One => {
            let is_exchange = exchange == 5 || exchange == 2 && its_cookie != 0;
            version == 0x10 && is_exchange && flags & !0x05 == 0
        }
        Generation::Two => version == 0x20 && exchange == 34 && flags == RESPONSE,
    };
    let is_whole = usize::try_from(length).is_ok_and(|length| length == whole.len());
    if !is_answer || !is_whole || length <= u32::try_from(HEADER).ok()? {
        return None;
    }
    // An informational exchange may be encrypted: then there is nothing more to read.
    let encrypted = flags & 0x01 != 0;
    let payloads = if encrypted { Vec::new() } else { payloads(next, bytes)? };
    let mut vendor = payloads.iter().filter(|(kind, _)| *kind == generation.vendor_id());
    let vendor = vendor.find_map(|(_, id)| product(id));
    let recognition = Recognition::of(Protocol::Ike).detail(generation.name());
    Some(match vendor {
        Some(product) => recognition.product(product),
        None => recognition,
    })
}

/// The chain of payloads (RFC 7296, 3.2; RFC 2408, 3.2): each has at least its header.
fn payloads(mut next: u8, mut bytes: Bytes<'_>) -> Option<Vec<(u8, &[u8])>> {
    let mut payloads = Vec::new();
    while next != 0 {
        let kind = next;
        next = bytes.u8()?;
        let (_critical, length) = (bytes.u8()?, bytes.u16()?);
        payloads.push((kind, bytes.take(usize::from(length).checked_sub(4)?)?));
    }
    bytes.is_empty().then_some(payloads)
}

fn product(id: &[u8]) -> Option<&'static str> {
    VENDORS.iter().find(|(start, _)| id.starts_with(start)).map(|(_, product)| *product)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn strongswan_is_recognised_by_its_vendor_id() {
        for (question, file, generation) in [
            (V1, "ike/udp-strongswan-v1", "IKEv1"),
            (V2, "ike/udp-strongswan-v2", "IKEv2"),
            (V2_NAT, "ike/udp-strongswan-v2-nat", "IKEv2"),
        ] {
            let recognition = heard_whole(&question, &seed(file));
            assert_eq!(names(&recognition), ["strongSwan", "", generation]);
        }
    }

    #[test]
    fn a_refusal_of_the_offer_is_an_answer_too() {
        for (question, file, generation) in [
            (V1, "ike/udp-strongswan-v1-refused", "IKEv1"),
            (V2, "ike/udp-strongswan-v2-refused", "IKEv2"),
            (V1_NAT, "ike/udp-strongswan-v1-nat", "IKEv1"),
        ] {
            let recognition = heard_whole(&question, &seed(file));
            assert_eq!(names(&recognition), ["", "", generation]);
        }
    }

    #[test]
    fn without_the_mark_an_answer_at_the_nat_port_is_none() {
        assert_eq!((V2_NAT.read)(&TOKEN, &seed("ike/udp-strongswan-v2")), None);
        assert_eq!((V2.read)(&TOKEN, &seed("ike/udp-strongswan-v2-nat")), None);
    }

    #[test]
    fn vendors_are_known_by_the_start_of_their_id() {
        assert_eq!(product(b"CISCO-DELETE-REASON"), Some("Cisco"));
        assert_eq!(product(b"\x40\x48\xb7\xd5\x6e\xbc\xe8\x85"), None);
        assert_eq!(product(b""), None);
    }
}
