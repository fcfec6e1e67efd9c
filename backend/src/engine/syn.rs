//! Asks by SYN packets of its own, where the process may: no descriptor for each question, and the
//! same source port and sequence number for every try, so that a device on the way keeps one entry
//! for a port and an answer to any try counts. What answers gets a RST from the kernel, which knows
//! of no connection, so nothing is left half open.

use super::outcome;
use super::segment::{self, Answer, Complaint, Way};
use super::transport::{AttemptId, Fault, Outcome};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use socket2::{Domain, Protocol, SockAddr, SockRef, Socket, Type};
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{IpAddr, SocketAddr};
use tokio::net::UdpSocket;

/// How many packets are read before others have a turn.
const MOST_AT_ONCE: usize = 256;
/// Longer than every head that matters.
const PACKET: usize = 256;

/// Raw TCP probes towards one address.
pub(super) struct SynProbes {
    way: Way,
    key: Hmac<Sha256>,
    /// Raw sockets, which for the runtime are sockets for datagrams like any others.
    tcp: UdpSocket,
    icmp: UdpSocket,
    /// Keeps the source port from being given to anybody else.
    _reserved: Socket,
    /// The attempts of each port that may still be answered, oldest first.
    open: HashMap<u16, Vec<AttemptId>>,
    ports: HashMap<AttemptId, u16>,
    outcomes: VecDeque<(AttemptId, u16, Outcome)>,
}

impl SynProbes {
    /// Opens the sockets. Needs the right to send raw packets (`CAP_NET_RAW`).
    ///
    /// # Errors
    /// When the system does not allow it or has no route.
    pub(super) fn open(address: IpAddr, token: [u8; 16]) -> io::Result<Self> {
        let from = super::udp::source(address)?;
        let (domain, icmp) = match address {
            IpAddr::V4(_) => (Domain::IPV4, Protocol::ICMPV4),
            IpAddr::V6(_) => (Domain::IPV6, Protocol::ICMPV6),
        };
        let reserved = Socket::new(domain, Type::STREAM.cloexec(), Some(Protocol::TCP))?;
        reserved.bind(&SockAddr::from(SocketAddr::new(from, 0)))?;
        let local = reserved.local_addr()?.as_socket().ok_or(io::ErrorKind::Unsupported)?;
        let raw = |protocol| Socket::new(domain, Type::RAW.nonblocking().cloexec(), Some(protocol));
        let tcp = raw(Protocol::TCP)?;
        // Only what comes from there is handed to us.
        tcp.connect(&SockAddr::from(SocketAddr::new(address, 0)))?;
        let key = Hmac::new_from_slice(&token).map_err(|_| io::ErrorKind::InvalidInput)?;
        Ok(Self {
            way: Way { from, from_port: local.port(), to: address, to_port: 0 },
            key,
            tcp: UdpSocket::from_std(tcp.into())?,
            icmp: UdpSocket::from_std(raw(icmp)?.into())?,
            _reserved: reserved,
            open: HashMap::new(),
            ports: HashMap::new(),
            outcomes: VecDeque::new(),
        })
    }

    pub(super) fn send(&mut self, attempt: AttemptId, port: u16) {
        let way = Way { to_port: port, ..self.way };
        let segment = segment::syn(&way, self.sequence(port), stamp(attempt));
        // The runtime would first have to be asked whether there is room.
        match SockRef::from(&self.tcp).send(&segment) {
            Ok(_) => {
                self.open.entry(port).or_default().push(attempt);
                self.ports.insert(attempt, port);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.outcomes.push_back((attempt, port, Outcome::Fault(Fault::Exhausted)));
            }
            Err(error) => self.outcomes.push_back((attempt, port, outcome::of_local_error(&error))),
        }
    }

    pub(super) fn forget(&mut self, attempt: AttemptId) {
        let Some(port) = self.ports.remove(&attempt) else { return };
        if let Some(attempts) = self.open.get_mut(&port) {
            attempts.retain(|other| *other != attempt);
            if attempts.is_empty() {
                self.open.remove(&port);
            }
        }
    }

    /// The next outcome with its port; pending for ever while nothing is under way. Loses nothing when dropped.
    pub(super) async fn next(&mut self) -> (AttemptId, u16, Outcome) {
        loop {
            if let Some((attempt, port, outcome)) = self.outcomes.pop_front() {
                self.forget(attempt);
                return (attempt, port, outcome);
            }
            let (woken, is_tcp) = tokio::select! {
                woken = self.tcp.readable() => (woken, true),
                woken = self.icmp.readable() => (woken, false),
            };
            if woken.is_err() {
                return std::future::pending().await;
            }
            if is_tcp { self.read_answers() } else { self.read_complaints() }
        }
    }

    fn read_answers(&mut self) {
        let mut packet = [0; PACKET];
        for _ in 0..MOST_AT_ONCE {
            let Ok(length) = self.tcp.try_recv(&mut packet) else { return };
            let packet = packet.get(..length).unwrap_or_default();
            let segment =
                if self.way.to.is_ipv4() { segment::in_ipv4(packet) } else { Some(packet) };
            if let Some(answer) = segment.and_then(segment::answer) {
                self.answered(answer);
            }
        }
    }

    fn answered(&mut self, answer: Answer) {
        let ours = answer.asked_from == self.way.from_port
            && answer.sequence == self.sequence(answer.port);
        let Some(attempts) = self.open.get(&answer.port).filter(|_| ours) else { return };
        // Which try it answers cannot be told: hosts echo the time stamp of the first one, also when
        // they answer the second. The last is the likeliest, since loss is commoner than lateness.
        let Some(attempt) = attempts.last().copied() else { return };
        let outcome = if answer.accepts { Outcome::Accepted } else { Outcome::Refused };
        self.outcomes.push_back((attempt, answer.port, outcome));
    }

    fn read_complaints(&mut self) {
        let mut packet = [0; PACKET];
        for _ in 0..MOST_AT_ONCE {
            let Ok((length, from)) = self.icmp.try_recv_from(&mut packet) else { return };
            let from = Some(from.ip());
            let packet = packet.get(..length).unwrap_or_default();
            let complaint = match self.way.to {
                IpAddr::V4(_) => {
                    let length = packet.first().map_or(0, |first| usize::from(first & 0x0f) * 4);
                    packet.get(length..).and_then(segment::complaint_v4)
                }
                IpAddr::V6(_) => segment::complaint_v6(packet),
            };
            if let Some(complaint) = complaint {
                self.complained(complaint, from);
            }
        }
    }

    fn complained(&mut self, complaint: Complaint, from: Option<IpAddr>) {
        let ours = complaint.to == self.way.to
            && complaint.from_port == self.way.from_port
            && complaint.sequence == self.sequence(complaint.to_port);
        let attempts = self.open.get(&complaint.to_port).filter(|_| ours);
        let Some(attempt) = attempts.and_then(|attempts| attempts.last()).copied() else { return };
        let icmp = outcome::icmp_kind(self.way.to, complaint.kind, complaint.code);
        let outcome = outcome::of_icmp(icmp, from, Some(self.way.from), self.way.to);
        self.outcomes.push_back((attempt, complaint.to_port, outcome));
    }

    /// The sequence number for a port: nobody who does not see the SYN can guess it, and nothing has
    /// to be kept to know it again.
    fn sequence(&self, port: u16) -> u32 {
        let mut mac = self.key.clone();
        mac.update(&port.to_be_bytes());
        let code = mac.finalize().into_bytes();
        code.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes))
    }
}

/// The time stamp that marks an attempt.
fn stamp(attempt: AttemptId) -> u32 {
    u32::try_from(attempt.0 & u64::from(u32::MAX)).unwrap_or_default()
}
