//! What was seen at one port, and by what evidence. Judges nothing.

use crate::{Port, Transport};
use serde::Serialize;
use std::net::IpAddr;

/// What the evidence says of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Something accepts connections or answers.
    Open,
    /// The computer is there and says that nothing listens.
    Closed,
    /// No answer, or a device on the way prohibits the question.
    Filtered,
    /// Silence on UDP, which tells nothing.
    Uncertain,
    /// Our own fault or limit; never shown as closed.
    NotTested,
    /// Something on the way answers for every port, so that an answer tells nothing.
    Unreliable,
}

names! {
    /// Its name in the contract.
    State::as_str {
        Open = "open",
        Closed = "closed",
        Filtered = "filtered",
        Uncertain = "uncertain",
        NotTested = "not-tested",
        Unreliable = "unreliable",
    }
}

impl State {
    /// The state of one port at several addresses: open if it is open at one of them; nothing as long as
    /// one of them still has to answer; else what tells most.
    #[must_use]
    pub fn together(states: &[Option<Self>]) -> Option<Self> {
        const TELLING: [State; 5] =
            [State::Unreliable, State::Closed, State::Filtered, State::Uncertain, State::NotTested];
        let has = |state| states.contains(&Some(state));
        if has(Self::Open) {
            return Some(Self::Open);
        }
        TELLING.into_iter().find(|state| !states.contains(&None) && has(*state))
    }
}

/// Which ICMP or ICMPv6 error refused a probe (RFC 792, RFC 1812, RFC 4443).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IcmpKind {
    /// No way to the network.
    NetworkUnreachable,
    /// No way to the computer.
    HostUnreachable,
    /// The computer does not speak the protocol.
    ProtocolUnreachable,
    /// Nothing listens, or a firewall says so in the computer's name.
    PortUnreachable,
    /// A firewall says that the question is prohibited.
    Prohibited,
    /// Any other error.
    Other,
}

names! {
    /// Its name in the contract.
    IcmpKind::as_str {
        NetworkUnreachable = "network-unreachable",
        HostUnreachable = "host-unreachable",
        ProtocolUnreachable = "protocol-unreachable",
        PortUnreachable = "port-unreachable",
        Prohibited = "prohibited",
        Other = "other",
    }
}

/// Why a probe was not sent or its answer could not be received, on our side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnFault {
    /// This machine has no route to the address.
    NoRoute,
    /// Out of sockets or memory, also after waiting.
    Exhausted,
    /// This machine's own firewall or hoster forbids sending.
    Forbidden,
    /// This version does not ask in this transport.
    Unsupported,
    /// The check ended first.
    Stopped,
    /// Ports that had answered before did not any more, until the end: silence then means nothing.
    Vanished,
    /// Any other error of this machine.
    Other,
}

names! {
    /// Its name in the contract.
    OwnFault::as_str {
        NoRoute = "no-route",
        Exhausted = "exhausted",
        Forbidden = "forbidden",
        Unsupported = "unsupported",
        Stopped = "stopped",
        Vanished = "vanished",
        Other = "other",
    }
}

/// What was seen. `rtt_us` is the time from the question to the answer in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Evidence {
    /// The handshake was completed: SYN/ACK.
    Accepted {
        /// Time to the answer.
        rtt_us: u32,
    },
    /// A datagram came back that answers the question.
    Answered {
        /// Time to the answer.
        rtt_us: u32,
        /// How many bytes were asked, over all questions of one try.
        sent: u16,
        /// How many bytes came back.
        received: u16,
    },
    /// The connection was reset: RST.
    Refused {
        /// Time to the answer.
        rtt_us: u32,
    },
    /// An ICMP error came back.
    Unreachable {
        /// Which one.
        icmp: IcmpKind,
        /// Who sent it, where the system tells.
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<IpAddr>,
        /// Time to the answer.
        rtt_us: u32,
    },
    /// Nothing came back.
    Silence {
        /// How often it was asked.
        tries: u8,
    },
    /// The question was not asked, or the answer could not be received.
    NotAsked {
        /// Why.
        fault: OwnFault,
    },
}

impl Evidence {
    /// The state that this evidence proves on a transport. An ICMP “port unreachable” closes a UDP
    /// port, since the computer itself sends it; on TCP a computer would send RST, so it is a
    /// firewall that speaks.
    #[must_use]
    pub const fn state(self, transport: Transport) -> State {
        match (self, transport) {
            (Self::Accepted { .. } | Self::Answered { .. }, _) => State::Open,
            (Self::Refused { .. }, _)
            | (Self::Unreachable { icmp: IcmpKind::PortUnreachable, .. }, Transport::Udp) => {
                State::Closed
            }
            (Self::Unreachable { .. }, _) | (Self::Silence { .. }, Transport::Tcp) => {
                State::Filtered
            }
            (Self::Silence { .. }, Transport::Udp) => State::Uncertain,
            (Self::NotAsked { .. }, _) => State::NotTested,
        }
    }
}

/// What was seen at one port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Observation {
    /// Where.
    #[serde(flatten)]
    pub port: Port,
    /// By what.
    pub evidence: Evidence,
}

impl Observation {
    /// What the evidence says.
    #[must_use]
    pub const fn state(&self) -> State {
        self.evidence.state(self.port.transport)
    }
}
