//! All ways of asking one address, as one transport: TCP ports, UDP ports, conversations. Decides
//! nothing.

use super::connect::{Answer, ConnectProbes};
use super::syn::SynProbes;
use super::talks::Talks;
use super::transport::{AttemptId, Outcome, Transport};
use super::udp::UdpProbes;
use crate::visitor::OwnAddress;
use klinke_shared::{Port, Recognised, Transport as Protocol};

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

enum Tcp {
    Connect(ConnectProbes),
    Syn(Box<SynProbes>),
}

/// The transport towards one proven address.
pub struct Knocker {
    tcp: Tcp,
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
        let raw = || SynProbes::open(address, token).map(|probes| Tcp::Syn(Box::new(probes)));
        let connect = || Tcp::Connect(ConnectProbes::new(address));
        let tcp = match method {
            Method::Auto => raw().unwrap_or_else(|_| connect()),
            Method::Connect => connect(),
            Method::Syn => raw()?,
        };
        let (udp, talks) = (UdpProbes::new(address, token), Talks::new(address, token, now));
        Ok(Self { tcp, udp, talks })
    }

    /// Whether TCP ports are asked by raw packets.
    #[must_use]
    pub const fn is_raw(&self) -> bool {
        matches!(self.tcp, Tcp::Syn(_))
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
            Protocol::Tcp => match &mut self.tcp {
                Tcp::Connect(probes) => probes.send(attempt, port.number.get()),
                Tcp::Syn(probes) => probes.send(attempt, port.number.get()),
            },
            Protocol::Udp => self.udp.send(attempt, port.number.get()),
        }
    }

    fn talk(&mut self, attempt: AttemptId, port: Port) {
        self.talks.talk(attempt, port);
    }

    fn forget(&mut self, attempt: AttemptId) {
        match &mut self.tcp {
            Tcp::Connect(probes) => probes.forget(attempt),
            Tcp::Syn(probes) => probes.forget(attempt),
        }
    }

    async fn next(&mut self) -> (AttemptId, Outcome) {
        let tcp = async {
            match &mut self.tcp {
                Tcp::Connect(probes) => Ok(probes.next().await),
                Tcp::Syn(probes) => Err(probes.next().await),
            }
        };
        let answer = tokio::select! {
            answer = tcp => answer,
            outcome = self.udp.next() => return outcome,
            outcome = self.talks.next() => return outcome,
        };
        answer.map_or_else(|outcome| outcome, |answer| self.connected(answer))
    }

    fn recognised(&mut self) -> Option<Recognised> {
        self.talks.result().or_else(|| self.udp.result())
    }
}
