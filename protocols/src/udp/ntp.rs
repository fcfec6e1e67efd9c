//! NTP (RFC 5905): the question of a client for the time. Never modes 6 and 7, the questions about
//! the server and its peers, whose answers are long.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// No leap warning, version 4, mode 3: client (RFC 5905, 7.3).
const CLIENT: u8 = 0x23;
/// Mode 4: server.
const SERVER: u8 = 4;
/// The mode's bits of the first byte.
const MODE: u8 = 0x07;
/// The header without extensions (RFC 5905, 7.3).
const LENGTH: usize = 48;
/// Up to the transmit timestamp everything of a client's question may be zero.
const BEFORE_TRANSMIT: usize = 40;

/// The time.
pub(super) const TIME: Question =
    Question { protocol: Protocol::Ntp, ports: &[123], datagram: ask, read, from_any_port: false };

fn transmit(token: &Token) -> &[u8] {
    token.get(..LENGTH - BEFORE_TRANSMIT).unwrap_or_default()
}

fn ask(token: &Token) -> Vec<u8> {
    let mut question = vec![0; BEFORE_TRANSMIT];
    question.splice(..1, [CLIENT]);
    question.extend_from_slice(transmit(token));
    question
}

/// The origin timestamp of an answer is the question's transmit timestamp (RFC 5905, 8).
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    let (first, stratum) = (bytes.u8()?, bytes.u8()?);
    let version = (first >> 3) & 0x07;
    if first & MODE != SERVER || !(1..=4).contains(&version) || stratum > 16 {
        return None;
    }
    let (_poll_precision_delay_dispersion, reference) = (bytes.take(10)?, bytes.take(4)?);
    let (_updated, origin) = (bytes.u64()?, bytes.take(8)?);
    let (_received, _transmitted) = (bytes.u64()?, bytes.u64()?);
    (origin == transmit(token)).then(|| said_of(stratum, reference))
}

/// A clock of its own, or a refusal, has its name in the reference (RFC 5905, 7.3 and 7.4).
fn said_of(stratum: u8, reference: &[u8]) -> Recognition {
    let recognition = Recognition::of(Protocol::Ntp);
    let name = reference.split(|byte| *byte == 0).next().unwrap_or_default();
    let named = stratum <= 1 && !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    if named { recognition.detail(name) } else { recognition }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_is_a_client_s_with_a_random_timestamp() {
        let question = (TIME.datagram)(&TOKEN);
        assert_eq!(question.len(), 48);
        assert_eq!(question[0], 0x23);
        assert!(question[1..40].iter().all(|byte| *byte == 0));
        assert_eq!(&question[40..], b"KlinkeTe");
    }

    #[test]
    fn chrony_is_recognised() {
        let recognition = heard(&TIME, &seed("ntp/udp-chrony"), 48, true);
        assert_eq!(recognition, Recognition::of(Protocol::Ntp));
    }

    #[test]
    fn a_clock_of_its_own_or_a_refusal_says_its_name() {
        for (stratum, name) in [(1, b"DCFa"), (0, b"RATE")] {
            let mut answer = seed("ntp/udp-chrony");
            answer[1] = stratum;
            answer[12..16].copy_from_slice(name);
            let recognition = (TIME.read)(&TOKEN, &answer).unwrap();
            assert_eq!(names(&recognition), ["", "", str::from_utf8(name).unwrap()]);
        }
    }

    #[test]
    fn another_client_s_question_is_no_answer() {
        let mut answer = seed("ntp/udp-chrony");
        answer[0] = 0x23;
        assert_eq!((TIME.read)(&TOKEN, &answer), None);
    }
}
