//! `BitTorrent`'s distributed table (BEP 5, “ping”): asks a node for its number, read-only (BEP
//! 43), so that it does not remember us. Looks up no torrent.

use super::{Question, Token};
use klinke_shared::{Protocol, Recognition};

/// Up to our number of 20 bytes.
const BEFORE: &[u8] = b"d1:ad2:id20:";
/// What fills the token up to 20 bytes.
const FILL: &[u8] = b"knok";
/// A ping, read-only, whose transaction of four bytes follows.
const PING: &[u8] = b"e1:q4:ping2:roi1e1:t4:";
/// The end of a query.
const QUERY: &[u8] = b"1:y1:qe";
/// How programs sign (BEP 20), which the answer's `v` carries too.
const PROGRAMS: &[(&[u8], &str)] = &[
    (b"TR", "Transmission"),
    (b"UT", "uTorrent"),
    (b"LT", "libtorrent"),
    (b"lt", "libTorrent"),
    (b"A2", "aria2"),
];

/// Whether a node is there.
pub(super) const PING_NODE: Question = Question {
    protocol: Protocol::Bittorrent,
    ports: &[6881, 51_413],
    datagram: ask,
    read,
    from_any_port: false,
};

fn transaction(token: &Token) -> &[u8] {
    token.get(..4).unwrap_or_default()
}

fn ask(token: &Token) -> Vec<u8> {
    [BEFORE, token, FILL, PING, transaction(token), QUERY].concat()
}

/// A dictionary with our transaction that is a response with a node's number.
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let inside = bytes.strip_prefix(b"d")?.strip_suffix(b"1:y1:re")?;
    let ours = [b"1:t4:", transaction(token)].concat();
    (find(inside, &ours).is_some() && find(inside, b"2:id20:").is_some()).then_some(())?;
    let program = find(inside, b"1:v4:").and_then(|place| inside.get(place + 5..));
    let recognition = Recognition::of(Protocol::Bittorrent);
    let named = PROGRAMS.iter().find(|(sign, _)| program.is_some_and(|v| v.starts_with(sign)));
    Some(match named {
        Some((_, name)) => recognition.product(name),
        None => recognition,
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_the_ping_of_bep_5() {
        let asked = b"d1:ad2:id20:KlinkeTestToken!knoke1:q4:ping2:roi1e1:t4:Klin1:y1:qe";
        assert_eq!((PING_NODE.datagram)(&TOKEN), asked);
    }

    #[test]
    fn transmission_is_a_node() {
        let recognition = heard_whole(&PING_NODE, &seed("bittorrent/udp-transmission"));
        assert_eq!(recognition.protocol, Some(Protocol::Bittorrent));
    }

    #[test]
    fn a_program_that_signs_is_named() {
        let answer = b"d1:rd2:id20:mnopqrstuvwxyz123456e1:t4:Klin1:v4:LT\x01\x021:y1:re";
        assert_eq!(names(&heard_whole(&PING_NODE, answer)), ["libtorrent", "", ""]);
    }
}
