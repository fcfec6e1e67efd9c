//! What the tests of this folder share: how a step is driven over a whole answer, and what must
//! hold for every step.

use crate::{Act, Context, Conversation, Step};
use klinke_shared::Recognition;
use std::net::{IpAddr, Ipv4Addr};

/// Answers of other kinds of service, which no step may take for its own (besides those it is of).
pub(super) const STRANGERS: [&[u8]; 8] = [
    b"HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nConnection: close\r\n\r\n<html></html>",
    b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n/ 1 100% hello 127.0.0.1\r\n",
    b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
    b"\x15\x03\x01\x00\x02\x02\x46",
    b"\x15\x03\x03\x00\x02\x02\x28",
    &[0; 64],
    &[0xff; 64],
    &[
        0x9d, 0x1b, 0x5e, 0x77, 0x02, 0xf3, 0x41, 0xa8, 0xc6, 0x0d, 0x30, 0xbb, 0x8e, 0x54, 0x19,
        0xe2, 0x6a, 0x93, 0x2f, 0xd0, 0x48, 0xb5, 0x7c, 0x01, 0xee, 0x36, 0x8b, 0xc4, 0x5d, 0xaf,
    ],
];

pub(super) fn context(step: &Step) -> Context {
    let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    Context {
        address,
        port: step.ports.first().copied().unwrap_or(1),
        token: *b"0123456789abcdef",
        now: 1_700_000_000,
    }
}

/// Everything a step says and what it knows in the end, when it hears these pieces.
pub(super) fn drive(step: &Step, pieces: &[&[u8]]) -> (Vec<Vec<u8>>, Option<Recognition>) {
    let mut talk: Box<dyn Conversation> = (step.begin)(&context(step));
    let mut said = Vec::new();
    let mut next = pieces.iter();
    let mut act = talk.start();
    // No step here has more to say than a handful of messages.
    for _ in 0..pieces.len() + 8 {
        match act {
            Act::Known(recognition) => return (said, Some(*recognition)),
            Act::Other => return (said, None),
            Act::Say(bytes) => said.push(bytes),
            Act::Listen => {}
        }
        act = match next.next() {
            Some(piece) => talk.hear(piece),
            None => talk.over(),
        };
    }
    panic!("{:?} does not come to an end", step.protocol)
}

/// What a step asks first.
pub(super) fn question(step: &Step) -> Vec<u8> {
    drive(step, &[]).0.first().cloned().unwrap_or_default()
}

/// What a step makes of an answer that comes in these pieces.
pub(super) fn tells(step: &Step, pieces: &[&[u8]]) -> Option<Recognition> {
    drive(step, pieces).1
}

/// What a step makes of its own protocol's answer, after checking that it holds when the answer
/// comes byte by byte, that a part of it is never taken for another protocol, and that no stranger
/// is taken for this one.
pub(super) fn known(step: &Step, pieces: &[&[u8]]) -> Recognition {
    let whole = pieces.concat();
    for length in 0..whole.len().min(4096) {
        if let Some(recognition) = tells(step, &[whole.get(..length).unwrap()]) {
            assert_eq!(recognition.protocol, Some(step.protocol), "of {length} bytes");
        }
    }
    let bytes: Vec<&[u8]> = whole.chunks(1).collect();
    let recognition = tells(step, pieces).expect("is not recognised");
    assert_eq!(tells(step, &bytes).and_then(|seen| seen.protocol), recognition.protocol);
    for stranger in STRANGERS {
        assert_eq!(tells(step, &[stranger]), None, "{}", String::from_utf8_lossy(stranger));
    }
    recognition
}

/// The names of a recognition: product, version and detail.
pub(super) fn names(recognition: &Recognition) -> (&str, &str, &str) {
    (
        recognition.product.as_deref().unwrap_or_default(),
        recognition.version.as_deref().unwrap_or_default(),
        recognition.detail.as_deref().unwrap_or_default(),
    )
}
