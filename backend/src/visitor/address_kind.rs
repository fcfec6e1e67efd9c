//! What an address is for, by the registries of IANA. Judges nobody.

use ipnet::IpNet;
use klinke_shared::Scope;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The kind of an address (IANA IPv4 and IPv6 Special-Purpose Address Registries).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressKind {
    /// On the internet.
    Public,
    /// This very computer: 127.0.0.0/8, `::1`.
    Loopback,
    /// A private network: RFC 1918, RFC 4193.
    Private,
    /// One link only: 169.254.0.0/16, `fe80::/10`.
    LinkLocal,
    /// Shared by a provider's customers: 100.64.0.0/10, RFC 6598.
    SharedByProvider,
    /// Another address wrapped in IPv6: NAT64, 6to4, Teredo.
    Embedded,
    /// Anything else that is nobody's line: multicast, documentation, benchmarks, reserved.
    Special,
}

impl AddressKind {
    /// The kind of an address; an IPv4-mapped one counts as the IPv4 address it is.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match unmapped(address) {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }

    /// Whether only this computer, link or private network reaches such an address.
    #[must_use]
    pub const fn is_inside(self) -> bool {
        matches!(self, Self::Loopback | Self::Private | Self::LinkLocal)
    }
}

/// Where an address lies, for people; nothing when nobody can be checked there.
#[must_use]
pub fn scope_of(address: IpAddr) -> Option<Scope> {
    match AddressKind::of(address) {
        AddressKind::Public => Some(Scope::Public),
        AddressKind::Loopback => Some(Scope::Loopback),
        AddressKind::Private => Some(Scope::Private),
        // An IPv6 link-local address means nothing without its interface (RFC 4007, 6).
        AddressKind::LinkLocal => unmapped(address).is_ipv4().then_some(Scope::Private),
        AddressKind::SharedByProvider | AddressKind::Embedded | AddressKind::Special => None,
    }
}

/// The address itself: a socket for both families shows IPv4 visitors as `::ffff:a.b.c.d`.
#[must_use]
pub fn unmapped(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// An address as far as it may stand in a log: the network of 256 IPv4 addresses, or the `/48` that a
/// provider gives to one customer (RFC 6177), which it lies in.
#[must_use]
pub fn shortened(address: IpAddr) -> IpNet {
    const KEPT_V4: u8 = 24;
    const KEPT_V6: u8 = 48;
    let address = unmapped(address);
    let kept = if address.is_ipv4() { KEPT_V4 } else { KEPT_V6 };
    IpNet::new(address, kept).map_or_else(|_| IpNet::from(address), |network| network.trunc())
}

fn of_v4(address: Ipv4Addr) -> AddressKind {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (127, ..) => AddressKind::Loopback,
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => AddressKind::Private,
        (169, 254, _) => AddressKind::LinkLocal,
        (100, 64..=127, _) => AddressKind::SharedByProvider,
        (192, 88, 99) => AddressKind::Embedded,
        (0 | 224..=255, ..)
        | (192, 0, 0 | 2)
        | (198, 18..=19, _)
        | (198, 51, 100)
        | (203, 0, 113) => AddressKind::Special,
        _ => AddressKind::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> AddressKind {
    let [a, b, ..] = address.segments();
    match (a, b) {
        _ if address.is_loopback() => AddressKind::Loopback,
        (0xfc00..=0xfdff, _) => AddressKind::Private,
        (0xfe80..=0xfebf, _) => AddressKind::LinkLocal,
        (0x2002 | 0x0064, _) | (0x2001, 0) => AddressKind::Embedded,
        // Documentation (RFC 3849, RFC 9637) and the IETF's own (RFC 2928).
        (0x2001, 0x0db8 | 0x0001..=0x01ff) | (0x3fff, 0x0000..=0x0fff) => AddressKind::Special,
        (0x2000..=0x3fff, _) => AddressKind::Public,
        _ => AddressKind::Special,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_address_is_that_of_many() {
        for (address, short) in [
            ("203.0.113.42", "203.0.113.0/24"),
            ("::ffff:203.0.113.42", "203.0.113.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ] {
            assert_eq!(shortened(address.parse().unwrap()).to_string(), short);
        }
    }

    #[test]
    fn every_kind_of_address_is_known_by_its_first_and_last_member() {
        let table = [
            (
                AddressKind::Public,
                "1.1.1.1 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 223.255.255.255 2a00::1 2001:200::1 3ffe::1",
            ),
            (AddressKind::Loopback, "127.0.0.1 127.255.255.255 ::1 ::ffff:127.0.0.1"),
            (
                AddressKind::Private,
                "10.0.0.0 172.16.0.0 172.31.255.255 192.168.255.255 fc00::1 fdff::1 ::ffff:10.1.1.1",
            ),
            (AddressKind::LinkLocal, "169.254.0.1 fe80::1 febf::1"),
            (AddressKind::SharedByProvider, "100.64.0.0 100.127.255.255"),
            (
                AddressKind::Embedded,
                "192.88.99.1 2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b:1::1 2001::1",
            ),
            (
                AddressKind::Special,
                "0.0.0.0 224.0.0.1 255.255.255.255 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 192.0.0.1 :: ff02::1 2001:db8::1 3fff::1 fec0::1 100::1 ::7f00:1",
            ),
        ];
        for (kind, addresses) in table {
            for address in addresses.split(' ') {
                assert_eq!(AddressKind::of(address.parse().unwrap()), kind, "{address}");
            }
        }
    }
}
