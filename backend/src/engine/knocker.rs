//! All ways of asking one address, as one transport: TCP ports, UDP ports, conversations. Decides
//! nothing.

use super::connect::{Answer, ConnectProbes};
use super::syn::SynProbes;
use super::talks::Talks;
use super::transport::{AttemptId, Outcome, Transport};
use super::udp::UdpProbes;
use crate::visitor::OwnAddress;
use klinke_shared::{Port, Recognised, Transport as Protocol};
use std::collections::HashSet;

/// How TCP ports are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// By raw packets where this process may send them, by connections otherwise.
    #[default]
    Auto,
    /// By connections of the operating system.
    Connect,
    /// By raw packets.
    Syn,
}

/// The transport towards one proven address.
pub struct Knocker {
    connect: ConnectProbes,
    raw: Option<SynProbes>,
    /// Ports that have answered a raw packet. Who asks them again does so from a port of its own:
    /// a firewall that remembers the first question may drop the same one that comes once more.
    answered: HashSet<u16>,
    udp: UdpProbes,
    talks: Talks,
}

impl Knocker {
    /// A transport towards that address and no other. `token` are random bytes of this check, `now`
    /// is the time in seconds since 1970.
    ///
    /// # Errors
    /// When raw packets are asked for and the system does not allow them.
    pub fn new(
        address: &OwnAddress,
        method: Method,
        token: [u8; 16],
        now: u64,
    ) -> std::io::Result<Self> {
        let address = address.ip();
        let raw = match method {
            Method::Auto => SynProbes::open(address, token).ok(),
            Method::Connect => None,
            Method::Syn => Some(SynProbes::open(address, token)?),
        };
        Ok(Self {
            connect: ConnectProbes::new(address),
            raw,
            answered: HashSet::new(),
            udp: UdpProbes::new(address, token),
            talks: Talks::new(address, token, now),
        })
    }

    /// Whether TCP ports are asked by raw packets.
    #[must_use]
    pub const fn is_raw(&self) -> bool {
        self.raw.is_some()
    }

    fn connected(&mut self, answer: Answer) -> (AttemptId, Outcome) {
        if let Some(stream) = answer.stream {
            self.talks.keep(answer.port, stream);
        }
        (answer.attempt, answer.outcome)
    }

    fn send_tcp(&mut self, attempt: AttemptId, port: u16) {
        match &mut self.raw {
            Some(raw) if !self.answered.contains(&port) => raw.send(attempt, port),
            _ => self.connect.send(attempt, port),
        }
    }
}

/// The next raw outcome with its port; pending for ever without raw packets.
async fn next_raw(raw: &mut Option<SynProbes>) -> (AttemptId, u16, Outcome) {
    match raw {
        Some(raw) => raw.next().await,
        None => std::future::pending().await,
    }
}

impl Transport for Knocker {
    fn send(&mut self, attempt: AttemptId, port: Port) {
        match port.transport {
            Protocol::Tcp => self.send_tcp(attempt, port.number.get()),
            Protocol::Udp => self.udp.send(attempt, port.number.get()),
        }
    }

    fn talk(&mut self, attempt: AttemptId, port: Port) {
        self.talks.talk(attempt, port);
    }

    fn forget(&mut self, attempt: AttemptId) {
        self.connect.forget(attempt);
        if let Some(raw) = &mut self.raw {
            raw.forget(attempt);
        }
    }

    async fn next(&mut self) -> (AttemptId, Outcome) {
        let answer = tokio::select! {
            answer = self.connect.next() => answer,
            (attempt, port, outcome) = next_raw(&mut self.raw) => {
                if matches!(outcome, Outcome::Accepted | Outcome::Refused) {
                    self.answered.insert(port);
                }
                return (attempt, outcome);
            }
            outcome = self.udp.next() => return outcome,
            outcome = self.talks.next() => return outcome,
        };
        self.connected(answer)
    }

    fn recognised(&mut self) -> Option<Recognised> {
        self.talks.result().or_else(|| self.udp.result())
    }
}
