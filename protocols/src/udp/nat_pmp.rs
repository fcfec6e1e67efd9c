//! NAT-PMP (RFC 6886, 3.2) and its successor PCP (RFC 6887): asks a gateway for its outer address,
//! and whether it is there. Opens no port and closes none.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};
use std::net::Ipv4Addr;

/// Version 0, operation 0: the outer address (RFC 6886, 3.2).
const OUTER_ADDRESS: [u8; 2] = [0, 0];
/// A response has this bit (RFC 6886, 3; RFC 6887, 7.2).
const RESPONSE: u8 = 0x80;
/// The last of NAT-PMP's results (RFC 6886, 3.5).
const LAST_RESULT: u16 = 5;
/// Version 2, operation 0: announce, no lifetime (RFC 6887, 7.1 and 14.1). The client's address,
/// which is not known here, is left empty: that is an error which tells as much.
const ANNOUNCE: [u8; 24] = [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/// The last of PCP's results (RFC 6887, 7.4).
const LAST_PCP_RESULT: u8 = 13;
/// A PCP header (RFC 6887, 7.2).
const PCP_HEADER: usize = 24;

/// The outer address.
pub(super) const ADDRESS: Question = Question {
    protocol: Protocol::NatPmp,
    ports: &[5351],
    datagram: |_| OUTER_ADDRESS.to_vec(),
    read: read_address,
    from_any_port: false,
};

/// Whether a PCP server is there.
pub(super) const PCP: Question =
    Question { datagram: |_| ANNOUNCE.to_vec(), read: read_pcp, ..ADDRESS };

/// A response of exactly the documented form; an error has no address. One that speaks PCP only
/// says so with version 2 (RFC 6887, 9).
fn read_address(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&[0, RESPONSE])?;
    let (result, _seconds) = (bytes.u16()?, bytes.u32()?);
    let recognition = Recognition::of(Protocol::NatPmp);
    match (result, bytes.len()) {
        (0, 4) => Some(recognition.detail(Ipv4Addr::from(bytes.u32()?).to_string())),
        (1..=LAST_RESULT, 0 | 4) => Some(recognition),
        _ => None,
    }
}

fn read_pcp(_token: &Token, whole: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(whole);
    bytes.expect(&[2, RESPONSE, 0])?;
    let result = bytes.u8()?;
    let (_lifetime, _epoch) = (bytes.u32()?, bytes.u32()?);
    let is_whole =
        whole.len() >= PCP_HEADER && whole.len().is_multiple_of(4) && whole.len() <= 1100;
    let reserved = bytes.take(12)?;
    let is_plain = reserved.iter().all(|byte| *byte == 0) || result != 0;
    (result <= LAST_PCP_RESULT && is_whole && is_plain)
        .then(|| Recognition::of(Protocol::NatPmp).detail("PCP"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_questions_are_those_of_the_rfcs() {
        assert_eq!((ADDRESS.datagram)(&TOKEN), [0, 0]);
        let announce = (PCP.datagram)(&TOKEN);
        assert_eq!((announce[..4].to_vec(), announce.len()), (vec![2, 0, 0, 0], 24));
    }

    #[test]
    fn miniupnpd_tells_strangers_its_outer_address() {
        let answer = seed("nat-pmp/udp-miniupnpd");
        let recognition = heard(&ADDRESS, &answer, answer.len(), false);
        assert_eq!(names(&recognition), ["", "", "5.6.7.8"]);
    }

    #[test]
    fn miniupnpd_speaks_pcp() {
        let answer = seed("nat-pmp/udp-miniupnpd-pcp");
        let recognition = heard(&PCP, &answer, answer.len(), false);
        assert_eq!(names(&recognition), ["", "", "PCP"]);
        assert_eq!((ADDRESS.read)(&TOKEN, &answer), None);
    }

    #[test]
    fn a_refusal_has_no_address() {
        let refused = [0, 0x80, 0, 2, 0, 0, 0, 1];
        assert_eq!((ADDRESS.read)(&TOKEN, &refused), Some(Recognition::of(Protocol::NatPmp)));
        assert_eq!((ADDRESS.read)(&TOKEN, &[0, 0x80, 0, 9, 0, 0, 0, 1]), None);
    }
}
