//! A port of a transport protocol. Knows nothing of what is behind it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU16;

/// The transport protocol of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transport {
    /// Connections: a handshake tells open from closed.
    Tcp,
    /// Single messages: silence tells nothing.
    Udp,
}

names! {
    /// `tcp` or `udp`, as in the contract.
    Transport::as_str {
        Tcp = "tcp",
        Udp = "udp",
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One port: 1 to 65,535 of a transport. Port 0 is reserved (RFC 6335) and cannot be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Port {
    /// The transport it belongs to.
    pub transport: Transport,
    /// Its number.
    #[serde(rename = "port")]
    pub number: NonZeroU16,
}

impl Port {
    /// The port of that number, or nothing for 0.
    #[must_use]
    pub fn new(transport: Transport, number: u16) -> Option<Self> {
        NonZeroU16::new(number).map(|number| Self { transport, number })
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.transport, self.number)
    }
}
