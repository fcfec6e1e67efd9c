//! SNMP 1 and 2c (RFC 1157, RFC 1901 and RFC 3416): the description of the system, asked with the
//! community “public”, which is the documented default and no secret. Tries no other community,
//! sets nothing and walks nothing.

use super::{Question, Token, banner, ber};
use crate::Bytes;
use klinke_shared::{Note, Protocol, Recognition};

/// Where SNMP is usual (RFC 1157, 4).
const PORTS: &[u16] = &[161];
/// The version field of SNMP 1 (RFC 1157, 4).
const VERSION_1: u8 = 0;
/// The version field of SNMP 2c (RFC 1901, 3).
const VERSION_2C: u8 = 1;
/// The community that agents ship with.
const COMMUNITY: &[u8] = b"public";
/// `GetRequest` (RFC 3416, 3).
pub(super) const GET_REQUEST: u8 = 0xa0;
/// Response (RFC 3416, 3).
const RESPONSE: u8 = 0xa2;
/// sysDescr.0: 1.3.6.1.2.1.1.1.0 (RFC 3418, 2).
const SYS_DESCR: &[u8] = &[0x2b, 6, 1, 2, 1, 1, 1, 0];

/// The description of the system over SNMP 1.
pub(super) const V1: Question = Question {
    protocol: Protocol::Snmp,
    ports: PORTS,
    datagram: ask_v1,
    read: read_v1,
    from_any_port: false,
};

/// The description of the system over SNMP 2c.
pub(super) const V2C: Question = Question {
    protocol: Protocol::Snmp,
    ports: PORTS,
    datagram: ask_v2c,
    read: read_v2c,
    from_any_port: false,
};

fn ask_v1(token: &Token) -> Vec<u8> {
    ask(token, VERSION_1)
}

fn ask_v2c(token: &Token) -> Vec<u8> {
    ask(token, VERSION_2C)
}

fn read_v1(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    read(token, VERSION_1, bytes)
}

fn read_v2c(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    read(token, VERSION_2C, bytes)
}

const fn request_id([a, b, c, d, ..]: &Token) -> [u8; 4] {
    ber::identifier([*a, *b, *c, *d])
}

fn ask(token: &Token, version: u8) -> Vec<u8> {
    let zero = ber::wrap(ber::INTEGER, &[&[0]]);
    let name = ber::wrap(ber::OID, &[SYS_DESCR]);
    let binding = ber::wrap(ber::SEQUENCE, &[&name, &[ber::NULL, 0]]);
    let bindings = ber::wrap(ber::SEQUENCE, &[&binding]);
    let id = ber::wrap(ber::INTEGER, &[&request_id(token)]);
    let request = ber::wrap(GET_REQUEST, &[&id, &zero, &zero, &bindings]);
    let version = ber::wrap(ber::INTEGER, &[&[version]]);
    ber::wrap(ber::SEQUENCE, &[&version, &ber::wrap(ber::OCTETS, &[COMMUNITY]), &request])
}

fn read(token: &Token, version: u8, bytes: &[u8]) -> Option<Recognition> {
    let mut message = Bytes(ber::content(&mut Bytes(bytes), ber::SEQUENCE)?);
    let same_version = ber::content(&mut message, ber::INTEGER)? == [version];
    let same_community = ber::content(&mut message, ber::OCTETS)? == COMMUNITY;
    let mut response = Bytes(ber::content(&mut message, RESPONSE)?);
    let same_id = ber::content(&mut response, ber::INTEGER)? == request_id(token);
    if !(same_version && same_community && same_id) {
        return None;
    }
    let _error_status = ber::number(&mut response, ber::INTEGER)?;
    let _error_index = ber::number(&mut response, ber::INTEGER)?;
    let bindings = ber::content(&mut response, ber::SEQUENCE)?;
    let recognition = Recognition::of(Protocol::Snmp).note(Note::NoPassword);
    Some(match description(bindings) {
        Some(text) => describe(recognition, text).detail(text),
        None => recognition,
    })
}

fn description(bindings: &[u8]) -> Option<&[u8]> {
    let mut binding = Bytes(ber::content(&mut Bytes(bindings), ber::SEQUENCE)?);
    (ber::content(&mut binding, ber::OID)? == SYS_DESCR).then_some(())?;
    ber::content(&mut binding, ber::OCTETS)
}

/// What the description says of product and version, where its form is known: “Linux name 6.1.0-18
/// …” is how uname speaks, a switch says “…, Version 15.2(4)M3, …”, Windows “- Software: Windows
/// Version 6.3 (…)”.
fn describe(recognition: Recognition, text: &[u8]) -> Recognition {
    let spoken = String::from_utf8_lossy(text.get(..512).unwrap_or(text));
    if let Some((_, rest)) = spoken.split_once("- Software: Windows Version ") {
        let version = rest.split(' ').next().unwrap_or_default();
        return recognition.product("Microsoft Windows").version(version);
    }
    if let Some((before, rest)) = spoken.split_once(", Version ") {
        let version = rest.split([',', ' ', '\r', '\n']).next().unwrap_or_default();
        let product = before.split(',').next().unwrap_or_default();
        return recognition.product(product).version(version);
    }
    let mut words = spoken.split(' ');
    match (words.next(), words.next(), words.next()) {
        (
            Some(system @ ("Linux" | "FreeBSD" | "OpenBSD" | "NetBSD" | "Darwin")),
            _,
            Some(version),
        ) => recognition.product(system).version(version),
        (Some("pfSense"), _, Some(version)) => recognition.product("pfSense").version(version),
        (Some("RouterOS"), ..) => recognition.product("MikroTik RouterOS"),
        _ => named(recognition, text),
    }
}

/// A short text that ends with a version names a product; a long one is only a description.
fn named(recognition: Recognition, text: &[u8]) -> Recognition {
    const LONGEST_NAME: usize = 60;
    if text.len() <= LONGEST_NAME { banner::name(recognition, text) } else { recognition }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_asks_for_the_description_of_the_system() {
        let asked = b"\x30\x29\x02\x01\0\x04\x06public\xa0\x1c\x02\x04Klin\x02\x01\0\x02\x01\0\
                      \x30\x0e\x30\x0c\x06\x08\x2b\x06\x01\x02\x01\x01\x01\0\x05\0";
        assert_eq!((V1.datagram)(&TOKEN), asked);
        assert_eq!((V2C.datagram)(&TOKEN)[4], 1);
    }

    #[test]
    fn net_snmp_describes_its_system_to_everybody() {
        for (question, file) in [(V1, "snmp/udp-net-snmp-v1"), (V2C, "snmp/udp-net-snmp-v2c")] {
            let recognition = heard_whole(&question, &seed(file));
            let description = "Linux lab 6.18.44-fc-v669 #1 SMP PREEMPT_DYNAMIC @0 x86_64";
            assert_eq!(names(&recognition), ["Linux", "6.18.44-fc-v669", description]);
            assert!(recognition.has(Note::NoPassword));
        }
    }

    #[test]
    fn the_versions_of_snmp_are_not_taken_for_each_other() {
        assert_eq!((V1.read)(&TOKEN, &seed("snmp/udp-net-snmp-v2c")), None);
        assert_eq!((V2C.read)(&TOKEN, &seed("snmp/udp-net-snmp-v1")), None);
    }

    #[test]
    fn descriptions_of_known_forms_name_product_and_version() {
        for (text, product, version) in [
            (
                "Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), \
                 Version 15.0(2)SE, RELEASE SOFTWARE",
                "Cisco IOS Software",
                "15.0(2)SE",
            ),
            (
                "Hardware: Intel64 Family 6 - Software: Windows Version 6.3 \
                 (Build 17763 Multiprocessor Free)",
                "Microsoft Windows",
                "6.3",
            ),
            ("RouterOS RB750Gr3", "MikroTik RouterOS", ""),
            (
                "pfSense fw.example 2.7.0-RELEASE FreeBSD 14.0-CURRENT amd64",
                "pfSense",
                "2.7.0-RELEASE",
            ),
            ("Brother NC-8300h, Firmware Ver.1.13", "Brother NC-8300h, Firmware Ver.1.13", ""),
            ("HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD149,EEPROM V.38.80", "", ""),
        ] {
            let recognition = describe(Recognition::default(), text.as_bytes());
            assert_eq!(names(&recognition)[..2], [product, version]);
        }
    }
}
