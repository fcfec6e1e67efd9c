//! What is answered and what is not, byte by byte, against the vectors of RFC 5769. Needs no socket.

use super::format::{FINGERPRINT, FINGERPRINT_SIZE, HEADER, fingerprint};
use super::{Answer, LONGEST_ANSWER, LONGEST_REQUEST, answer};
use proptest::collection::vec;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// RFC 5769, 2.1: a request of ICE.
const SAMPLE_REQUEST: &str = "0001 0058 2112a442 b7e7a701bc34d686fa87dfae \
    8022 0010 5354554e207465737420636c69656e74 0024 0004 6e0001ff 8029 0008 932ff9b151263b36 \
    0006 0009 6576746a3a68367659202020 0008 0014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 \
    8028 0004 e57a3bcf";
/// RFC 5769, 2.2: its answer over IPv4.
const SAMPLE_ANSWER_V4: &str = "0101 003c 2112a442 b7e7a701bc34d686fa87dfae \
    8022 000b 7465737420766563746f7220 0020 0008 0001a147e112a643 \
    0008 0014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 8028 0004 c07d4c96";
/// RFC 5769, 2.3: its answer over IPv6.
const SAMPLE_ANSWER_V6: &str = "0101 0048 2112a442 b7e7a701bc34d686fa87dfae \
    8022 000b 7465737420766563746f7220 0020 0014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9 \
    0008 0014 a382954e4be67bf11784c97c8292c275bfe3ed41 8028 0004 c8fb0b4c";
/// The addresses to which they go.
const SAMPLE_V4: &str = "192.0.2.1:32853";
const SAMPLE_V6: &str = "[2001:db8:1234:5678:11:2233:4455:6677]:32853";
/// Magic cookie and transaction id of all three.
const SAMPLE_TRANSACTION: &str = "2112a442 b7e7a701bc34d686fa87dfae";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// A message with the right length in its header.
fn message(kind: &str, attributes: &str) -> Vec<u8> {
    message_of(kind, &bytes(attributes))
}

fn message_of(kind: &str, attributes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(attributes.len()).unwrap().to_be_bytes();
    [&bytes(kind), &length[..], &bytes(SAMPLE_TRANSACTION), attributes].concat()
}

fn request(attributes: &str) -> Vec<u8> {
    message("0001", attributes)
}

fn with_fingerprint(mut message: Vec<u8>) -> Vec<u8> {
    let length = u16::try_from(message.len() - HEADER + FINGERPRINT_SIZE).unwrap();
    message[2..4].copy_from_slice(&length.to_be_bytes());
    let value = fingerprint(&message);
    [message, bytes("8028 0004"), value.to_vec()].concat()
}

fn said(request: &[u8], from: &str) -> Vec<u8> {
    answer(request, address(from)).expect("silence").as_bytes().to_vec()
}

#[test]
fn the_fingerprints_of_rfc_5769_are_right() {
    for sample in [SAMPLE_REQUEST, SAMPLE_ANSWER_V4, SAMPLE_ANSWER_V6] {
        let sample = bytes(sample);
        let (message, value) = sample.split_at(sample.len() - 4);
        let before = &message[..message.len() - 4];
        assert_eq!(fingerprint(before), value);
    }
}

#[test]
fn the_addresses_of_rfc_5769_are_written_as_there() {
    let v4 = message("0101", "0020 0008 0001a147e112a643");
    assert_eq!(said(&request(""), SAMPLE_V4), v4);
    assert!(SAMPLE_ANSWER_V4.contains("0020 0008 0001a147e112a643"));
    let v6 = message("0101", "0020 0014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
    assert_eq!(said(&request(""), SAMPLE_V6), v6);
    assert!(SAMPLE_ANSWER_V6.contains("0020 0014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"));
}

#[test]
fn the_request_of_rfc_5769_is_told_that_its_priority_is_not_understood() {
    let error = message("0111", "0009 0004 00000414 000a 0002 00240000");
    assert_eq!(said(&bytes(SAMPLE_REQUEST), SAMPLE_V4), with_fingerprint(error));
}

#[test]
fn an_ipv4_address_that_is_mapped_into_ipv6_is_answered_as_ipv4() {
    let mapped = said(&request(""), "[::ffff:192.0.2.1]:32853");
    assert_eq!(mapped, said(&request(""), SAMPLE_V4));
}

#[test]
fn an_answer_has_a_fingerprint_if_and_only_if_the_request_has() {
    for from in [SAMPLE_V4, SAMPLE_V6] {
        let without = said(&request(""), from);
        let with = said(&with_fingerprint(request("")), from);
        assert_eq!(with, with_fingerprint(without));
    }
}

#[test]
fn a_request_with_any_bit_wrong_gets_silence_where_it_has_a_fingerprint() {
    let right = with_fingerprint(request(""));
    let of_the_type = 8 * (right.len() - FINGERPRINT_SIZE)..8 * (right.len() - 6);
    // Without these, it is another attribute and no fingerprint.
    for bit in (0..8 * right.len()).filter(|bit| !of_the_type.contains(bit)) {
        let mut wrong = right.clone();
        wrong[bit / 8] ^= 0x80 >> (bit % 8);
        assert_eq!(answer(&wrong, address(SAMPLE_V4)), None, "bit {bit}");
    }
}

#[test]
fn what_is_no_binding_request_gets_silence() {
    let fingerprinted = with_fingerprint(request(""));
    let longest = LONGEST_REQUEST - HEADER - 4;
    let too_long = format!("8022 {:04x} {}", longest + 4, "00".repeat(longest + 4));
    let table: [(&str, Vec<u8>); 22] = [
        ("nothing", Vec::new()),
        ("one byte", vec![0]),
        ("a header cut short", request("")[..19].to_vec()),
        ("a byte too many", [request(""), vec![0]].concat()),
        ("four bytes that nobody counts", [request(""), vec![0; 4]].concat()),
        ("an indication", message("0011", "")),
        ("a success", message("0101", "")),
        ("an error", message("0111", "")),
        ("another method", message("0003", "")),
        ("bits that belong to another protocol", message("8001", "")),
        ("no magic cookie (RFC 3489)", bytes("0001 0000 00000000 b7e7a701bc34d686fa87dfae")),
        ("more counted than there is", bytes(&format!("0001 0004 {SAMPLE_TRANSACTION}"))),
        ("the most counted that can be", bytes(&format!("0001 fffc {SAMPLE_TRANSACTION}"))),
        ("a length off the boundary", bytes(&format!("0001 0002 {SAMPLE_TRANSACTION} 8022"))),
        ("an attribute longer than what is left", request("8022 0008 00000000")),
        ("the longest attribute that can be", request("8022 ffff 00000000")),
        ("an attribute without its padding", request("8022 0000 8022 0005 00000000")),
        ("a fingerprint too short", request("8028 0003 00000000")),
        ("a fingerprint too long", request("8028 0008 0000000000000000")),
        ("a fingerprint that is not the last", {
            let mut inside = [fingerprinted.clone(), bytes("8022 0000")].concat();
            inside[3] += 4;
            let value = fingerprint(&inside[..HEADER]);
            inside[24..28].copy_from_slice(&value);
            inside
        }),
        ("two fingerprints", with_fingerprint(fingerprinted)),
        ("more bytes than are read", request(&too_long)),
    ];
    for (what, datagram) in table {
        for from in [SAMPLE_V4, SAMPLE_V6] {
            assert_eq!(answer(&datagram, address(from)), None, "{what}");
        }
    }
}

#[test]
fn what_is_known_or_may_be_ignored_changes_nothing() {
    let longest = LONGEST_REQUEST - HEADER - 4;
    let plain = said(&request(""), SAMPLE_V4);
    for attributes in [
        // SOFTWARE whose padding is not zero, ICE-CONTROLLED, the last optional one.
        "8022 0001 61ffffff",
        "8029 0008 0000000000000000",
        "ffff 0000",
        // USERNAME, REALM, NONCE, USERHASH, PASSWORD-ALGORITHM, both MESSAGE-INTEGRITY.
        "0006 0001 61000000 0014 0000 0015 0000 001e 0000 001d 0000 0008 0000 001c 0000",
        // What only answers have.
        "0001 0000 0009 0000 000a 0000 0020 0000",
        &format!("8022 {longest:04x} {}", "00".repeat(longest)),
    ] {
        assert_eq!(said(&request(attributes), SAMPLE_V4), plain, "{attributes}");
    }
}

#[test]
fn what_must_be_understood_and_is_not_is_named_once_and_at_most_six_of_it() {
    for (asked, named) in [
        ("0000 0000", "000a 0002 00000000"),
        // CHANGE-REQUEST of RFC 5780, which would send answers elsewhere.
        ("0003 0004 00000006", "000a 0002 00030000"),
        ("7fff 0000 8022 0000 0025 0000 7fff 0000", "000a 0004 7fff0025"),
        (
            "4001 0000 4002 0000 4003 0000 4004 0000 4005 0000 4006 0000 4007 0000",
            "000a 000c 400140024003400440054006",
        ),
    ] {
        let error = message("0111", &format!("0009 0004 00000414 {named}"));
        assert_eq!(said(&request(asked), SAMPLE_V6), error);
    }
}

/// What every answer keeps to, whatever the request: it is short, as RFC 8489 lays it out, and
/// answers from another server end there.
fn keeps_its_bounds(request: &[u8], from: SocketAddr, answer: &Answer) {
    let said = answer.as_bytes();
    assert!(said.len() <= LONGEST_ANSWER);
    // At most 2.2 times the request, and 1.6 times to an IPv4 address.
    let tenths = if from.ip().to_canonical().is_ipv4() { 16 } else { 22 };
    assert!(10 * said.len() <= tenths * request.len(), "{} of {}", said.len(), request.len());
    assert_eq!(usize::from(u16::from_be_bytes([said[2], said[3]])), said.len() - HEADER);
    assert_eq!(said.len() % 4, 0);
    assert_eq!(said[4..HEADER], request[4..HEADER]);
    assert_eq!(super::answer(said, from), None);
}

fn source() -> impl Strategy<Value = SocketAddr> {
    let v4 = any::<u32>().prop_map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits)));
    let v6 = any::<u128>().prop_map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits)));
    (prop_oneof![v4, v6], any::<u16>()).prop_map(SocketAddr::from)
}

/// Attributes that are whole, of all types and of those that mean something.
fn attributes() -> impl Strategy<Value = Vec<u8>> {
    let kind = prop_oneof![any::<u16>(), 0..0x30_u16, Just(0x8022_u16)];
    // A FINGERPRINT that chance has written would be a wrong one.
    let kind = kind.prop_filter("no fingerprint", |kind| *kind != FINGERPRINT);
    let attribute = (kind, vec(any::<u8>(), 0..9)).prop_map(|(kind, value)| {
        let length = u16::try_from(value.len()).unwrap().to_be_bytes();
        let padding = vec![0; value.len().next_multiple_of(4) - value.len()];
        [&kind.to_be_bytes()[..], &length, &value, &padding].concat()
    });
    vec(attribute, 0..12).prop_map(|attributes| attributes.concat())
}

proptest! {
    #[test]
    fn random_bytes_never_panic_and_never_get_more_than_the_longest_answer(
        datagram in vec(any::<u8>(), 0..700),
        from in source(),
    ) {
        if let Some(answer) = answer(&datagram, from) {
            keeps_its_bounds(&datagram, from, &answer);
        }
    }

    #[test]
    fn random_attributes_in_a_request_never_get_more_than_the_longest_answer(
        body in vec(any::<u8>(), 0..60),
        from in source(),
    ) {
        let request = message_of("0001", &body);
        if let Some(answer) = answer(&request, from) {
            keeps_its_bounds(&request, from, &answer);
        }
    }

    #[test]
    fn every_well_formed_request_is_answered_within_the_bounds(
        attributes in attributes(),
        from in source(),
        transaction in any::<[u8; 12]>(),
        fingerprinted in any::<bool>(),
    ) {
        let mut request = message_of("0001", &attributes);
        request[8..HEADER].copy_from_slice(&transaction);
        let request = if fingerprinted { with_fingerprint(request) } else { request };
        let answer = answer(&request, from).expect("silence");
        keeps_its_bounds(&request, from, &answer);
        let said = answer.as_bytes();
        let (before, end) = said.split_at(said.len() - FINGERPRINT_SIZE);
        let ends = end == [bytes("8028 0004"), fingerprint(before).to_vec()].concat();
        prop_assert_eq!(ends, fingerprinted);
    }
}
