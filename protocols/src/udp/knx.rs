//! KNXnet/IP (ISO 22510; KNX 03/08/02 “Core”, 7.6.3): asks an interface to describe itself. Opens
//! no tunnel and touches no device on the bus.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Header length 6, version 1.0 (Core, 2.3).
const HEADER: [u8; 2] = [0x06, 0x10];
/// Description request, 14 bytes, and our endpoint: UDP over IPv4, no address, which means back to
/// where the question came from (Core, 7.6.3 and 8.6.2).
const REQUEST: [u8; 12] = [0x02, 0x03, 0x00, 0x0e, 0x08, 0x01, 0, 0, 0, 0, 0, 0];
/// Description response (Core, 7.6.4).
const RESPONSE: u16 = 0x0204;
/// The block about the device: its length and its type (Core, 7.5.4.2).
const DEVICE: [u8; 2] = [54, 0x01];
/// In that block, before the name: medium, status, address, project, serial, multicast and MAC.
const BEFORE_NAME: usize = 22;
/// The name, filled with zeros.
const NAME: usize = 30;

/// What the interface is.
pub(super) const DESCRIPTION: Question =
    Question { protocol: Protocol::Knx, ports: &[3671], datagram: ask, read, from_any_port: false };

fn ask(_token: &Token) -> Vec<u8> {
    [&HEADER[..], &REQUEST].concat()
}

/// The block about the device comes first (Core, 7.6.4).
fn read(_token: &Token, whole: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(whole);
    bytes.expect(&HEADER)?;
    let (service, length) = (bytes.u16()?, usize::from(bytes.u16()?));
    (service == RESPONSE && length == whole.len()).then_some(())?;
    bytes.expect(&DEVICE)?;
    bytes.take(BEFORE_NAME)?;
    let name = bytes.take(NAME)?.split(|byte| *byte == 0).next().unwrap_or_default();
    Some(Recognition::of(Protocol::Knx).detail(name))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_is_a_description_request() {
        assert_eq!((DESCRIPTION.datagram)(&TOKEN), b"\x06\x10\x02\x03\0\x0e\x08\x01\0\0\0\0\0\0");
    }

    #[test]
    fn knxd_says_its_name() {
        let answer = seed("knx/udp-knxd");
        let recognition = heard(&DESCRIPTION, &answer, answer.len(), false);
        assert_eq!(names(&recognition), ["", "", "KnxLab"]);
    }
}
