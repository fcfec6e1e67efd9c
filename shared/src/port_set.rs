//! Sets of ports and their short written form, `22,80-89`, which settings, the command line, the
//! stream and reports share.

use crate::{Port, Transport};
use serde::Serialize;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

/// A set of port numbers of one transport. Written and kept as ranges: `22,80-89`. They are in order,
/// and between two of them there is a port that is not in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct PortSet(Vec<(u16, u16)>);

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
        Self(vec![(1, u16::MAX)])
    }

    /// Adds a port; false when it was in already.
    pub fn insert(&mut self, port: NonZeroU16) -> bool {
        let port = port.get();
        let place = self.place(port);
        let in_or_next = self.0.get(place).map(|(first, _)| *first);
        if in_or_next.is_some_and(|first| first <= port) {
            return false;
        }
        let after = in_or_next.is_some_and(|first| first == port + 1);
        let before = place > 0 && self.0[place - 1].1 + 1 == port;
        match (before, after) {
            (true, true) => self.0[place - 1].1 = self.0.remove(place).1,
            (true, false) => self.0[place - 1].1 = port,
            (false, true) => self.0[place].0 = port,
            (false, false) => self.0.insert(place, (port, port)),
        }
        true
    }

    /// Takes a port out; false when it was not in.
    pub fn remove(&mut self, port: NonZeroU16) -> bool {
        if !self.contains(port) {
            return false;
        }
        let port = port.get();
        let place = self.place(port);
        let (first, last) = self.0.remove(place);
        if port < last {
            self.0.insert(place, (port + 1, last));
        }
        if first < port {
            self.0.insert(place, (first, port - 1));
        }
        true
    }

    /// Whether the port is in.
    #[must_use]
    pub fn contains(&self, port: NonZeroU16) -> bool {
        self.0.get(self.place(port.get())).is_some_and(|(first, _)| *first <= port.get())
    }

    /// How many ports are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|(first, last)| usize::from(last - first) + 1).sum()
    }

    /// Whether no port is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ports in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = NonZeroU16> + '_ {
        self.0.iter().flat_map(|(first, last)| *first..=*last).filter_map(NonZeroU16::new)
    }

    /// Where the range is that a port is in, or the next one after it.
    fn place(&self, port: u16) -> usize {
        self.0.partition_point(|(_, last)| *last < port)
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
        for (index, (first, last)) in self.0.iter().enumerate() {
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
        let mut ports = Self::default();
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
            for port in (first.get()..=last.get()).filter_map(NonZeroU16::new) {
                ports.insert(port);
            }
        }
        Ok(ports)
    }
}

impl From<PortSet> for String {
    fn from(set: PortSet) -> Self {
        set.to_string()
    }
}

/// Ports of both transports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ports {
    /// The TCP ports.
    #[serde(skip_serializing_if = "PortSet::is_empty")]
    pub tcp: PortSet,
    /// The UDP ports.
    #[serde(skip_serializing_if = "PortSet::is_empty")]
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
            set.iter().map(|number| Port { transport, number }).collect::<Vec<_>>()
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
