//! Asks by TCP connections of the operating system: no privilege needed. One socket per attempt; it
//! is closed as soon as the answer is known, and no byte is ever sent over it.

use super::outcome;
use super::transport::{AttemptId, Outcome, Transport};
use crate::visitor::OwnAddress;
use futures_util::future::{AbortHandle, Abortable};
use futures_util::stream::{FuturesUnordered, StreamExt};
use klinke_shared::{Port, Transport as Protocol};
use socket2::{Domain, Protocol as SocketProtocol, SockAddr, SockRef, Socket, Type};
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use tokio::io::Interest;
use tokio::net::TcpStream;

type Attempt = Pin<Box<dyn Future<Output = (AttemptId, Outcome)> + Send>>;

/// TCP connect probes towards one proven address.
pub struct ConnectTransport {
    address: IpAddr,
    attempts: FuturesUnordered<Abortable<Attempt>>,
    handles: HashMap<AttemptId, AbortHandle>,
}

impl ConnectTransport {
    /// A transport towards that address and no other.
    #[must_use]
    pub fn new(address: &OwnAddress) -> Self {
        Self { address: address.ip(), attempts: FuturesUnordered::new(), handles: HashMap::new() }
    }
}

impl Transport for ConnectTransport {
    fn send(&mut self, attempt: AttemptId, port: Port) {
        let to = SocketAddr::new(self.address, port.number.get());
        // The question leaves now, not when the future is first polled.
        let started = match port.transport {
            Protocol::Tcp => begin(to).map_err(|error| outcome::of_local_error(&error)),
            Protocol::Udp => Err(outcome::UNSUPPORTED),
        };
        let answer: Attempt = Box::pin(async move {
            match started {
                Ok(socket) => (attempt, answer(&socket, to).await),
                Err(outcome) => (attempt, outcome),
            }
        });
        let (handle, registration) = AbortHandle::new_pair();
        self.handles.insert(attempt, handle);
        self.attempts.push(Abortable::new(answer, registration));
    }

    fn forget(&mut self, attempt: AttemptId) {
        if let Some(handle) = self.handles.remove(&attempt) {
            handle.abort();
        }
    }

    async fn next(&mut self) -> (AttemptId, Outcome) {
        loop {
            match self.attempts.next().await {
                Some(Ok((attempt, outcome))) => {
                    self.handles.remove(&attempt);
                    return (attempt, outcome);
                }
                Some(Err(_aborted)) => {}
                None => std::future::pending().await,
            }
        }
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
