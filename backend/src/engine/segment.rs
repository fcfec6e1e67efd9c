//! TCP segments as bytes: the SYN that asks, and what of an answer or an ICMP error matters. Pure;
//! what comes in is hostile, so reading is total. The format is RFC 9293, 3.1; options RFC 9293, 3.2,
//! RFC 2018 and RFC 7323.

use klinke_protocols::Bytes;
use std::net::IpAddr;

const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const RST: u8 = 0x04;
const ACK: u8 = 0x10;
/// The number of TCP in IP headers.
const TCP: u8 = 6;
const HEADER: usize = 20;
/// Maximum segment size 1460, selective acknowledgement permitted, time stamps, no operation, window
/// scale 7: what Linux sends, so that nobody treats it differently.
const OPTIONS: usize = 20;
/// The length of a SYN.
pub(super) const LENGTH: usize = HEADER + OPTIONS;
const WINDOW: u16 = 64_240;
const KIND_TIME_STAMPS: u8 = 8;

/// Where a segment comes from and goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) from: IpAddr,
    pub(super) from_port: u16,
    pub(super) to: IpAddr,
    pub(super) to_port: u16,
}

/// A SYN with this sequence number and time stamp.
pub(super) fn syn(way: &Way, sequence: u32, stamp: u32) -> [u8; LENGTH] {
    let mut segment = [0; LENGTH];
    let words = [
        &way.from_port.to_be_bytes()[..],
        &way.to_port.to_be_bytes(),
        &sequence.to_be_bytes(),
        &[0; 4],
        &[(u8::try_from(LENGTH / 4).unwrap_or_default()) << 4, SYN],
        &WINDOW.to_be_bytes(),
        &[0; 4],
        &[2, 4, 0x05, 0xb4, 4, 2, KIND_TIME_STAMPS, 10],
        &stamp.to_be_bytes(),
        &[0; 4],
        &[1, 3, 3, 7],
    ];
    for (byte, value) in segment.iter_mut().zip(words.into_iter().flatten()) {
        *byte = *value;
    }
    let sum = checksum(way, &segment).to_be_bytes();
    segment[16..18].copy_from_slice(&sum);
    segment
}

/// What a host says to a SYN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// The port that answers.
    pub(super) port: u16,
    /// The port that asked.
    pub(super) asked_from: u16,
    /// The sequence number of the SYN that is answered.
    pub(super) sequence: u32,
    /// SYN/ACK; otherwise RST.
    pub(super) accepts: bool,
}

/// Reads an answer; nothing if it is none.
pub(super) fn answer(segment: &[u8]) -> Option<Answer> {
    let mut bytes = Bytes(segment);
    let (port, asked_from) = (bytes.u16()?, bytes.u16()?);
    let _sequence = bytes.u32()?;
    let acknowledged = bytes.u32()?;
    let (offset, flags) = (bytes.u8()?, bytes.u8()?);
    bytes.take(6)?;
    let accepts = match flags & (SYN | RST | ACK | FIN) {
        flags if flags == SYN | ACK => true,
        flags if flags == RST | ACK => false,
        _ => return None,
    };
    let is_whole = usize::from(offset >> 4) >= HEADER / 4;
    let sequence = acknowledged.wrapping_sub(1);
    is_whole.then_some(Answer { port, asked_from, sequence, accepts })
}

/// The segment in an IPv4 packet.
pub(super) fn in_ipv4(packet: &[u8]) -> Option<&[u8]> {
    let length = usize::from(packet.first()? & 0x0f) * 4;
    (length >= HEADER && packet.get(9) == Some(&TCP)).then(|| packet.get(length..))?
}

/// An ICMP error about one of our SYNs: its type and code, where the SYN went, and its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) kind: u8,
    pub(super) code: u8,
    pub(super) to: IpAddr,
    pub(super) from_port: u16,
    pub(super) to_port: u16,
    pub(super) sequence: u32,
}

/// Reads an ICMP error (RFC 792) that quotes a TCP segment.
pub(super) fn complaint_v4(message: &[u8]) -> Option<Complaint> {
    let mut bytes = Bytes(message);
    let (kind, code) = (bytes.u8()?, bytes.u8()?);
    bytes.take(6)?;
    let packet = bytes.0;
    let to: [u8; 4] = packet.get(16..20)?.try_into().ok()?;
    quoted(kind, code, to.into(), in_ipv4(packet)?)
}

/// Reads an ICMPv6 error (RFC 4443) that quotes a TCP segment right behind its IPv6 header.
pub(super) fn complaint_v6(message: &[u8]) -> Option<Complaint> {
    const IPV6_HEADER: usize = 40;
    let mut bytes = Bytes(message);
    let (kind, code) = (bytes.u8()?, bytes.u8()?);
    bytes.take(6)?;
    let header = bytes.take(IPV6_HEADER)?;
    let to: [u8; 16] = header.get(24..40)?.try_into().ok()?;
    (header.get(6) == Some(&TCP)).then(|| quoted(kind, code, to.into(), bytes.0))?
}

fn quoted(kind: u8, code: u8, to: IpAddr, segment: &[u8]) -> Option<Complaint> {
    let mut bytes = Bytes(segment);
    let (from_port, to_port, sequence) = (bytes.u16()?, bytes.u16()?, bytes.u32()?);
    Some(Complaint { kind, code, to, from_port, to_port, sequence })
}

/// The checksum over segment and pseudo-header (RFC 9293, 3.1; RFC 8200, 8.1).
fn checksum(way: &Way, segment: &[u8]) -> u16 {
    let length = u32::try_from(segment.len()).unwrap_or_default();
    let addresses = match (way.from, way.to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => sum(&from.octets()) + sum(&to.octets()),
        (IpAddr::V6(from), IpAddr::V6(to)) => sum(&from.octets()) + sum(&to.octets()),
        _ => 0,
    };
    let mut total = addresses + u32::from(TCP) + length + sum(segment);
    while total > 0xffff {
        total = (total & 0xffff) + (total >> 16);
    }
    !u16::try_from(total).unwrap_or_default()
}

fn sum(bytes: &[u8]) -> u32 {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let last = rest.first().map_or(0, |byte| u32::from(*byte) << 8);
    pairs.iter().map(|pair| u32::from(u16::from_be_bytes(*pair))).sum::<u32>() + last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WAY: Way = Way {
        from: IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 0, 2)),
        from_port: 40_000,
        to: IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 0, 1)),
        to_port: 443,
    };

    /// What a host would send back: ports the other way round, our number acknowledged.
    fn reply(flags: u8) -> Vec<u8> {
        let mut segment = syn(&WAY, 77, 0).to_vec();
        segment[0..2].copy_from_slice(&443_u16.to_be_bytes());
        segment[2..4].copy_from_slice(&40_000_u16.to_be_bytes());
        segment[8..12].copy_from_slice(&78_u32.to_be_bytes());
        segment[13] = flags;
        segment
    }

    #[test]
    fn the_checksum_of_a_syn_over_itself_is_zero() {
        let segment = syn(&WAY, 0x0102_0304, 9);
        assert_eq!(checksum(&WAY, &segment), 0);
        assert_eq!(&segment[..8], [0x9c, 0x40, 0x01, 0xbb, 1, 2, 3, 4]);
    }

    #[test]
    fn syn_ack_and_rst_are_told_apart_with_the_number_that_they_answer() {
        let accepted = answer(&reply(SYN | ACK)).unwrap();
        assert!(accepted.accepts);
        assert_eq!((accepted.port, accepted.asked_from), (443, 40_000));
        assert_eq!(accepted.sequence, 77);
        assert!(!answer(&reply(RST | ACK)).unwrap().accepts);
    }

    #[test]
    fn a_challenge_ack_and_our_own_syn_are_no_answers() {
        assert_eq!(answer(&reply(ACK)), None);
        assert_eq!(answer(&syn(&WAY, 77, 0)), None);
    }

    #[test]
    fn an_icmp_error_tells_which_question_it_is_about() {
        let mut message = vec![3, 13, 0, 0, 0, 0, 0, 0, 0x45];
        message.extend([0; 8]);
        message.extend([TCP, 0, 0, 192, 168, 0, 2, 192, 168, 0, 1]);
        message.extend(&syn(&WAY, 77, 0)[..8]);
        let complaint = complaint_v4(&message).unwrap();
        assert_eq!((complaint.kind, complaint.code, complaint.to), (3, 13, WAY.to));
        assert_eq!((complaint.from_port, complaint.to_port, complaint.sequence), (40_000, 443, 77));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_failing(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = (answer(&bytes), in_ipv4(&bytes), complaint_v4(&bytes), complaint_v6(&bytes));
        }
    }
}
