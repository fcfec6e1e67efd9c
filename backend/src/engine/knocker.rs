//! All ways of asking one address, as one transport: TCP ports, UDP ports, conversations. Decides
//! nothing.

use super::connect::{Answer, ConnectProbes};
use super::talks::Talks;
use super::transport::{AttemptId, Outcome, Transport};
use super::udp::UdpProbes;
use crate::visitor::OwnAddress;
use klinke_shared::{Port, Recognised, Transport as Protocol};

/// The transport towards one proven address.
pub struct Knocker {
    tcp: ConnectProbes,
    udp: UdpProbes,
    talks: Talks,
}

impl Knocker {
    /// A transport towards that address and no other. `token` are random bytes of this check, `now`
    /// is the time in seconds since 1970.
    #[must_use]
    pub fn new(address: &OwnAddress, token: [u8; 16], now: u64) -> Self {
        let address = address.ip();
        Self {
            tcp: ConnectProbes::new(address),
            udp: UdpProbes::new(address, token),
            talks: Talks::new(address, token, now),
        }
    }

    fn connected(&mut self, answer: Answer) -> (AttemptId, Outcome) {
        if let Some(stream) = answer.stream {
            self.talks.keep(answer.port, stream);
        }
        (answer.attempt, answer.outcome)
    }
}

impl Transport for Knocker {
    fn send(&mut self, attempt: AttemptId, port: Port) {
        match port.transport {
            Protocol::Tcp => self.tcp.send(attempt, port.number.get()),
            Protocol::Udp => self.udp.send(attempt, port.number.get()),
        }
    }

    fn talk(&mut self, attempt: AttemptId, port: Port) {
        self.talks.talk(attempt, port);
    }

    fn forget(&mut self, attempt: AttemptId) {
        self.tcp.forget(attempt);
    }

    async fn next(&mut self) -> (AttemptId, Outcome) {
        let answer = tokio::select! {
            answer = self.tcp.next() => answer,
            outcome = self.udp.next() => return outcome,
            outcome = self.talks.next() => return outcome,
        };
        self.connected(answer)
    }

    fn recognised(&mut self) -> Option<Recognised> {
        self.talks.result().or_else(|| self.udp.result())
    }
}
