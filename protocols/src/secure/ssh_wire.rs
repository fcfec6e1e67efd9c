//! The packets of an SSH connection in both directions, in the clear and then sealed (RFC 4253 6).
//! Knows no message.

use super::ssh_cipher::{Sealed, framed, unpadded};
use crate::MOST_HEARD;

/// Packets in the clear are a multiple of this, with their length (RFC 4253 6).
const BLOCK: usize = 8;
/// The length of a packet comes first.
const LENGTH: usize = 4;
/// More packets than a log-in that is refused can have. A server could otherwise keep sending
/// those that have to be ignored.
const MOST_PACKETS: u32 = 64;

/// What comes next of what was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Not all of it is here yet.
    More,
    /// It is no packet of this connection, or too much was said.
    Broken,
    /// The payload of a packet.
    Payload(Vec<u8>),
}

/// A connection after its greetings.
#[derive(Default)]
pub(super) struct Wire {
    heard: Vec<u8>,
    received: u32,
    sent: u32,
    incoming: Option<Sealed>,
    outgoing: Option<Sealed>,
}

impl Wire {
    /// Keeps what came in.
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    /// From now on, packets that come in are sealed.
    pub(super) fn open_with(&mut self, sealed: Sealed) {
        self.incoming = Some(sealed);
    }

    /// From now on, packets that go out are sealed.
    pub(super) fn seal_with(&mut self, sealed: Sealed) {
        self.outgoing = Some(sealed);
    }

    /// A packet with this payload.
    pub(super) fn say(&mut self, payload: &[u8]) -> Vec<u8> {
        let number = self.sent;
        self.sent = number.wrapping_add(1);
        let Some(sealed) = &mut self.outgoing else { return framed(payload, BLOCK, LENGTH) };
        sealed.seal(number, payload).unwrap_or_default()
    }

    /// The next packet.
    pub(super) fn next(&mut self) -> Next {
        let Some(start) = self.heard.first_chunk() else { return Next::More };
        let length = match &self.incoming {
            Some(sealed) => sealed.whole_length(self.received, *start),
            None => plain_length(*start),
        };
        let Some(length) = length.filter(|_| self.received < MOST_PACKETS) else {
            return Next::Broken;
        };
        if length > self.heard.len() {
            return if self.heard.len() < MOST_HEARD { Next::More } else { Next::Broken };
        }
        let mut packet: Vec<u8> = self.heard.drain(..length).collect();
        let payload = match &mut self.incoming {
            Some(sealed) => sealed.open(self.received, &mut packet),
            None => packet.get(LENGTH..).and_then(unpadded),
        };
        self.received += 1;
        payload.map_or(Next::Broken, Next::Payload)
    }
}

/// How long a packet in the clear is, with its length.
fn plain_length(start: [u8; LENGTH]) -> Option<usize> {
    let length = usize::try_from(u32::from_be_bytes(start)).ok()?;
    (length <= MOST_HEARD - LENGTH).then_some(LENGTH + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secure::ssh_cipher::Cipher;

    #[test]
    fn packets_are_found_however_they_are_cut() {
        let mut ours = Wire::default();
        let mut bytes = [ours.say(b"first"), ours.say(b"second")].concat();
        ours.seal_with(Sealed::new(Cipher::Chacha, &[1; 64], &[2; 64]).unwrap());
        bytes.extend(ours.say(b"third"));
        let mut theirs = Wire::default();
        let mut payloads = Vec::new();
        for byte in bytes {
            theirs.hear(&[byte]);
            while let Next::Payload(payload) = theirs.next() {
                payloads.push(payload);
                if payloads.len() == 2 {
                    let sealed = Sealed::new(Cipher::Chacha, &[1; 64], &[2; 64]).unwrap();
                    theirs.open_with(sealed);
                }
            }
        }
        assert_eq!(payloads, [&b"first"[..], b"second", b"third"]);
    }

    #[test]
    fn a_packet_that_is_too_long_or_one_too_many_ends_it() {
        let mut wire = Wire::default();
        wire.hear(b"HTTP/1.1 400 Bad Request\r\n");
        assert_eq!(wire.next(), Next::Broken);
        let (mut wire, mut other) = (Wire::default(), Wire::default());
        for _ in 0..MOST_PACKETS {
            wire.hear(&other.say(b"\x02"));
            assert!(matches!(wire.next(), Next::Payload(_)));
        }
        wire.hear(&other.say(b"\x02"));
        assert_eq!(wire.next(), Next::Broken);
    }

    #[test]
    fn memory_stays_bounded() {
        let mut wire = Wire::default();
        wire.hear(&vec![0; 10 * MOST_HEARD]);
        assert_eq!(wire.heard.len(), MOST_HEARD);
    }
}
