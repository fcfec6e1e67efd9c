//! Asks by datagrams, all over one socket: the first message of each protocol that is usual at a
//! port. An answer is believed only when it comes from the address that was asked and fits a
//! question; an ICMP error is told with its sender. Never asks again where an answer came.

use super::outcome;
use super::transport::{AttemptId, Outcome};
use klinke_protocols::merged;
use klinke_protocols::udp::{QUESTIONS, Question, at_port};
use klinke_shared::{Note, Port, Recognised, Recognition, Transport};
use socket2::{Domain, Protocol, SockAddr, SockRef, Socket, Type};
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::io::Interest;
use tokio::net::UdpSocket;

/// The longest answer that is read; it is as long as a datagram can be on most lines.
const LONGEST_ANSWER: usize = 2_048;
/// An answer so many times as long as the question can be misused against others. Less is common
/// and of no use to anybody.
const AMPLIFIES_FROM: u16 = 3;
/// How many answers are read before others have a turn: a flood must not hold anything up.
const MOST_AT_ONCE: usize = 64;

/// UDP probes towards one address.
pub(super) struct UdpProbes {
    address: IpAddr,
    token: [u8; 16],
    socket: Option<UdpSocket>,
    /// The address from which this machine asks.
    source: Option<IpAddr>,
    open: HashMap<u16, Asked>,
    outcomes: VecDeque<(AttemptId, Outcome)>,
    results: VecDeque<Recognised>,
}

#[derive(Debug)]
struct Asked {
    attempt: AttemptId,
    sent: u16,
    known: Option<Recognition>,
}

impl UdpProbes {
    pub(super) fn new(address: IpAddr, token: [u8; 16]) -> Self {
        Self {
            address,
            token,
            socket: None,
            source: source(address).ok(),
            open: HashMap::new(),
            outcomes: VecDeque::new(),
            results: VecDeque::new(),
        }
    }

    /// Asks every question of a port, or sends an empty datagram where none is known: a closed
    /// port answers that too.
    pub(super) fn send(&mut self, attempt: AttemptId, port: u16) {
        let mut datagrams: Vec<Vec<u8>> =
            at_port(port).map(|question| (question.datagram)(&self.token)).collect();
        if datagrams.is_empty() {
            datagrams.push(Vec::new());
        }
        let to = SocketAddr::new(self.address, port);
        let sent = datagrams.iter().map(Vec::len).sum::<usize>();
        let result = self.socket().and_then(|socket| {
            datagrams.iter().try_for_each(|datagram| send_to(socket, datagram, to))
        });
        if let Err(error) = result {
            self.outcomes.push_back((attempt, outcome::of_local_error(&error)));
            return;
        }
        let known = self.open.remove(&port).and_then(|before| before.known);
        let sent = u16::try_from(sent).unwrap_or(u16::MAX);
        self.open.insert(port, Asked { attempt, sent, known });
    }

    fn socket(&mut self) -> io::Result<&UdpSocket> {
        let socket = match self.socket.take() {
            Some(socket) => socket,
            None => open(self.address)?,
        };
        Ok(self.socket.insert(socket))
    }

    /// The next outcome; pending for ever while nothing was asked. Loses nothing when dropped.
    pub(super) async fn next(&mut self) -> (AttemptId, Outcome) {
        loop {
            if let Some(outcome) = self.outcomes.pop_front() {
                return outcome;
            }
            let Some(socket) = self.socket.as_ref() else { return std::future::pending().await };
            if socket.ready(Interest::READABLE | Interest::ERROR).await.is_err() {
                return std::future::pending().await;
            }
            self.read_errors();
            self.read_answers();
        }
    }

    /// What was recognised since the last time.
    pub(super) fn result(&mut self) -> Option<Recognised> {
        self.results.pop_front()
    }

    fn read_errors(&mut self) {
        for _ in 0..MOST_AT_ONCE {
            let Some(socket) = &self.socket else { return };
            let kept = socket.try_io(Interest::ERROR, || {
                outcome::next_icmp(&SockRef::from(socket)).ok_or(io::ErrorKind::WouldBlock.into())
            });
            let Ok(error) = kept else { return };
            let port = error.asked.filter(|asked| asked.ip() == self.address).map(|to| to.port());
            let Some(asked) = port.and_then(|port| self.open.get(&port)) else { continue };
            let outcome = outcome::of_icmp(error.icmp, error.from, self.source, self.address);
            self.outcomes.push_back((asked.attempt, outcome));
        }
    }

    fn read_answers(&mut self) {
        let mut bytes = [0; LONGEST_ANSWER];
        for _ in 0..MOST_AT_ONCE {
            let Some(socket) = &self.socket else { return };
            match socket.try_recv_from(&mut bytes) {
                Ok((length, from)) if from.ip().to_canonical() == self.address => {
                    self.answered(from.port(), bytes.get(..length).unwrap_or_default());
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // Somebody else's datagram, or an error that the queue of errors tells better.
                _ => {}
            }
        }
    }

    fn answered(&mut self, from: u16, answer: &[u8]) {
        let token = &self.token;
        let read = |question: &&Question| (question.read)(token, answer);
        let (port, recognition) = if self.open.contains_key(&from) {
            match at_port(from).find_map(|question| read(&question)) {
                Some(recognition) => (from, recognition),
                // The answer to a question that nobody knows, from the port that was asked.
                None if at_port(from).next().is_none() => (from, Recognition::default()),
                None => return,
            }
        } else {
            let elsewhere = QUESTIONS.iter().filter(|question| question.from_any_port);
            let mut asked = elsewhere.flat_map(|question| {
                let ports = question.ports.iter().filter(|port| self.open.contains_key(port));
                ports.map(move |port| (*port, question))
            });
            let known = asked.find_map(|(port, question)| Some((port, read(&question)?)));
            let Some(known) = known else { return };
            known
        };
        self.recognised(port, recognition, u16::try_from(answer.len()).unwrap_or(u16::MAX));
    }

    fn recognised(&mut self, number: u16, recognition: Recognition, received: u16) {
        let Some(asked) = self.open.get_mut(&number) else { return };
        let sent = asked.sent;
        self.outcomes.push_back((asked.attempt, Outcome::Answered { sent, received }));
        let amplifies = received / sent.max(1) >= AMPLIFIES_FROM;
        let recognition = if amplifies { recognition.note(Note::Amplifies) } else { recognition };
        let known = match asked.known.take() {
            Some(before) => merged(before, recognition),
            None => recognition,
        };
        asked.known = Some(known.clone());
        let port = Port::new(Transport::Udp, number);
        self.results.extend(port.map(|port| Recognised { port, recognition: known }));
    }
}

/// The address from which this machine reaches another. Sends nothing.
pub(super) fn source(to: IpAddr) -> io::Result<IpAddr> {
    let socket = std::net::UdpSocket::bind(any(to))?;
    // Any port but 0 will do.
    socket.connect(SocketAddr::new(to, 9))?;
    Ok(socket.local_addr()?.ip())
}

/// Any address of the same family.
fn any(to: IpAddr) -> SocketAddr {
    let any = match to {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    SocketAddr::new(any, 0)
}

fn open(to: IpAddr) -> io::Result<UdpSocket> {
    let any = any(to);
    let kind = Type::DGRAM.nonblocking().cloexec();
    let socket = Socket::new(Domain::for_address(any), kind, Some(Protocol::UDP))?;
    outcome::report_icmp(&socket, to);
    socket.bind(&SockAddr::from(any))?;
    UdpSocket::from_std(socket.into())
}

/// Sends one datagram. A socket that reports ICMP errors tells an earlier one here, once; it is in
/// the queue of errors as well, so sending again is all there is to do.
fn send_to(socket: &UdpSocket, datagram: &[u8], to: SocketAddr) -> io::Result<()> {
    let socket = SockRef::from(socket);
    let to = SockAddr::from(to);
    socket.send_to(datagram, &to).or_else(|_| socket.send_to(datagram, &to)).map(|_| ())
}
