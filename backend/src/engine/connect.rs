//! Asks by TCP connections of the operating system: no privilege needed. One socket per attempt; it
//! is closed as soon as the answer is known, unless a conversation is to follow.

use super::outcome;
use super::transport::{AttemptId, Outcome};
use futures_util::future::{AbortHandle, Abortable};
use futures_util::stream::{FuturesUnordered, StreamExt};
use socket2::{Domain, Protocol as SocketProtocol, SockAddr, SockRef, Socket, Type};
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use tokio::io::Interest;
use tokio::net::TcpStream;

type Attempt = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// What became of one connection; with it, where it stands.
pub(super) struct Answer {
    pub(super) attempt: AttemptId,
    pub(super) port: u16,
    pub(super) outcome: Outcome,
    pub(super) stream: Option<TcpStream>,
}

/// TCP connect probes towards one address.
pub(super) struct ConnectProbes {
    address: IpAddr,
    attempts: FuturesUnordered<Abortable<Attempt>>,
    handles: HashMap<AttemptId, AbortHandle>,
}

impl ConnectProbes {
    pub(super) fn new(address: IpAddr) -> Self {
        Self { address, attempts: FuturesUnordered::new(), handles: HashMap::new() }
    }

    /// Asks; the question leaves now, not when the answer is first waited for.
    pub(super) fn send(&mut self, attempt: AttemptId, port: u16) {
        let to = SocketAddr::new(self.address, port);
        let started = begin(to);
        let answer: Attempt = Box::pin(async move {
            let (outcome, stream) = match started {
                Ok(stream) => (answer(&stream, to).await, Some(stream)),
                Err(error) => (outcome::of_local_error(&error), None),
            };
            let stream = stream.filter(|_| outcome == Outcome::Accepted);
            Answer { attempt, port, outcome, stream }
        });
        let (handle, registration) = AbortHandle::new_pair();
        self.handles.insert(attempt, handle);
        self.attempts.push(Abortable::new(answer, registration));
    }

    pub(super) fn forget(&mut self, attempt: AttemptId) {
        if let Some(handle) = self.handles.remove(&attempt) {
            handle.abort();
        }
    }

    /// The next answer; pending for ever while nothing is under way. Loses nothing when dropped.
    pub(super) async fn next(&mut self) -> Answer {
        loop {
            match self.attempts.next().await {
                Some(Ok(answer)) => {
                    self.handles.remove(&answer.attempt);
                    return answer;
                }
                Some(Err(_aborted)) => {}
                None => std::future::pending().await,
            }
        }
    }
}

/// Makes a connection and waits until it stands; the fault when it does not.
pub(super) async fn connected(to: SocketAddr) -> Result<TcpStream, Outcome> {
    let stream = begin(to).map_err(|error| outcome::of_local_error(&error))?;
    match answer(&stream, to).await {
        Outcome::Accepted => Ok(stream),
        other => Err(other),
    }
}

fn begin(to: SocketAddr) -> io::Result<TcpStream> {
    let kind = Type::STREAM.nonblocking().cloexec();
    let socket = Socket::new(Domain::for_address(to), kind, Some(SocketProtocol::TCP))?;
    outcome::report_icmp(&socket, to.ip());
    match socket.connect(&SockAddr::from(to)) {
        Err(error) if error.raw_os_error() != Some(nix::libc::EINPROGRESS) => Err(error),
        _ => TcpStream::from_std(socket.into()),
    }
}

/// Waits for the answer. A socket may wake without one: an ICMP error can leave `SO_ERROR` at 0, so
/// “no error” is believed only when the system names the peer.
async fn answer(stream: &TcpStream, to: SocketAddr) -> Outcome {
    loop {
        if let Err(error) = stream.writable().await {
            return outcome::of_local_error(&error);
        }
        if let Some(outcome) = outcome::of_socket(&SockRef::from(stream), to) {
            return outcome;
        }
        // Nothing yet: says so to the runtime, which then waits for the next event.
        let still_connecting = || Err(io::ErrorKind::WouldBlock.into());
        let _: io::Result<()> = stream.try_io(Interest::WRITABLE, still_connecting);
    }
}
