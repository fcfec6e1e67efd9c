//! What is known of a line besides its addresses, by the server, by the visitor's browser and by the visitor.
//! Knows neither how it was found nor what it means.

use crate::Texts;
use serde::Serialize;
use std::net::IpAddr;

/// A kind of network that an operator may have a list of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Network {
    /// A relay that hides its users, such as Apple's iCloud Private Relay.
    Relay,
    /// An exit of the Tor network.
    Tor,
    /// A VPN service.
    Vpn,
    /// A data centre or cloud.
    Cloud,
    /// IPv4 addresses that a provider's customers share (DS-Lite, carrier-grade NAT).
    SharedIpv4,
    /// Mobile data.
    Mobile,
}

names! {
    /// Its name in the contract and in the settings.
    Network::as_str {
        Relay = "relay",
        Tor = "tor",
        Vpn = "vpn",
        Cloud = "cloud",
        SharedIpv4 = "shared-ipv4",
        Mobile = "mobile",
    }
}

impl Network {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Relay, Self::Tor, Self::Vpn, Self::Cloud, Self::SharedIpv4, Self::Mobile];

    /// Whether an address there belongs to a service that hides its users: then it is nobody's own.
    #[must_use]
    pub const fn hides_its_users(self) -> bool {
        matches!(self, Self::Relay | Self::Tor | Self::Vpn)
    }
}

/// One of the two kinds of address that a line may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IpFamily {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

names! {
    /// Its name in the contract.
    IpFamily::as_str {
        V4 = "ipv4",
        V6 = "ipv6",
    }
}

impl IpFamily {
    /// The family of an address.
    #[must_use]
    pub const fn of(address: IpAddr) -> Self {
        if address.is_ipv4() { Self::V4 } else { Self::V6 }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::V4 => Self::V6,
            Self::V6 => Self::V4,
        }
    }

    /// Its name as people in IT write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
        }
    }
}

/// What belongs to one connection: an IPv4 address, or the 64 bits that an IPv6 network has in
/// common (RFC 4291, 2.5.1).
#[must_use]
pub fn line_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) >> 64 << 64).into()),
    }
}

/// Why the address of the other family is not tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// This way of checking looks at one address only.
    NotOffered,
    /// The visitor's browser could not connect: the line has no address of that family, or something
    /// blocks it. A browser does not tell which.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The server saw an address that it does not check.
    Refused,
}

names! {
    /// Its name in the contract.
    Gap::as_str {
        NotOffered = "not-offered",
        Unreachable = "unreachable",
        TimedOut = "timed-out",
        Refused = "refused",
    }
}

/// From where UDP comes, beside HTTP: proxies and VPNs of a browser carry the one and often not the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum UdpPath {
    /// From the same address.
    Same,
    /// From another address of the same family.
    Different,
    /// Nobody knows: it is blocked, or was not asked.
    #[default]
    Unknown,
}

names! {
    /// Its name in the contract.
    UdpPath::as_str {
        Same = "same",
        Different = "different",
        Unknown = "unknown",
    }
}

impl UdpPath {
    /// The path by the addresses that a server saw over HTTP and those that it saw over UDP. Of a family that
    /// has no address of both, nothing is known. Devices change the second half of an IPv6 address by
    /// themselves (RFC 8981), so only the line counts.
    #[must_use]
    pub fn between(http: &[IpAddr], udp: &[IpAddr]) -> Self {
        let pairs = http.iter().flat_map(|one| udp.iter().map(move |other| (*one, *other)));
        let mut comparable =
            pairs.filter(|(one, other)| one.is_ipv4() == other.is_ipv4()).peekable();
        if comparable.peek().is_none() {
            Self::Unknown
        } else if comparable.all(|(one, other)| line_of(one) == line_of(other)) {
            Self::Same
        } else {
            Self::Different
        }
    }
}

/// What the visitor says to the question whether that is their office's provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OfficeAnswer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// They did not say.
    #[default]
    Unsaid,
}

names! {
    /// Its name in the contract.
    OfficeAnswer::as_str {
        Yes = "yes",
        No = "no",
        Unsaid = "unsaid",
    }
}

/// What is known of a line besides its addresses. The server knows the first part, the visitor's browser
/// and the visitor say the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Line {
    /// Who provides it, by the operator's database, or else the end of its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its name by reverse DNS, which also leads back to the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What kind of network it is, by the operator's lists and by its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<Network>,
    /// From where UDP comes.
    pub udp: UdpPath,
    /// What the visitor says.
    pub office: OfficeAnswer,
    /// Why the other family is not tested; nothing where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
}

/// Parts of the names that providers give to addresses which many customers share: carrier-grade NAT and
/// the far end of DS-Lite (AFTR, RFC 6333).
const SHARED_NAMES: [&str; 6] = ["cgn", "cgnat", "dslite", "ds-lite", "aftr", "lsn"];
/// The same for mobile data.
const MOBILE_NAMES: [&str; 5] = ["mobile", "mobil", "gprs", "lte", "umts"];

impl Line {
    /// What a server sees of one address: what the operator's database and lists have of it, and what its
    /// name tells beyond.
    #[must_use]
    pub fn seen(
        address: IpAddr,
        provider: Option<String>,
        name: Option<String>,
        mut networks: Vec<Network>,
    ) -> Self {
        let is_named = |parts: &[&str]| name.as_deref().is_some_and(|name| has_part(name, parts));
        let told = [
            (Network::SharedIpv4, address.is_ipv4() && is_named(&SHARED_NAMES)),
            (Network::Mobile, is_named(&MOBILE_NAMES)),
        ];
        networks.extend(told.into_iter().filter(|(_, holds)| *holds).map(|(network, _)| network));
        networks.sort_unstable();
        networks.dedup();
        let provider = provider.or_else(|| name.as_deref().map(domain).map(str::to_owned));
        Self { provider, name, networks, ..Self::default() }
    }

    /// What is known of two addresses of one line: what a list says of either counts, and where both have a
    /// name, that of the first. What was not asked of an address stays as the first has it.
    #[must_use]
    pub fn together(self, second: Self) -> Self {
        let mut networks = self.networks;
        for network in second.networks {
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        Self {
            provider: self.provider.or(second.provider),
            name: self.name.or(second.name),
            networks,
            ..self
        }
    }
}

impl Gap {
    /// The gap in one sentence.
    #[must_use]
    pub fn text(self, family: IpFamily, texts: &Texts) -> String {
        let family = family.label();
        match self {
            Self::NotOffered => texts.gap_not_offered(family),
            Self::Unreachable => texts.gap_unreachable(family),
            Self::TimedOut => texts.gap_timed_out(family),
            Self::Refused => texts.gap_refused(family),
        }
    }
}

/// Whether one of the words stands in a name for itself, between dots, hyphens and digits.
fn has_part(name: &str, words: &[&str]) -> bool {
    let bounded = |place: usize, word: &str| {
        let before = name[..place].chars().next_back();
        let after = name[place + word.len()..].chars().next();
        [before, after].into_iter().flatten().all(|sign| !sign.is_ascii_alphabetic())
    };
    let name = name.to_ascii_lowercase();
    words.iter().any(|word| name.match_indices(word).any(|(place, _)| bounded(place, word)))
}

/// The last two labels of a name, or three where the last but one is a short one as in `example.co.uk`.
fn domain(name: &str) -> &str {
    const SHORT: usize = 3;
    let mut ends = name.rmatch_indices('.').map(|(place, _)| place);
    let last = ends.next().unwrap_or(0);
    let second = ends.next();
    let third = ends.next();
    let is_short =
        second.is_some_and(|second| last - second - 1 <= SHORT) && name.len() - last <= SHORT;
    let start = if is_short { third } else { second };
    start.map_or(name, |start| &name[start + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reason;

    #[test]
    fn udp_is_compared_with_http_within_each_family() {
        let all = |addresses: &str| -> Vec<IpAddr> {
            addresses.split_whitespace().map(|address| address.parse().unwrap()).collect()
        };
        for (http, udp, path) in [
            ("1.2.3.4", "", UdpPath::Unknown),
            ("1.2.3.4", "1.2.3.4", UdpPath::Same),
            ("1.2.3.4", "1.2.3.5", UdpPath::Different),
            ("1.2.3.4", "2a00:1::1", UdpPath::Unknown),
            ("1.2.3.4 2a00:1::1", "1.2.3.4 2a00:1::2", UdpPath::Same),
            ("1.2.3.4 2a00:1::1", "1.2.3.4 2a00:2::1", UdpPath::Different),
            ("2a00:1::1", "9.9.9.9 2a00:1::ffff", UdpPath::Same),
        ] {
            assert_eq!(UdpPath::between(&all(http), &all(udp)), path, "{http} and {udp}");
        }
    }

    #[test]
    fn what_a_list_or_a_name_says_of_either_address_counts_once() {
        let seen = |address: &str, name: &str, networks: &[Network]| {
            Line::seen(address.parse().unwrap(), None, Some(name.to_owned()), networks.to_vec())
        };
        let first = seen("1.2.3.4", "lte.cgn.example", &[Network::Mobile]);
        assert_eq!(first.networks, [Network::SharedIpv4, Network::Mobile]);
        let both = first.together(seen("2a00:1::1", "lte.example", &[Network::Cloud]));
        assert_eq!(both.networks, [Network::SharedIpv4, Network::Mobile, Network::Cloud]);
        assert_eq!(both.name.as_deref(), Some("lte.cgn.example"));
    }

    #[test]
    fn names_of_shared_and_mobile_addresses_are_known() {
        let named = |name: &str, address: &str| {
            Line::seen(address.parse().unwrap(), None, Some(name.to_owned()), Vec::new())
        };
        let against = |line: &Line, family| {
            line.reasons(family).into_iter().find(|reason| reason.is_against())
        };
        let shared = Some(Reason::Listed(Network::SharedIpv4));
        for (name, reason) in [
            ("dslb-1-2-3-4.pools.vodafone-ip.de", None),
            ("p5dd0a1b2.dip0.t-ipconnect.de", None),
            ("mobile-access-1.example.net", Some(Reason::Listed(Network::Mobile))),
            ("1.2.3.4.lte12.example.net", Some(Reason::Listed(Network::Mobile))),
            ("cgn-1-2-3-4.example.net", shared),
            ("ip-1-2-3-4.um19.pools.AFTR03.example", shared),
            ("automobile.example", None),
            ("calle.example", None),
        ] {
            assert_eq!(against(&named(name, "1.2.3.4"), IpFamily::V4), reason, "{name}");
        }
        let of_v6 = named("cgn-1.example.net", "2a00:1::1");
        assert_eq!(against(&of_v6, IpFamily::V6), None);
        assert_eq!(against(&of_v6, IpFamily::V4), None);
    }

    #[test]
    fn a_line_without_a_provider_is_called_by_the_end_of_its_name() {
        let address: IpAddr = "1.2.3.4".parse().unwrap();
        for (name, end) in [
            ("p5dd0a1b2.dip0.t-ipconnect.de", "t-ipconnect.de"),
            ("host-1.dsl.example.co.uk", "example.co.uk"),
            ("example.co.uk", "example.co.uk"),
            ("t-online.de", "t-online.de"),
            ("localhost", "localhost"),
        ] {
            let line = |provider| Line::seen(address, provider, Some(name.to_owned()), Vec::new());
            assert_eq!(line(None).provider.as_deref(), Some(end), "{name}");
            let provider = line(Some("Muster Netz".to_owned())).provider;
            assert_eq!(provider.as_deref(), Some("Muster Netz"));
        }
    }
}
