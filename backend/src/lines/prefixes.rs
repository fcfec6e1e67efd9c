//! Networks of one kind, as few as describe them, and whether an address is in one of them. It does
//! not know which kind it is, nor from which file they come.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a line of a list has to be.
pub(super) const ACCEPTED: &str =
    "a network or an address, alone or before a comma, such as 192.0.2.0/24 or 2001:db8::1";

/// Networks of both families.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prefixes {
    v4: Table<Ipv4Net>,
    v6: Table<Ipv6Net>,
}

impl Prefixes {
    /// Whether the address is in one of the networks; an IPv4-mapped one counts as IPv4.
    pub(super) fn hold(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(address) => self.v4.holds(address),
            IpAddr::V6(address) => self.v6.holds(address),
        }
    }

    /// How many networks describe them.
    pub(super) fn len(&self) -> usize {
        self.v4.0.len() + self.v6.0.len()
    }
}

/// Networks in any order, as they are read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    v4: Vec<Ipv4Net>,
    v6: Vec<Ipv6Net>,
}

impl Gathered {
    /// The network in a line's first field; nothing if there is none.
    pub(super) fn read(&mut self, line: &[u8]) -> Option<()> {
        let field = line.split(|byte| *byte == b',').next()?;
        match network(std::str::from_utf8(field).ok()?.trim())? {
            IpNet::V4(network) => self.v4.push(network),
            IpNet::V6(network) => self.v6.push(network),
        }
        Some(())
    }

    pub(super) fn prefixes(self) -> Prefixes {
        Prefixes { v4: Table::of(self.v4), v6: Table::of(self.v6) }
    }
}

/// A network as people write it; an address alone is a network of one. IPv4-mapped networks count as the
/// IPv4 networks they are.
#[must_use]
pub fn network(text: &str) -> Option<IpNet> {
    let one = || text.parse().map(|address: IpAddr| IpNet::from(address.to_canonical()));
    text.parse().or_else(|_| one()).ok().map(|network: IpNet| unmapped(network.trunc()))
}

/// Addresses are compared without their IPv4-mapped form, so such networks (RFC 4291, 2.5.5.2) become
/// IPv4 networks.
fn unmapped(network: IpNet) -> IpNet {
    const BITS_BEFORE: u8 = 96;
    let IpNet::V6(v6) = network else { return network };
    let length = v6.prefix_len().checked_sub(BITS_BEFORE);
    let mapped = v6.addr().to_ipv4_mapped().zip(length);
    let v4 = mapped.and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    v4.map_or(network, IpNet::V4)
}

/// Sorted networks of which none touches another in a way that a larger one could say. Two networks
/// either have nothing in common or one holds the other, so each is its first address and a length:
/// 5 bytes for IPv4 and 17 for IPv6, half of what first and last address take. One table for both
/// families would take 17 for each, and one for all kinds would have to cut networks where kinds
/// overlap.
#[derive(Debug, PartialEq, Eq)]
struct Table<N>(Box<[N]>);

impl<N> Default for Table<N> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<N: Net> Table<N> {
    fn of(mut networks: Vec<N>) -> Self {
        // In this order, a network comes before all that it holds.
        networks.sort_unstable();
        let mut kept: Vec<N> = Vec::new();
        for network in networks {
            if kept.last().is_some_and(|last| last.holds(network.first())) {
                continue;
            }
            kept.push(network);
            while let [.., one, other] = kept[..]
                && let Some(whole) = whole(one, other)
            {
                kept.truncate(kept.len() - 2);
                kept.push(whole);
            }
        }
        Self(kept.into_boxed_slice())
    }

    fn holds(&self, address: N::Address) -> bool {
        let after = self.0.partition_point(|network| network.first() <= address);
        self.0[..after].last().is_some_and(|network| network.holds(address))
    }
}

/// The network of which these two different ones are the halves.
fn whole<N: Net>(one: N, other: N) -> Option<N> {
    one.parent().filter(|parent| other.parent() == Some(*parent))
}

/// A network without the bits of its hosts, in the order of first address and length.
trait Net: Copy + Ord {
    type Address: Copy + Ord;
    fn first(self) -> Self::Address;
    fn holds(self, address: Self::Address) -> bool;
    /// The network that is twice as large.
    fn parent(self) -> Option<Self>;
}

macro_rules! net {
    ($net:ident, $address:ident) => {
        impl Net for $net {
            type Address = $address;

            fn first(self) -> $address {
                self.addr()
            }

            fn holds(self, address: $address) -> bool {
                self.contains(&address)
            }

            fn parent(self) -> Option<Self> {
                self.supernet()
            }
        }
    };
}

net!(Ipv4Net, Ipv4Addr);
net!(Ipv6Net, Ipv6Addr);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn gathered(lines: &[&str]) -> Option<Prefixes> {
        let mut gathered = Gathered::default();
        lines.iter().try_for_each(|line| gathered.read(line.as_bytes()))?;
        Some(gathered.prefixes())
    }

    fn prefixes(lines: &[&str]) -> Prefixes {
        gathered(lines).unwrap()
    }

    #[test]
    fn a_line_is_a_network_or_an_address_and_what_is_behind_a_comma_does_not_count() {
        let lines = ["172.224.224.0/27,GB,GB-EN,London,", " 192.0.2.1 ", "2a02:26f7::/64,\u{fc}"];
        let prefixes = prefixes(&lines);
        assert_eq!(prefixes.len(), 3);
        for (address, held) in [
            ("172.224.224.0", true),
            ("172.224.224.31", true),
            ("172.224.224.32", false),
            ("172.224.223.255", false),
            ("192.0.2.1", true),
            ("192.0.2.2", false),
            ("2a02:26f7::ffff", true),
            ("2a02:26f7:0:1::", false),
            ("::ffff:192.0.2.1", true),
        ] {
            assert_eq!(prefixes.hold(address.parse().unwrap()), held, "{address}");
        }
        // What stands behind the comma is not even text.
        assert!(Gathered::default().read(b"192.0.2.1,\xff").is_some());
    }

    #[test]
    fn what_is_neither_is_wrong() {
        for line in ["", ",192.0.2.1", "192.0.2.0/33", "192.0.2", "::/129", "[::1]", "fe80::1%eth0"]
        {
            assert!(gathered(&[line]).is_none(), "{line}");
        }
        assert!(Gathered::default().read(b"\xff\xfe").is_none());
    }

    #[test]
    fn bits_of_hosts_do_not_count() {
        assert_eq!(prefixes(&["192.0.2.77/24"]), prefixes(&["192.0.2.0/24"]));
    }

    #[test]
    fn mapped_networks_are_those_of_the_other_family() {
        for (mapped, plain) in [
            ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:0:0/96", "0.0.0.0/0"),
        ] {
            assert_eq!(prefixes(&[mapped]), prefixes(&[plain]), "{mapped}");
        }
        // A network that is wider than all of IPv4 is one of IPv6, and holds no IPv4 address.
        assert!(!prefixes(&["::/0"]).hold("192.0.2.1".parse().unwrap()));
        assert!(prefixes(&["::/0"]).hold("::1".parse().unwrap()));
    }

    #[test]
    fn networks_become_as_few_as_describe_them() {
        for (lines, merged) in [
            (&["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.0.0.0/8"][..], &["10.0.0.0/8"][..]),
            (&["10.0.0.3", "10.0.0.1", "10.0.0.2", "10.0.0.0"], &["10.0.0.0/30"]),
            (&["10.0.1.0/24", "10.0.2.0/24"], &["10.0.1.0/24", "10.0.2.0/24"]),
            (&["0.0.0.0/1", "128.0.0.0/1"], &["0.0.0.0/0"]),
            (&["::/0", "ffff::/16"], &["::/0"]),
            (
                &["2001:db8:0:1::/64", "2001:db8::/64", "2001:db8:1::/64"],
                &["2001:db8::/63", "2001:db8:1::/64"],
            ),
        ] {
            let found = prefixes(lines);
            let networks = found.v4.0.iter().copied().map(IpNet::V4);
            let networks: Vec<_> =
                networks.chain(found.v6.0.iter().copied().map(IpNet::V6)).collect();
            let merged: Vec<IpNet> = merged.iter().map(|text| text.parse().unwrap()).collect();
            assert_eq!(networks, merged);
        }
    }

    /// Few bits that matter, so that networks meet, hold each other and are neighbours.
    fn address() -> impl Strategy<Value = IpAddr> {
        let edge = prop_oneof![Just(0), Just(u32::MAX), Just(1), Just(u32::MAX - 1)];
        let v4 = (0..8_u32, 0..4_u32, edge.clone());
        let v4 = v4.prop_map(|(high, low, edge)| Ipv4Addr::from(high << 29 | (edge & !3 | low)));
        let v6 = (0..8_u128, 0..4_u128, edge);
        let v6 = v6.prop_map(|(high, low, edge)| {
            let middle = if edge > 1 { (1 << 120) - 4 } else { 0 };
            Ipv6Addr::from(high << 125 | middle | low)
        });
        prop_oneof![
            v4.clone().prop_map(IpAddr::V4),
            v4.prop_map(|address| IpAddr::V6(address.to_ipv6_mapped())),
            v6.prop_map(IpAddr::V6),
        ]
    }

    fn length() -> impl Strategy<Value = u8> {
        prop_oneof![0..=4_u8, 28..=32_u8, 94..=100_u8, 124..=128_u8]
    }

    /// Held by one of these networks, as they were written.
    fn naively(networks: &[IpNet], address: IpAddr) -> bool {
        let forms = match address.to_canonical() {
            IpAddr::V4(v4) => vec![IpAddr::V4(v4), IpAddr::V6(v4.to_ipv6_mapped())],
            v6 @ IpAddr::V6(_) => vec![v6],
        };
        let is_v4 = address.to_canonical().is_ipv4();
        networks.iter().any(|network| {
            let too_wide = is_v4 && matches!(network, IpNet::V6(v6) if v6.prefix_len() < 96);
            !too_wide && forms.iter().any(|form| network.contains(form))
        })
    }

    proptest! {
        #[test]
        fn an_address_is_held_exactly_if_one_network_of_the_list_holds_it(
            networks in vec((address(), length()), 0..40),
            addresses in vec(address(), 1..40),
        ) {
            let fit = |(address, length): (IpAddr, u8)| {
                let most = if address.is_ipv4() { 32 } else { 128 };
                IpNet::new(address, length.min(most)).unwrap()
            };
            let networks: Vec<IpNet> = networks.into_iter().map(fit).collect();
            let lines: Vec<String> = networks.iter().map(ToString::to_string).collect();
            let prefixes = prefixes(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert!(prefixes.len() <= networks.len());
            let edges = networks.iter().flat_map(|network| [network.network(), network.broadcast()]);
            for address in addresses.into_iter().chain(edges) {
                prop_assert_eq!(prefixes.hold(address), naively(&networks, address), "{}", address);
            }
        }
    }
}
