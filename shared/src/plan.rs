//! Which ports a check asks, and in which order. Knows nothing of sockets or pace.

use crate::{Port, Ports, Transport, catalogue};
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

/// How much a check asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// What attackers use most: about 40 ports.
    Quick,
    /// The whole catalogue.
    #[default]
    Office,
    /// The whole catalogue first, then every question over UDP and every other TCP port.
    Thorough,
}

names! {
    /// Its name in the contract.
    Profile::as_str {
        Quick = "quick",
        Office = "office",
        Thorough = "thorough",
    }
}

/// A profile that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no profile; accepted are quick, office and thorough")]
pub struct UnknownProfile(pub String);

impl Profile {
    /// Every profile, shortest first.
    pub const ALL: [Self; 3] = [Self::Quick, Self::Office, Self::Thorough];
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, UnknownProfile> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == text)
            .ok_or_else(|| UnknownProfile(text.to_owned()))
    }
}

/// The UDP ports at which there is a question to ask, whether the catalogue knows a service there or
/// not. The server's tests compare it with the questions.
pub const UDP_ASKED: &[u16] = &[
    17, 19, 53, 69, 88, 111, 123, 137, 161, 389, 427, 443, 500, 623, 853, 1194, 1434, 1701, 1900,
    2049, 3389, 3391, 3478, 3671, 3702, 4433, 4500, 5060, 5349, 5351, 5353, 5683, 5684, 6881, 9987,
    10001, 10443, 11211, 19132, 19133, 44818, 47808, 51413,
];

/// The ports of a check, each once, in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(Vec<Port>);

impl Plan {
    /// The plan of a profile: services by rank, so that what attackers use most comes first, and
    /// within a service its ports as the file lists them.
    #[must_use]
    pub fn of_profile(profile: Profile) -> Self {
        let known = catalogue::services()
            .filter(|(_, service)| profile != Profile::Quick || service.quick)
            .flat_map(|(_, service)| service.ports());
        match profile {
            Profile::Quick | Profile::Office => Self::of_ports(known),
            Profile::Thorough => {
                let udp = UDP_ASKED.iter().filter_map(|&port| Port::new(Transport::Udp, port));
                Self::of_ports(known.chain(udp).chain(mixed(1..=u16::MAX)))
            }
        }
    }

    /// A plan of these ports: what attackers use most first, then the rest mixed.
    #[must_use]
    pub fn by_rank(ports: impl IntoIterator<Item = Port>) -> Self {
        let wanted: HashSet<Port> = ports.into_iter().collect();
        let known = catalogue::services().flat_map(|(_, service)| service.ports());
        let udp = wanted.iter().copied().filter(|port| port.transport == Transport::Udp);
        let mut udp: Vec<Port> = udp.collect();
        udp.sort_unstable();
        let all = known.chain(udp).chain(mixed(1..=u16::MAX));
        Self::of_ports(all.filter(|port| wanted.contains(port)))
    }

    /// A plan of these ports in this order; a port that comes again is left out.
    #[must_use]
    pub fn of_ports(ports: impl IntoIterator<Item = Port>) -> Self {
        let mut seen = HashSet::new();
        Self(ports.into_iter().filter(|port| seen.insert(*port)).collect())
    }

    /// The plan without some of its ports.
    #[must_use]
    pub fn without(&self, left_out: impl Fn(Port) -> bool) -> Self {
        Self(self.0.iter().copied().filter(|port| !left_out(*port)).collect())
    }

    /// The ports in order.
    #[must_use]
    pub fn ports(&self) -> &[Port] {
        &self.0
    }

    /// The ports as a set, for people who want to know what was asked.
    #[must_use]
    pub fn to_set(&self) -> Ports {
        self.0.iter().copied().collect()
    }
}

/// All TCP ports in an order without a pattern, the same every time: neighbours are far apart, so
/// that what one device does to a row of ports, or a burst of loss, does not hit a row of them.
fn mixed(all: std::ops::RangeInclusive<u16>) -> impl Iterator<Item = Port> {
    // Odd, so that every number comes once; near the golden ratio, so that they spread.
    const STRIDE: u16 = 40_503;
    all.filter_map(|number| Port::new(Transport::Tcp, number.wrapping_mul(STRIDE)))
}
