//! The line between the pure scheduler and the sockets.

use klinke_shared::{IcmpKind, Port, Recognised};
use std::future::Future;
use std::net::IpAddr;

/// One question to one port. Every try is an attempt of its own, from a port of its own: a second
/// question from the same port with another sequence number would be answered by a challenge ACK
/// (raw packets therefore repeat port and sequence number).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId(pub(super) u64);

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The handshake was completed.
    Accepted,
    /// A datagram came back. Lengths are in bytes of payload.
    Answered {
        /// Of all that was asked.
        sent: u16,
        /// Of the answer.
        received: u16,
    },
    /// RST, or nothing listens.
    Refused,
    /// An ICMP error.
    Unreachable {
        /// Which.
        icmp: IcmpKind,
        /// Who sent it, where the system tells.
        from: Option<IpAddr>,
    },
    /// The system gave up waiting; no answer can come any more.
    Silent,
    /// A conversation is over.
    Talked {
        /// Whether there is more to talk about, over a connection of its own.
        again: bool,
    },
    /// It is our own fault that nothing is known.
    Fault(Fault),
}

/// A fault on our side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No descriptor, port or memory was free. It may be, later.
    Exhausted,
    /// No route to the address.
    NoRoute,
    /// This machine may not send that.
    Forbidden,
    /// This transport does not ask such ports.
    Unsupported,
    /// Anything else, by the system's number.
    Other,
}

/// Sends questions to one address and tells what became of them.
pub trait Transport {
    /// Sends one question. Never blocks; a fault comes back through [`Transport::next`], too.
    fn send(&mut self, attempt: AttemptId, port: Port);

    /// Has a conversation with an open port to learn what is behind it. It ends by itself, with
    /// [`Outcome::Talked`] or a fault.
    fn talk(&mut self, attempt: AttemptId, port: Port);

    /// Stops waiting for an attempt and frees what it holds. Its outcome may still come.
    fn forget(&mut self, attempt: AttemptId);

    /// The next outcome; pending for ever while nothing is under way. Loses nothing when dropped.
    fn next(&mut self) -> impl Future<Output = (AttemptId, Outcome)> + Send;

    /// What was recognised behind ports since the last time.
    fn recognised(&mut self) -> Option<Recognised> {
        None
    }
}
