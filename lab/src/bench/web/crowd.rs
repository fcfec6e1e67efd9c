//! Visitors who are slow on purpose, and keep their connections for it (“slow loris” and “slow read”). They
//! know no server but its address.

use anyhow::{Context as _, Result};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long each waits after a byte. Any server that takes silence for the end waits longer.
const EVERY: Duration = Duration::from_secs(1);
/// How often who reads slowly asks for the file, in one go: far more than the kernels of both sides take
/// off the server's hands.
const TIMES: usize = 8;

/// At what they are slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slowness {
    /// They never come to the end of their request's head.
    Asking,
    /// They have asked for the largest file, and read it byte by byte.
    Reading,
}

/// All of them, connected.
pub(super) struct Crowd {
    how: Slowness,
    members: Vec<TcpStream>,
}

impl Crowd {
    /// So many of them. Those who read ask for `file`.
    pub(super) fn gather(how: Slowness, count: u32, at: SocketAddr, file: &str) -> Result<Self> {
        let begin = match how {
            Slowness::Asking => format!("GET {file} HTTP/1.1\r\nhost: {at}\r\nx-slow: "),
            Slowness::Reading => format!("GET {file} HTTP/1.1\r\nhost: {at}\r\n\r\n").repeat(TIMES),
        };
        let member = |number| {
            let stream = TcpStream::connect(at);
            let mut stream = stream.with_context(|| format!("slow visitor {number}"))?;
            // Who was sent away at once hears of it later, like all others.
            let _ = stream.write_all(begin.as_bytes());
            stream.set_nonblocking(true)?;
            Ok(stream)
        };
        Ok(Self { how, members: (1..=count).map(member).collect::<Result<_>>()? })
    }

    /// Is slow until nobody can say “stop” any more.
    pub(super) fn linger(mut self, stop: &Receiver<()>) {
        while stop.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            self.members.iter_mut().for_each(|member| self.how.go_on(member));
        }
    }
}

impl Slowness {
    /// One byte more. Who was sent away just stays where they are.
    fn go_on(self, member: &mut TcpStream) {
        let _ = match self {
            Self::Asking => member.write(b"x"),
            Self::Reading => member.read(&mut [0]),
        };
    }
}
