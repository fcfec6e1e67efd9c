//! What an Ethernet frame is, as far as a wire with a NAT and counters wants to know. Total: it
//! reads any bytes. It does not know what happens to the frame.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const ETHERNET: usize = 14;
const IPV6_HEADER: usize = 40;
const ARP: u16 = 0x0806;
const IPV4: u16 = 0x0800;
const IPV6: u16 = 0x86dd;
const TCP: u8 = 6;
const UDP: u8 = 17;
const ICMP: u8 = 1;
const ICMPV6: u8 = 58;
/// FIN, SYN, RST, ACK; of these the first segment of a connection has SYN alone.
const FLAGS: u8 = 0b1_0111;
const SYN: u8 = 0b0_0010;
/// Neighbour discovery (133 to 137) and the joining of its multicast groups (130 to 132, 143).
const NEIGHBOUR_TYPES: [u8; 9] = [130, 131, 132, 133, 134, 135, 136, 137, 143];

/// What kind of frame it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ARP and its like, without which nobody can send anything.
    Neighbour,
    /// The first segment of a TCP connection.
    Syn,
    Tcp,
    Udp,
    Icmp,
    Other,
}

/// What a NAT remembers of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Flow {
    protocol: u8,
    source: (IpAddr, u16),
    destination: (IpAddr, u16),
}

/// What a wire sees in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) kind: Kind,
    /// Of the first segment of a TCP connection, and of every UDP datagram.
    pub(crate) flow: Option<Flow>,
}

impl Seen {
    pub(crate) fn of(frame: &[u8]) -> Self {
        let plain = |kind| Self { kind, flow: None };
        match word(frame, ETHERNET - 2) {
            Some(ARP) => plain(Kind::Neighbour),
            Some(IPV4) => ipv4(&frame[ETHERNET..]).unwrap_or(plain(Kind::Other)),
            Some(IPV6) => ipv6(&frame[ETHERNET..]).unwrap_or(plain(Kind::Other)),
            _ => plain(Kind::Other),
        }
    }
}

fn ipv4(packet: &[u8]) -> Option<Seen> {
    let header = usize::from(packet.first()? & 0xf) * 4;
    let address = |at| Some(IpAddr::V4(Ipv4Addr::from(bytes::<4>(packet, at)?)));
    payload(*packet.get(9)?, address(12)?, address(16)?, packet.get(header..)?)
}

/// Of packets without extension headers: no probe and no answer has any.
fn ipv6(packet: &[u8]) -> Option<Seen> {
    let address = |at| Some(IpAddr::V6(Ipv6Addr::from(bytes::<16>(packet, at)?)));
    payload(*packet.get(6)?, address(8)?, address(24)?, packet.get(IPV6_HEADER..)?)
}

fn payload(protocol: u8, from: IpAddr, to: IpAddr, payload: &[u8]) -> Option<Seen> {
    let kind = match protocol {
        TCP if payload.get(13)? & FLAGS == SYN => Kind::Syn,
        TCP => Kind::Tcp,
        UDP => Kind::Udp,
        ICMPV6 if NEIGHBOUR_TYPES.contains(payload.first()?) => Kind::Neighbour,
        ICMP | ICMPV6 => Kind::Icmp,
        _ => Kind::Other,
    };
    let flow = match kind {
        Kind::Syn | Kind::Udp => Some(Flow {
            protocol,
            source: (from, word(payload, 0)?),
            destination: (to, word(payload, 2)?),
        }),
        _ => None,
    };
    Some(Seen { kind, flow })
}

fn bytes<const N: usize>(from: &[u8], at: usize) -> Option<[u8; N]> {
    from.get(at..at + N)?.try_into().ok()
}

fn word(from: &[u8], at: usize) -> Option<u16> {
    bytes(from, at).map(u16::from_be_bytes)
}

/// Frames for tests: what a wire looks at is real, the rest is zero.
#[cfg(test)]
pub(super) mod made {
    use super::{ARP, ETHERNET, IPV4, IPV6, IPV6_HEADER, TCP, UDP};

    pub(in crate::wire) fn arp() -> Vec<u8> {
        ethernet(ARP, &[0; 28])
    }

    pub(in crate::wire) fn tcp(flags: u8, from: u16, to: u16) -> Vec<u8> {
        let mut segment = ports(from, to, 20);
        segment[13] = flags;
        ethernet(IPV4, &v4(TCP, &segment))
    }

    pub(in crate::wire) fn udp(from: u16, to: u16) -> Vec<u8> {
        ethernet(IPV4, &v4(UDP, &ports(from, to, 8)))
    }

    pub(super) fn v6(protocol: u8, payload: &[u8]) -> Vec<u8> {
        let mut header = [0; IPV6_HEADER];
        header[6] = protocol;
        ethernet(IPV6, &[&header, payload].concat())
    }

    fn ports(from: u16, to: u16, length: usize) -> Vec<u8> {
        let mut header = [from.to_be_bytes(), to.to_be_bytes()].concat();
        header.resize(length, 0);
        header
    }

    fn v4(protocol: u8, payload: &[u8]) -> Vec<u8> {
        let mut header = [0; 20];
        header[0] = 0x45;
        header[9] = protocol;
        [&header, payload].concat()
    }

    fn ethernet(kind: u16, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![0; ETHERNET - 2];
        frame.extend(kind.to_be_bytes());
        frame.extend(payload);
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::{ICMPV6, Kind, SYN, Seen, made};

    #[test]
    fn only_the_first_segment_of_a_connection_is_a_syn() {
        let (syn, syn_ack, rst) = (SYN, SYN | 0b1_0000, 0b100);
        assert_eq!(Seen::of(&made::tcp(syn, 4000, 22)).kind, Kind::Syn);
        assert_eq!(Seen::of(&made::tcp(syn_ack, 22, 4000)).kind, Kind::Tcp);
        assert_eq!(Seen::of(&made::tcp(rst, 22, 4000)).kind, Kind::Tcp);
    }

    #[test]
    fn a_flow_is_told_apart_by_its_ports() {
        let flow = |from, to| Seen::of(&made::udp(from, to)).flow;
        assert_eq!(flow(1, 53), flow(1, 53));
        assert_ne!(flow(1, 53), flow(2, 53));
        assert_ne!(flow(1, 53), Seen::of(&made::tcp(SYN, 1, 53)).flow);
    }

    #[test]
    fn finding_the_neighbour_is_no_traffic() {
        assert_eq!(Seen::of(&made::arp()).kind, Kind::Neighbour);
        assert_eq!(Seen::of(&made::v6(ICMPV6, &[135, 0])).kind, Kind::Neighbour);
        assert_eq!(Seen::of(&made::v6(ICMPV6, &[1, 4])).kind, Kind::Icmp);
    }

    #[test]
    fn half_a_frame_is_read_without_harm() {
        let whole = made::tcp(SYN, 4000, 22);
        assert!(
            (0..whole.len()).all(|length| Seen::of(&whole[..length]).flow.is_none() || length > 47)
        );
    }
}
