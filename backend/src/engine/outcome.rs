//! What the operating system says of a connection, put into the words of the transport. The one
//! place that reads error numbers; RST, each kind of ICMP and our own faults are told apart here.

use super::transport::{Fault, Outcome};
use klinke_shared::IcmpKind;
use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg, setsockopt, sockopt,
};
use socket2::Socket;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::AsRawFd;

/// `SO_EE_ORIGIN_ICMP` and `SO_EE_ORIGIN_ICMP6` of `linux/errqueue.h`.
const ORIGIN_ICMP: u8 = 2;
const ORIGIN_ICMP6: u8 = 3;

/// Asks the system to keep ICMP errors with their sender (`IP_RECVERR`, ip(7)). Where it will not,
/// the error number alone has to do.
pub(super) fn report_icmp(socket: &Socket, to: IpAddr) {
    let kept = match to {
        IpAddr::V4(_) => setsockopt(socket, sockopt::Ipv4RecvErr, &true),
        IpAddr::V6(_) => setsockopt(socket, sockopt::Ipv6RecvErr, &true),
    };
    if let Err(error) = kept {
        tracing::debug!(%error, "the system does not keep ICMP errors");
    }
}

/// What became of a socket that connects to `to`; nothing while it is still connecting.
pub(super) fn of_socket(socket: &Socket, to: SocketAddr) -> Option<Outcome> {
    match socket.take_error() {
        Ok(None) => match socket.peer_addr() {
            Ok(_) if is_connected_to_itself(socket, to) => Some(Outcome::Refused),
            Ok(_) => Some(Outcome::Accepted),
            Err(_) => after_false_alarm(socket, to),
        },
        Ok(Some(error)) | Err(error) => Some(of_connect_error(socket, to, &error)),
    }
}

/// At a local address the system may choose the port asked as the port to ask from, and the socket
/// then shakes hands with itself. It could only take that port because nothing listens there.
fn is_connected_to_itself(socket: &Socket, to: SocketAddr) -> bool {
    socket.local_addr().is_ok_and(|own| own.as_socket() == Some(to))
}

/// The socket woke without an error and without a peer. Read the error once more; if there is none
/// either, it is still connecting.
fn after_false_alarm(socket: &Socket, to: SocketAddr) -> Option<Outcome> {
    match socket.take_error() {
        Ok(Some(error)) => Some(of_connect_error(socket, to, &error)),
        _ => icmp_error(socket, to),
    }
}

fn of_connect_error(socket: &Socket, to: SocketAddr, error: &io::Error) -> Outcome {
    if let Some(outcome) = icmp_error(socket, to) {
        return outcome;
    }
    match Errno::from_raw(error.raw_os_error().unwrap_or_default()) {
        Errno::ECONNREFUSED => Outcome::Refused,
        // These come only after a handshake: something accepted and hung up at once.
        Errno::ECONNRESET | Errno::EPIPE => Outcome::Accepted,
        // The kernel gave up after all its own retransmissions.
        Errno::ETIMEDOUT => Outcome::Silent,
        Errno::EHOSTUNREACH | Errno::EHOSTDOWN => {
            Outcome::Unreachable { icmp: IcmpKind::HostUnreachable, from: None }
        }
        _ => of_local_error(error),
    }
}

/// The outcome of an error that arose on this machine.
pub(super) fn of_local_error(error: &io::Error) -> Outcome {
    let fault = match Errno::from_raw(error.raw_os_error().unwrap_or_default()) {
        Errno::EMFILE
        | Errno::ENFILE
        | Errno::ENOBUFS
        | Errno::ENOMEM
        | Errno::EADDRNOTAVAIL
        | Errno::EAGAIN => Fault::Exhausted,
        Errno::ENETUNREACH | Errno::EHOSTUNREACH | Errno::ENETDOWN | Errno::EAFNOSUPPORT => {
            Fault::NoRoute
        }
        Errno::EACCES | Errno::EPERM => Fault::Forbidden,
        Errno::ECONNREFUSED => return Outcome::Refused,
        errno => {
            tracing::warn!(%errno, "an unexpected error while knocking");
            Fault::Other
        }
    };
    Outcome::Fault(fault)
}

/// The ICMP error that the system kept for this socket. One that this machine sent itself, although
/// it asked somebody else, is the word of its own firewall.
fn icmp_error(socket: &Socket, to: SocketAddr) -> Option<Outcome> {
    let (icmp, from) = kept_error(socket)?;
    let own = socket.local_addr().ok().and_then(|own| own.as_socket()).map(|own| own.ip());
    Some(of_icmp(icmp, from, own, to.ip()))
}

/// The outcome of an ICMP error about a question from `own` to `to`.
pub(super) fn of_icmp(
    icmp: IcmpKind,
    from: Option<IpAddr>,
    own: Option<IpAddr>,
    to: IpAddr,
) -> Outcome {
    let said_by_us = from.is_some() && from == own && own != Some(to);
    match icmp {
        IcmpKind::Prohibited | IcmpKind::PortUnreachable if said_by_us => {
            Outcome::Fault(Fault::Forbidden)
        }
        _ => Outcome::Unreachable { icmp, from },
    }
}

/// The kind of an ICMP error about an address of that family.
pub(super) const fn icmp_kind(family: IpAddr, kind: u8, code: u8) -> IcmpKind {
    match family {
        IpAddr::V4(_) => icmp_v4(kind, code),
        IpAddr::V6(_) => icmp_v6(kind, code),
    }
}

fn kept_error(socket: &Socket) -> Option<(IcmpKind, Option<IpAddr>)> {
    next_icmp(socket).map(|error| (error.icmp, error.from))
}

/// An ICMP error that the system kept.
pub(super) struct IcmpError {
    pub(super) icmp: IcmpKind,
    /// Who sent it.
    pub(super) from: Option<IpAddr>,
    /// Where the question went that it is about.
    pub(super) asked: Option<SocketAddr>,
}

/// The next ICMP error that the system kept for a socket. Others in the queue, such as those that
/// arose on this machine, are skipped.
pub(super) fn next_icmp(socket: &Socket) -> Option<IcmpError> {
    loop {
        if let Some(error) = next_kept(socket)? {
            return Some(error);
        }
    }
}

/// Nothing when the queue is empty; nothing in it when the next is no ICMP error.
#[expect(clippy::option_option, reason = "the end of the queue is not the same as another error")]
fn next_kept(socket: &Socket) -> Option<Option<IcmpError>> {
    let mut bytes = [0_u8; 64];
    let mut parts = [IoSliceMut::new(&mut bytes)];
    let mut space = nix::cmsg_space!(libc::sock_extended_err, libc::sockaddr_in6);
    let message = recvmsg::<SockaddrStorage>(
        socket.as_raw_fd(),
        &mut parts,
        Some(&mut space),
        MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT,
    )
    .ok()?;
    let asked = message.address.as_ref().and_then(socket_address);
    let controls = message.cmsgs().ok()?;
    Some(controls.into_iter().find_map(|control| match control {
        ControlMessageOwned::Ipv4RecvErr(error, sender) if error.ee_origin == ORIGIN_ICMP => {
            let address =
                |sender: libc::sockaddr_in| Ipv4Addr::from(u32::from_be(sender.sin_addr.s_addr));
            let icmp = icmp_v4(error.ee_type, error.ee_code);
            Some(IcmpError { icmp, from: sender.map(address).map(IpAddr::V4), asked })
        }
        ControlMessageOwned::Ipv6RecvErr(error, sender) if error.ee_origin == ORIGIN_ICMP6 => {
            let address = |sender: libc::sockaddr_in6| Ipv6Addr::from(sender.sin6_addr.s6_addr);
            let icmp = icmp_v6(error.ee_type, error.ee_code);
            Some(IcmpError { icmp, from: sender.map(address).map(IpAddr::V6), asked })
        }
        _ => None,
    }))
}

/// The address that the system wrote down.
pub(super) fn socket_address(storage: &SockaddrStorage) -> Option<SocketAddr> {
    let v4 = storage.as_sockaddr_in().map(|v4| SocketAddr::from((v4.ip(), v4.port())));
    v4.or_else(|| storage.as_sockaddr_in6().map(|v6| SocketAddr::from((v6.ip(), v6.port()))))
}

/// Type 3 is “destination unreachable”; its codes are of RFC 792 and RFC 1812, 5.2.7.1.
const fn icmp_v4(kind: u8, code: u8) -> IcmpKind {
    match (kind, code) {
        (3, 0 | 5 | 6 | 11) => IcmpKind::NetworkUnreachable,
        (3, 1 | 7 | 8 | 12) => IcmpKind::HostUnreachable,
        (3, 2) => IcmpKind::ProtocolUnreachable,
        (3, 3) => IcmpKind::PortUnreachable,
        (3, 9 | 10 | 13) => IcmpKind::Prohibited,
        _ => IcmpKind::Other,
    }
}

/// Type 1 is “destination unreachable”; its codes are of RFC 4443, 3.1.
const fn icmp_v6(kind: u8, code: u8) -> IcmpKind {
    match (kind, code) {
        (1, 0) => IcmpKind::NetworkUnreachable,
        (1, 1 | 5 | 6) => IcmpKind::Prohibited,
        (1, 2 | 3) => IcmpKind::HostUnreachable,
        (1, 4) => IcmpKind::PortUnreachable,
        (4, 1) => IcmpKind::ProtocolUnreachable,
        _ => IcmpKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(errno: Errno) -> Outcome {
        of_local_error(&io::Error::from_raw_os_error(errno as i32))
    }

    #[test]
    fn running_out_of_descriptors_is_our_fault_and_passes() {
        for errno in [Errno::EMFILE, Errno::ENFILE, Errno::ENOBUFS, Errno::EADDRNOTAVAIL] {
            assert_eq!(local(errno), Outcome::Fault(Fault::Exhausted), "{errno}");
        }
    }

    #[test]
    fn no_local_error_ever_means_closed_or_open() {
        for errno in [Errno::ENETUNREACH, Errno::EPERM, Errno::EACCES, Errno::EINVAL, Errno::EIO] {
            assert!(matches!(local(errno), Outcome::Fault(_)), "{errno}");
        }
    }

    #[test]
    fn icmp_codes_are_told_apart_in_both_families() {
        assert_eq!(icmp_v4(3, 13), IcmpKind::Prohibited);
        assert_eq!(icmp_v4(3, 3), IcmpKind::PortUnreachable);
        assert_eq!(icmp_v4(3, 1), IcmpKind::HostUnreachable);
        assert_eq!(icmp_v4(11, 0), IcmpKind::Other);
        assert_eq!(icmp_v6(1, 1), IcmpKind::Prohibited);
        assert_eq!(icmp_v6(1, 4), IcmpKind::PortUnreachable);
        assert_eq!(icmp_v6(1, 3), IcmpKind::HostUnreachable);
    }
}
