//! Datagrams at the STUN server, as they are and behind the right header. Whatever is answered is
//! short, goes to whoever asked, and is never asked again. Reads answers by itself, so that a mistake
//! in the server's own numbers is seen.

use klinke::stun::{Answer, LONGEST_ANSWER, LONGEST_REQUEST, answer};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The bytes before the attributes, and the first of the transaction id (RFC 8489, 5).
const HEADER: usize = 20;
const TRANSACTION: usize = 8;
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const REQUEST: [u8; 2] = [0x00, 0x01];
const SUCCESS: [u8; 2] = [0x01, 0x01];
const ERROR: [u8; 2] = [0x01, 0x11];
/// XOR-MAPPED-ADDRESS of IPv4 and of IPv6, up to the port (RFC 8489, 14.2).
const MAPPED_V4: [u8; 6] = [0x00, 0x20, 0, 8, 0, 1];
const MAPPED_V6: [u8; 6] = [0x00, 0x20, 0, 20, 0, 2];
/// ERROR-CODE 420, and UNKNOWN-ATTRIBUTES behind it (RFC 8489, 14.8 and 14.13).
const UNKNOWN_ATTRIBUTES: [u8; 10] = [0x00, 0x09, 0, 4, 0, 0, 4, 20, 0x00, 0x0a];
/// FINGERPRINT and what is mixed into its checksum (RFC 8489, 14.7).
const FINGERPRINT: [u8; 4] = [0x80, 0x28, 0, 4];
const FINGERPRINT_SIZE: usize = 8;
const FINGERPRINT_XOR: u32 = 0x5354_554e;
/// Who asks: over IPv4, over IPv6, and over IPv4 at a socket for both (RFC 4291, 2.5.5.2).
pub(crate) const SOURCES: [SocketAddr; 3] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 32_853),
    SocketAddr::new(IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 2, 3, 4, 5, 6)), 32_853),
    SocketAddr::new(IpAddr::V6(Ipv4Addr::new(192, 0, 2, 1).to_ipv6_mapped()), 32_853),
];

/// The answer to a datagram, if there is one, and it is as everybody relies on.
pub(crate) fn said(datagram: &[u8], from: SocketAddr) -> Option<Answer> {
    let answer = answer(datagram, from)?;
    check(datagram, from, answer.as_bytes());
    Some(answer)
}

pub(super) fn hear(bytes: &[u8]) {
    let request = request(bytes);
    for from in SOURCES.into_iter().chain(hostile_source(bytes)) {
        said(bytes, from);
        said(&request, from);
        with_and_without_a_fingerprint(&request, from);
    }
}

/// An address and a port that somebody chose together with the datagram.
fn hostile_source(bytes: &[u8]) -> Option<SocketAddr> {
    let (port, bytes) = bytes.split_last_chunk::<2>().map(|(rest, port)| (*port, rest))?;
    let address = Ipv6Addr::from(*bytes.last_chunk::<16>()?);
    Some(SocketAddr::new(address.into(), u16::from_be_bytes(port)))
}

/// The attributes and the transaction id of these bytes behind the header of a Binding request.
fn request(bytes: &[u8]) -> Vec<u8> {
    let attributes = bytes.get(HEADER..LONGEST_REQUEST.min(bytes.len())).unwrap_or_default();
    let attributes = &attributes[..attributes.len() / 4 * 4];
    let transaction = bytes.get(TRANSACTION..HEADER).unwrap_or(&[0; HEADER - TRANSACTION]);
    let message = [&REQUEST[..], &[0, 0], &MAGIC_COOKIE, transaction, attributes].concat();
    with_length(message)
}

/// With as many bytes counted as there are.
fn with_length(mut message: Vec<u8>) -> Vec<u8> {
    let length = u16::try_from(message.len() - HEADER).unwrap_or(u16::MAX);
    message[2..4].copy_from_slice(&length.to_be_bytes());
    message
}

fn with_fingerprint(message: &[u8]) -> Vec<u8> {
    let mut longer = with_length([message, &[0; FINGERPRINT_SIZE]].concat());
    longer.truncate(message.len());
    let value = (crc32fast::hash(&longer) ^ FINGERPRINT_XOR).to_be_bytes();
    [&longer[..], &FINGERPRINT, &value].concat()
}

/// Whoever sends a FINGERPRINT gets one, and the same answer otherwise; a second one is a mistake.
fn with_and_without_a_fingerprint(request: &[u8], from: SocketAddr) {
    let Some(plain) = said(request, from) else { return };
    let fingerprinted = with_fingerprint(request);
    let answer = said(&fingerprinted, from);
    let bytes = answer.as_ref().map(|it| it.as_bytes().to_vec());
    if fingerprinted.len() > LONGEST_REQUEST || is_fingerprinted(plain.as_bytes()) {
        assert_eq!(bytes, None, "an answer to a wrong request");
    } else {
        assert_eq!(bytes, Some(with_fingerprint(plain.as_bytes())), "another answer");
        let mut wrong = fingerprinted;
        wrong[HEADER - 1] ^= 1;
        assert_eq!(said(&wrong, from), None, "a wrong FINGERPRINT");
    }
}

fn is_fingerprinted(message: &[u8]) -> bool {
    let before = message.len().saturating_sub(FINGERPRINT_SIZE);
    before >= HEADER && with_fingerprint(&message[..before]) == message
}

/// What everybody relies on, whatever was asked: it is short and laid out as RFC 8489 says, names
/// the source or what is not understood, and is no request.
fn check(request: &[u8], from: SocketAddr, said: &[u8]) {
    let from = SocketAddr::new(from.ip().to_canonical(), from.port());
    assert!(said.len() <= LONGEST_ANSWER && said.len().is_multiple_of(4), "{} bytes", said.len());
    let tenths = if from.is_ipv4() { 16 } else { 22 };
    assert!(10 * said.len() <= tenths * request.len(), "{} of {}", said.len(), request.len());
    assert_eq!(with_length(said.to_vec()), said, "another length in the header");
    assert_eq!(said[4..HEADER], request[4..HEADER], "another transaction");
    for to in SOURCES {
        assert_eq!(answer(said, to), None, "an answer is answered");
    }
    let end = if is_fingerprinted(said) { said.len() - FINGERPRINT_SIZE } else { said.len() };
    let body = &said[HEADER..end];
    match [said[0], said[1]] {
        SUCCESS => assert_eq!(mapped(body, &said[4..HEADER]), Some(from), "another address"),
        kind => {
            assert_eq!(kind, ERROR, "neither success nor error");
            assert!(body.starts_with(&UNKNOWN_ATTRIBUTES), "another error: {body:?}");
        }
    }
}

/// The address in an answer whose only attribute is XOR-MAPPED-ADDRESS.
fn mapped(body: &[u8], key: &[u8]) -> Option<SocketAddr> {
    let (start, rest) = body.split_first_chunk::<6>()?;
    let (port, address) = rest.split_first_chunk::<2>()?;
    let port = u16::from_be_bytes([port[0] ^ key[0], port[1] ^ key[1]]);
    let plain: Vec<u8> = address.iter().zip(key).map(|(byte, key)| byte ^ key).collect();
    let v4 = || <[u8; 4]>::try_from(plain.as_slice()).ok().map(IpAddr::from);
    let v6 = || <[u8; 16]>::try_from(plain.as_slice()).ok().map(IpAddr::from);
    let address = match *start {
        MAPPED_V4 => v4(),
        MAPPED_V6 => v6(),
        _ => None,
    };
    Some(SocketAddr::new(address?, port))
}
