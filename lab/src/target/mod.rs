//! The target: listens on known ports of its namespace, accepts, and answers a first message. It
//! knows no firewall; which of its ports can be reached is not its business.

mod answers;

use anyhow::{Context as _, Result};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::io::{self, Write as _};
use std::net::{Ipv6Addr, TcpListener, UdpSocket};
use std::os::fd::{AsFd, BorrowedFd};

use self::answers::{Answer, SERVICES};
use crate::firewall::OPEN_TCP;
use crate::namespace::READY;

/// How this program is told to be the target.
pub(crate) const SUBCOMMAND: &str = "target";

/// Longer than any first message.
const LONGEST: usize = 2048;

/// Serves until standard input ends.
pub(crate) fn serve() -> Result<()> {
    // The address of everything in IPv6 takes IPv4 too.
    let here = Ipv6Addr::UNSPECIFIED;
    let tcp = OPEN_TCP.map(|port| {
        let listener = TcpListener::bind((here, port))?;
        listener.set_nonblocking(true)?;
        Ok::<_, io::Error>(listener)
    });
    let tcp = tcp.into_iter().collect::<io::Result<Vec<_>>>().context("cannot listen")?;
    let udp = SERVICES.map(|(port, answer)| {
        let socket = UdpSocket::bind((here, port))?;
        socket.set_nonblocking(true)?;
        Ok::<_, io::Error>((socket, answer))
    });
    let udp = udp.into_iter().collect::<io::Result<Vec<_>>>().context("cannot bind")?;
    writeln!(io::stdout(), "{READY}").context("nobody listens")?;
    answer_all(&tcp, &udp)
}

fn answer_all(tcp: &[TcpListener], udp: &[(UdpSocket, Answer)]) -> Result<()> {
    let stdin = io::stdin();
    let sockets = tcp.iter().map(AsFd::as_fd).chain(udp.iter().map(|(socket, _)| socket.as_fd()));
    let all: Vec<BorrowedFd> = std::iter::once(stdin.as_fd()).chain(sockets).collect();
    loop {
        let mut waiting: Vec<_> =
            all.iter().map(|socket| PollFd::new(*socket, PollFlags::POLLIN)).collect();
        poll(&mut waiting, PollTimeout::NONE).context("cannot wait")?;
        let ready: Vec<_> = waiting.iter().map(|socket| socket.any() == Some(true)).collect();
        let [ended, ready @ ..] = &ready[..] else { return Ok(()) };
        if *ended {
            return Ok(());
        }
        let (ready_tcp, ready_udp) = ready.split_at(tcp.len());
        chosen(tcp, ready_tcp).for_each(accept);
        chosen(udp, ready_udp).for_each(|(socket, answer)| reply(socket, *answer));
    }
}

fn chosen<'a, T>(all: &'a [T], ready: &'a [bool]) -> impl Iterator<Item = &'a T> {
    all.iter().zip(ready).filter(|(_, ready)| **ready).map(|(one, _)| one)
}

/// Accepts whoever waits, and hangs up: which program serves is not what this target is for.
fn accept(listener: &TcpListener) {
    while listener.accept().is_ok() {}
}

fn reply(socket: &UdpSocket, answer: Answer) {
    let mut buffer = [0; LONGEST];
    while let Ok((length, from)) = socket.recv_from(&mut buffer) {
        if let Some(reply) = buffer.get(..length).and_then(answer) {
            // A lost answer is a lost datagram.
            let _ = socket.send_to(&reply, from);
        }
    }
}
