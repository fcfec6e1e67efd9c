//! Sets of ports and their short written form, `22,80-89`, which settings, the command line, the
//! stream and reports share.

use crate::{Port, Transport};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

/// A set of port numbers of one transport. Written as ranges: `22,80-89`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PortSet(BTreeSet<NonZeroU16>);

/// Why a text is no set of ports.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortSetError {
    /// Neither a number nor two numbers with a dash.
    #[error(
        "“{0}” is no port; accepted are numbers from 1 to 65535 and ranges like 80-89, parted by commas"
    )]
    NotAPort(String),
    /// A range that ends before it starts.
    #[error("the range “{0}” ends before it starts")]
    Backwards(String),
}

impl PortSet {
    /// Every port there is.
    #[must_use]
    pub fn all() -> Self {
        Self((1..=u16::MAX).filter_map(NonZeroU16::new).collect())
    }

    /// Adds a port; false when it was in already.
    pub fn insert(&mut self, port: NonZeroU16) -> bool {
        self.0.insert(port)
    }

    /// Takes a port out; false when it was not in.
    pub fn remove(&mut self, port: NonZeroU16) -> bool {
        self.0.remove(&port)
    }

    /// Whether the port is in.
    #[must_use]
    pub fn contains(&self, port: NonZeroU16) -> bool {
        self.0.contains(&port)
    }

    /// How many ports are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no port is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ports in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = NonZeroU16> + '_ {
        self.0.iter().copied()
    }

    fn ranges(&self) -> Vec<(u16, u16)> {
        let mut ranges: Vec<(u16, u16)> = Vec::new();
        for port in self.iter().map(NonZeroU16::get) {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == port => *last = port,
                _ => ranges.push((port, port)),
            }
        }
        ranges
    }
}

impl FromIterator<NonZeroU16> for PortSet {
    fn from_iter<I: IntoIterator<Item = NonZeroU16>>(ports: I) -> Self {
        let mut set = Self::default();
        for port in ports {
            set.insert(port);
        }
        set
    }
}

impl fmt::Display for PortSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (first, last)) in self.ranges().into_iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for PortSet {
    type Err = PortSetError;

    fn from_str(text: &str) -> Result<Self, PortSetError> {
        let mut ports = BTreeSet::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number = |text: &str| {
                text.trim()
                    .parse::<NonZeroU16>()
                    .map_err(|_| PortSetError::NotAPort(part.to_owned()))
            };
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(PortSetError::Backwards(part.to_owned()));
            }
            ports.extend((first.get()..=last.get()).filter_map(NonZeroU16::new));
        }
        Ok(Self(ports))
    }
}

impl TryFrom<String> for PortSet {
    type Error = PortSetError;

    fn try_from(text: String) -> Result<Self, PortSetError> {
        text.parse()
    }
}

impl From<PortSet> for String {
    fn from(set: PortSet) -> Self {
        set.to_string()
    }
}

/// Ports of both transports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ports {
    /// The TCP ports.
    #[serde(default, skip_serializing_if = "PortSet::is_empty")]
    pub tcp: PortSet,
    /// The UDP ports.
    #[serde(default, skip_serializing_if = "PortSet::is_empty")]
    pub udp: PortSet,
}

impl Ports {
    /// The set of one transport.
    #[must_use]
    pub const fn of(&self, transport: Transport) -> &PortSet {
        match transport {
            Transport::Tcp => &self.tcp,
            Transport::Udp => &self.udp,
        }
    }

    const fn of_mut(&mut self, transport: Transport) -> &mut PortSet {
        match transport {
            Transport::Tcp => &mut self.tcp,
            Transport::Udp => &mut self.udp,
        }
    }

    /// Adds a port; false when it was in already.
    pub fn insert(&mut self, port: Port) -> bool {
        self.of_mut(port.transport).insert(port.number)
    }

    /// Takes a port out; false when it was not in.
    pub fn remove(&mut self, port: Port) -> bool {
        self.of_mut(port.transport).remove(port.number)
    }

    /// Whether the port is in.
    #[must_use]
    pub fn contains(&self, port: Port) -> bool {
        self.of(port.transport).contains(port.number)
    }

    /// How many ports are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tcp.len() + self.udp.len()
    }

    /// Whether no port is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every port: TCP first, then UDP, ascending.
    pub fn iter(&self) -> impl Iterator<Item = Port> + '_ {
        let of = |transport, set: &PortSet| {
            set.0.iter().map(|&number| Port { transport, number }).collect::<Vec<_>>()
        };
        of(Transport::Tcp, &self.tcp).into_iter().chain(of(Transport::Udp, &self.udp))
    }
}

impl FromIterator<Port> for Ports {
    fn from_iter<I: IntoIterator<Item = Port>>(ports: I) -> Self {
        let mut all = Self::default();
        for port in ports {
            all.insert(port);
        }
        all
    }
}
