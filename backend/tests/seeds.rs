//! Every recorded header, ticket and datagram is read as it should be, and bears being cut and
//! changed; and fuzzing forgets no reader of the server. What is done with the bytes stands beside the
//! fuzz targets, which do the same.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../fuzz/src/rooms/mod.rs"]
mod rooms;

use klinke::visitor::ForwardedError::{self, OnlyProxies, PassedOnBefore, Unreadable};
use rooms::{READERS, forwarded, hear, stun};
use std::collections::BTreeSet;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// The file that lists the fuzz targets.
const TABLE: &str = include_str!("../../fuzz/Cargo.toml");
/// With this begin the targets of the server; `protocols/tests/seeds.rs` is about all others.
const OF_THE_SERVER: &str = "server-";
/// How a byte changes: one bit, the highest bit, and all.
const CHANGES: [u8; 3] = [0x01, 0x80, 0xff];

/// What is expected of a header: for whom it asks, and how many trusted proxies passed it on.
type Expected = Result<(&'static str, usize), ForwardedError>;

/// The recorded headers: the examples of RFC 7239 by section, and what nginx 1.22 wrote for `curl`,
/// alone or behind another. What they say as `Forwarded`, or as `X-Forwarded-For`.
const HEADERS: [(&str, &str, Expected); 19] = [
    ("nginx-for-forged", "x-forwarded-for", Err(PassedOnBefore)),
    ("nginx-for-two-proxies", "x-forwarded-for", Ok(("203.0.113.42", 2))),
    ("nginx-for-two-proxies-v6", "x-forwarded-for", Ok(("2001:db8:5::42", 2))),
    ("nginx-for-v4", "x-forwarded-for", Ok(("203.0.113.42", 1))),
    ("nginx-for-v6", "x-forwarded-for", Ok(("2001:db8:5::42", 1))),
    ("nginx-forwarded-forged", "forwarded", Err(PassedOnBefore)),
    ("nginx-forwarded-two-proxies", "forwarded", Ok(("203.0.113.42", 2))),
    ("nginx-forwarded-two-proxies-v6", "forwarded", Ok(("2001:db8:5::42", 2))),
    ("nginx-forwarded-v4", "forwarded", Ok(("203.0.113.42", 1))),
    // `by=$server_addr` of IPv6 wants quotes and brackets.
    ("nginx-forwarded-v6-unquoted", "forwarded", Err(Unreadable)),
    ("rfc-7239-4-all", "forwarded", Ok(("192.0.2.60", 1))),
    ("rfc-7239-4-gazonk", "forwarded", Err(Unreadable)),
    ("rfc-7239-4-port", "forwarded", Err(OnlyProxies)),
    ("rfc-7239-4-two", "forwarded", Err(PassedOnBefore)),
    ("rfc-7239-6.3-hidden", "forwarded", Err(Unreadable)),
    ("rfc-7239-7.1-lines", "forwarded", Err(Unreadable)),
    ("rfc-7239-7.1-list", "forwarded", Err(Unreadable)),
    ("rfc-7239-7.4-new", "forwarded", Ok(("192.0.2.43", 2))),
    ("rfc-7239-7.4-old", "x-forwarded-for", Ok(("192.0.2.43", 2))),
];

/// The recorded datagrams: what Chromium 148 asks a STUN server, and another browser during ICE, which
/// wants USE-CANDIDATE and PRIORITY to be understood, as the request of RFC 5769 wants PRIORITY. How an
/// answer over IPv4 goes on behind its header.
const DATAGRAMS: [(&str, &str); 3] = [
    ("chromium-148-peer", "0009 0004 00000414 000a 0004 00250024"),
    ("chromium-148-server", "0020 0008 0001"),
    ("rfc-5769-2.1", "0009 0004 00000414 000a 0002 00240000"),
];

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(target)
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

fn seed(target: &str, name: &str) -> Vec<u8> {
    fs::read(folder(target).join(name)).unwrap()
}

/// Every recorded text or datagram with the target that reads it.
fn seeds() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    READERS.iter().flat_map(|(target, _)| {
        names(&folder(target)).into_iter().map(|name| (*target, seed(target, &name)))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[test]
fn every_reader_of_the_server_is_a_fuzz_target_with_recorded_bytes() {
    let named = |line: &'static str| line.trim().strip_prefix("{ name = \"")?.split('"').next();
    let of_the_server = |name: &str| name.starts_with(OF_THE_SERVER);
    let listed: BTreeSet<_> = TABLE.lines().filter_map(named).map(str::to_owned).collect();
    let listed: BTreeSet<_> = listed.into_iter().filter(|name| of_the_server(name)).collect();
    assert_eq!(listed, READERS.iter().map(|(name, _)| (*name).to_owned()).collect());
    let recorded = names(&folder("")).into_iter().filter(|name| of_the_server(name));
    assert_eq!(listed, recorded.filter(|name| !names(&folder(name)).is_empty()).collect());
}

#[test]
fn recorded_headers_name_the_visitor_or_nobody() {
    let known: BTreeSet<_> = HEADERS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(known, names(&folder("server-forwarded")));
    for (name, header, expected) in HEADERS {
        let text = seed("server-forwarded", name);
        let expected = expected.map(|(address, proxies)| (address.parse().unwrap(), proxies));
        let said = forwarded::said(header, &forwarded::lines(&text));
        assert_eq!(said, expected as Result<(IpAddr, usize), _>, "{name}");
    }
}

#[test]
fn recorded_datagrams_are_answered_with_the_address_or_what_is_not_understood() {
    let known: BTreeSet<_> = DATAGRAMS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(known, names(&folder("server-stun")));
    for (name, expected) in DATAGRAMS {
        let datagram = seed("server-stun", name);
        let answer = stun::said(&datagram, stun::SOURCES[0]).unwrap();
        let attributes = hex(&answer.as_bytes()[20..]);
        assert!(attributes.starts_with(&expected.replace(' ', "")), "{name}: {attributes}");
        for from in stun::SOURCES {
            assert!(stun::said(&datagram, from).is_some(), "{name} from {from}");
        }
    }
}

#[test]
fn recorded_bytes_are_borne_whole_and_cut_anywhere() {
    for (target, bytes) in seeds() {
        (0..=bytes.len()).for_each(|end| hear(target, &bytes[..end]));
        (0..=bytes.len()).for_each(|start| hear(target, &bytes[start..]));
    }
}

#[test]
fn recorded_bytes_are_borne_with_any_byte_changed() {
    for (target, mut bytes) in seeds() {
        for place in 0..bytes.len() {
            for change in CHANGES {
                bytes[place] ^= change;
                hear(target, &bytes);
                bytes[place] ^= change;
            }
        }
    }
}
