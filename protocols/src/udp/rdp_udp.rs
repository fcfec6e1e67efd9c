//! Remote desktop over UDP (MS-RDPEUDP): the SYN with which its transport begins (3.1.5.1.1). It is
//! never acknowledged, so that nothing stands.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Nothing to acknowledge, a window of 64, SYN (MS-RDPEUDP, 2.2.2.1 and 3.1.5.1.1).
const SYN: [u8; 8] = [0xff, 0xff, 0xff, 0xff, 0, 64, 0, 1];
/// SYN and ACK (MS-RDPEUDP, 2.2.2.1).
const SYN_ACK: u16 = 0x0005;
/// The sizes that may be offered (MS-RDPEUDP, 2.2.2.5); a SYN is padded to the larger one.
const SIZES: std::ops::RangeInclusive<u16> = 1132..=1232;

/// The beginning of a transport.
pub(super) const TRANSPORT: Question =
    Question { protocol: Protocol::Rdp, ports: &[3389], datagram: ask, read, from_any_port: false };

fn sequence(token: &Token) -> &[u8] {
    token.get(..4).unwrap_or_default()
}

fn ask(token: &Token) -> Vec<u8> {
    let size = SIZES.end().to_be_bytes();
    let mut packet = [&SYN, sequence(token), &size, &size].concat();
    packet.resize(usize::from(*SIZES.end()), 0);
    packet
}

/// The answer acknowledges our first sequence number (MS-RDPEUDP, 3.1.5.1.3).
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(sequence(token))?;
    let (_window, flags) = (bytes.u16()?, bytes.u16()?);
    let (_sequence, up, down) = (bytes.u32()?, bytes.u16()?, bytes.u16()?);
    let is_answer = flags & SYN_ACK == SYN_ACK && SIZES.contains(&up) && SIZES.contains(&down);
    is_answer.then(|| Recognition::of(Protocol::Rdp))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard};
    use super::*;

    #[test]
    fn the_question_is_a_padded_syn() {
        let question = (TRANSPORT.datagram)(&TOKEN);
        assert_eq!(question[..16], *b"\xff\xff\xff\xff\0\x40\0\x01Klin\x04\xd0\x04\xd0");
        assert_eq!(question.len(), 1232);
    }

    #[test]
    fn the_documented_answer_is_recognised() {
        // MS-RDPEUDP, 4.1.2, with our sequence number; the documented zeros follow.
        let mut answer = b"Klin\x04\0\0\x05\0\0\0\x42\x04\xd0\x04\xd0".to_vec();
        answer.resize(1232, 0);
        assert_eq!(heard(&TRANSPORT, &answer, 16, true), Recognition::of(Protocol::Rdp));
    }

    #[test]
    fn sizes_that_may_not_be_offered_are_no_answer() {
        let answer = b"Klin\x04\0\0\x05\0\0\0\x42\x04\0\x04\0";
        assert_eq!((TRANSPORT.read)(&TOKEN, answer), None);
    }
}
