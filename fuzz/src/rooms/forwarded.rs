//! Headers that say for whom a proxy asks, one line of the header on each line of the text. Whoever
//! is named is no trusted proxy, and no lines that a visitor wrote in front of a proxy's own make
//! anybody else the visitor. Knows neither header's form.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use klinke::visitor::{ForwardedError, ForwardedHeader, TrustedProxies, unmapped};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Both headers, with the name by which an operator calls them.
pub(crate) const HEADERS: [(ForwardedHeader, &str); 2] = [
    (ForwardedHeader::Forwarded, "forwarded"),
    (ForwardedHeader::XForwardedFor, "x-forwarded-for"),
];
/// Where the trusted proxies stand: those of the recorded headers.
const NETWORK_V4: (Ipv4Addr, u8) = (Ipv4Addr::new(10, 0, 0, 0), 8);
const NETWORK_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2001, 0xdb8, 0xcafe, 0, 0, 0, 0, 0), 48);
/// More proxies than these pass on no request.
const MOST_PROXIES: usize = 16;
/// What trusted proxies add behind whatever a visitor wrote: for an address, for one of IPv6, and
/// when there are two of them.
const OWN: [(ForwardedHeader, &str); 6] = [
    (ForwardedHeader::Forwarded, "for=8.8.8.8;proto=https"),
    (ForwardedHeader::Forwarded, "for=\"[2a00::1]:4711\""),
    (ForwardedHeader::Forwarded, "for=\"[2a00::1]\", for=10.0.0.7"),
    (ForwardedHeader::XForwardedFor, "8.8.8.8"),
    (ForwardedHeader::XForwardedFor, "[2a00::1]:4711"),
    (ForwardedHeader::XForwardedFor, "2a00::1, 10.0.0.7"),
];

/// For whom a request was passed on, and by how many proxies.
type Said = Result<(IpAddr, usize), ForwardedError>;

/// What the lines of a header say at a server with such proxies.
pub(crate) fn said(header: &str, lines: &[&[u8]]) -> Said {
    let said = proxies(header).client(lines);
    check(&proxies(header), lines, said);
    said
}

/// The lines of a header in a text.
pub(crate) fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|byte| *byte == b'\n').collect()
}

pub(super) fn hear(bytes: &[u8]) {
    let lines = lines(bytes);
    for (header, name) in HEADERS {
        as_one_line(header, name, &lines);
        behind_a_claim(header, name, &lines);
    }
    for line in lines {
        in_lines(line);
    }
}

/// Lines mean what they mean when commas part them instead (RFC 9110, 5.3). A quoted text of
/// `Forwarded` may go over such a comma and not over the end of a line; that is never believed.
fn as_one_line(header: ForwardedHeader, name: &str, lines: &[&[u8]]) {
    let apart = said(name, lines);
    let joined = said(name, &[lines.join(&b","[..]).as_slice()]);
    if header == ForwardedHeader::XForwardedFor || apart.is_ok() {
        assert_eq!(apart, joined, "the same in several lines and in one");
    }
}

/// The same the other way round.
fn in_lines(line: &[u8]) {
    let entries: Vec<_> = line.split(|byte| *byte == b',').collect();
    let (_, name) = HEADERS[1];
    let whole = said(name, &[line]);
    assert_eq!(whole, said(name, &entries), "the same in one line and in several");
    if let Ok((_, proxies)) = whole {
        assert_eq!(proxies, entries.len(), "every entry but the first is a proxy's");
    }
}

/// A proxy adds whom it saw, in a line of its own or behind a comma. Whoever wrote something in front
/// of it has a proxy of their own, or wants to be somebody else, and is never believed.
fn behind_a_claim(header: ForwardedHeader, name: &str, claim: &[&[u8]]) {
    for (_, own) in OWN.iter().filter(|(of, _)| *of == header) {
        let own = own.as_bytes();
        let in_its_own_line = said(name, &[claim, &[own]].concat());
        assert!(in_its_own_line.is_err(), "{in_its_own_line:?} in front of a proxy's line");
        let joined = [&claim.join(&b"\n"[..]), &b", "[..], own].concat();
        let behind_a_comma = said(name, &lines(&joined));
        assert!(behind_a_comma.is_err(), "{behind_a_comma:?} in front of a proxy's entry");
    }
}

fn proxies(header: &str) -> TrustedProxies {
    let v4 = Ipv4Net::new(NETWORK_V4.0, NETWORK_V4.1).ok().map(IpNet::from);
    let v6 = Ipv6Net::new(NETWORK_V6.0, NETWORK_V6.1).ok().map(IpNet::from);
    TrustedProxies {
        networks: v4.into_iter().chain(v6).collect(),
        headers: vec![header.to_owned()],
    }
}

/// What everybody relies on, whatever the header says.
fn check(proxies: &TrustedProxies, lines: &[&[u8]], said: Said) {
    let Ok((address, count)) = said else { return };
    assert!(!proxies.trusts(address), "{address} is a proxy's");
    assert_eq!(address, unmapped(address), "not the address itself");
    assert!((1..=MOST_PROXIES).contains(&count), "{count} proxies");
    let commas =
        lines.iter().map(|line| line.split(|byte| *byte == b',').count() - 1).sum::<usize>();
    assert!(count <= lines.len() + commas, "{count} proxies in fewer entries");
}
