//! One datagram in and one out, and at which of this machine's addresses: an answer has to leave from
//! the address that was asked (RFC 8489, 6.3.1.2), because browsers, firewalls and NATs drop it
//! otherwise. A socket for all addresses would choose one by itself. Knows no STUN.

use nix::libc;
use nix::sys::socket::{
    AddressFamily, ControlMessage, ControlMessageOwned, MsgFlags, SockaddrLike as _,
    SockaddrStorage, getsockname, recvmsg, sendmsg, setsockopt, sockopt,
};
use std::io::{self, IoSlice, IoSliceMut};
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd};

/// Whom a datagram came from, and where it arrived.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    peer: SockaddrStorage,
    own: Own,
}

/// The address of this machine that was asked; unknown if the system does not tell.
#[derive(Debug, Clone, Copy)]
enum Own {
    V4(libc::in_pktinfo),
    V6(libc::in6_pktinfo),
    Unknown,
}

/// Lets the system tell of each datagram at which address it arrived.
///
/// # Errors
/// If the system cannot.
pub(super) fn tell_own_addresses(socket: &(impl AsFd + AsRawFd)) -> io::Result<()> {
    let own: SockaddrStorage = getsockname(socket.as_raw_fd())?;
    match own.family() {
        Some(AddressFamily::Inet6) => setsockopt(socket, sockopt::Ipv6RecvPacketInfo, &true)?,
        _ => setsockopt(socket, sockopt::Ipv4PacketInfo, &true)?,
    }
    Ok(())
}

/// The next datagram: how many of its bytes were read, and its way.
///
/// # Errors
/// Those of the socket; [`io::ErrorKind::WouldBlock`] if there is none.
pub(super) fn receive(socket: &impl AsRawFd, bytes: &mut [u8]) -> io::Result<(usize, Way)> {
    let mut parts = [IoSliceMut::new(bytes)];
    let mut space = nix::cmsg_space!(libc::in6_pktinfo);
    let flags = MsgFlags::MSG_DONTWAIT;
    let message = recvmsg(socket.as_raw_fd(), &mut parts, Some(&mut space), flags)?;
    let peer = message.address.ok_or(io::ErrorKind::InvalidData)?;
    let own = message.cmsgs()?.find_map(|control| own(&control)).unwrap_or(Own::Unknown);
    Ok((message.bytes, Way { peer, own }))
}

/// Sends a datagram back on its way.
///
/// # Errors
/// Those of the socket; [`io::ErrorKind::WouldBlock`] if there is no room.
pub(super) fn send(socket: &impl AsRawFd, bytes: &[u8], way: &Way) -> io::Result<()> {
    let parts = [IoSlice::new(bytes)];
    let send = |own: &[ControlMessage]| {
        let flags = MsgFlags::MSG_DONTWAIT;
        sendmsg(socket.as_raw_fd(), &parts, own, flags, Some(&way.peer))
    };
    match &way.own {
        Own::V4(own) => send(&[ControlMessage::Ipv4PacketInfo(own)]),
        Own::V6(own) => send(&[ControlMessage::Ipv6PacketInfo(own)]),
        Own::Unknown => send(&[]),
    }?;
    Ok(())
}

impl Way {
    /// The address and port from which the datagram came.
    pub(super) fn from(&self) -> Option<SocketAddr> {
        let v4 = self.peer.as_sockaddr_in().map(|v4| SocketAddr::V4((*v4).into()));
        v4.or_else(|| self.peer.as_sockaddr_in6().map(|v6| SocketAddr::V6((*v6).into())))
    }
}

/// Which address was asked. By which interface the answer leaves is up to the routes.
fn own(control: &ControlMessageOwned) -> Option<Own> {
    match control {
        ControlMessageOwned::Ipv4PacketInfo(own) => {
            Some(Own::V4(libc::in_pktinfo { ipi_ifindex: 0, ..*own }))
        }
        ControlMessageOwned::Ipv6PacketInfo(own) => {
            Some(Own::V6(libc::in6_pktinfo { ipi6_ifindex: 0, ..*own }))
        }
        _ => None,
    }
}
