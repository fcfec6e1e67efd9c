//! memcached (its `doc/protocol.txt`, “UDP protocol”): asks for the version. Never `stats` and
//! never `get`, whose answers are long; stores nothing.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Note, Protocol, Recognition};

/// The first datagram of one, and the reserved field.
const ONLY: [u8; 6] = [0, 0, 0, 1, 0, 0];

/// The version.
pub(super) const VERSION: Question = Question {
    protocol: Protocol::Memcached,
    ports: &[11211],
    datagram: ask,
    read,
    from_any_port: false,
};

const fn request_id([first, second, ..]: &Token) -> [u8; 2] {
    [*first, *second]
}

fn ask(token: &Token) -> Vec<u8> {
    [&request_id(token)[..], &ONLY, b"version\r\n"].concat()
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&request_id(token))?;
    bytes.expect(&ONLY)?;
    let line = bytes.0.strip_suffix(b"\r\n")?;
    let recognition = Recognition::of(Protocol::Memcached).product("memcached");
    if let Some(version) = line.strip_prefix(b"VERSION ") {
        return Some(recognition.version(version).note(Note::NoPassword));
    }
    (line == b"ERROR").then_some(recognition)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_version_in_one_frame() {
        assert_eq!((VERSION.datagram)(&TOKEN), b"Kl\0\0\0\x01\0\0version\r\n");
    }

    #[test]
    fn memcached_says_its_version_to_everybody() {
        let recognition = heard_whole(&VERSION, &seed("memcached/udp-memcached"));
        assert_eq!(names(&recognition), ["memcached", "1.6.18", ""]);
        assert!(recognition.has(Note::NoPassword));
    }
}
