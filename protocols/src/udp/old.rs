//! Old services that answer any datagram with text: characters (RFC 864) and the quote of the day
//! (RFC 865). The question is one byte, the least there is.

use super::{Question, Token};
use klinke_shared::{Protocol, Recognition};

/// Any datagram will do (RFC 864 and RFC 865).
const ANYTHING: &[u8] = b"\n";
/// The most that comes back (RFC 864 and RFC 865).
const LONGEST: usize = 512;
/// So many characters that follow each other are no accident.
const LEAST_IN_ORDER: usize = 20;
/// A shorter text is no quote.
const LEAST_QUOTE: usize = 12;
/// How other protocols begin that answer with text.
const OTHERS: [&[u8]; 6] = [b"HTTP/", b"SSH-", b"SIP/", b"RTSP/", b"220", b"ERROR"];

/// Characters.
pub(super) const CHARGEN: Question = Question {
    protocol: Protocol::Chargen,
    ports: &[19],
    datagram: |_| ANYTHING.to_vec(),
    read: read_characters,
    from_any_port: false,
};

/// A quote.
pub(super) const QOTD: Question = Question {
    protocol: Protocol::Qotd,
    ports: &[17],
    datagram: |_| ANYTHING.to_vec(),
    read: read_quote,
    from_any_port: false,
};

/// Printable characters in their order (RFC 864: “one popular pattern”), of which a random length
/// comes. A single piece of it is enough.
fn read_characters(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let is_text = bytes.iter().all(|byte| matches!(byte, b' '..=b'\x7f' | b'\r' | b'\n'));
    // After the last printable character comes the first one again.
    let follows = |two: &[u8]| match two {
        [b'~' | b'\x7f', b' ' | b'!'] => true,
        [first, second] => first.checked_add(1) == Some(*second),
        _ => false,
    };
    let line = bytes.split(|byte| *byte == b'\r').next()?;
    let in_order = line.len() >= LEAST_IN_ORDER && line.windows(2).all(follows);
    (is_text && in_order).then(|| Recognition::of(Protocol::Chargen))
}

/// A short text of words (RFC 865).
fn read_quote(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let text = str::from_utf8(bytes).ok()?;
    let is_text = text.chars().all(|c| !c.is_control() || c.is_ascii_whitespace());
    let is_other = OTHERS.iter().any(|start| bytes.starts_with(start));
    let has_words = text.split_whitespace().count() >= 3;
    let is_quote = (LEAST_QUOTE..=LONGEST).contains(&bytes.len()) && has_words;
    let is_pattern = read_characters(&[0; 16], bytes).is_some();
    (is_text && is_quote && !is_other && !is_pattern)
        .then(|| Recognition::of(Protocol::Qotd).detail(text))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn xinetd_sends_its_characters() {
        let recognition = heard(&CHARGEN, &seed("chargen/udp-xinetd"), LEAST_IN_ORDER, false);
        assert_eq!(recognition, Recognition::of(Protocol::Chargen));
        assert_eq!((QOTD.read)(&TOKEN, &seed("chargen/udp-xinetd")), None);
    }

    #[test]
    fn a_quote_is_a_quote() {
        let recognition = heard(&QOTD, &seed("qotd/udp-xinetd"), LEAST_QUOTE, false);
        let quote = "\"We must have faith in the things we know.\" -- Somebody";
        assert_eq!(names(&recognition), ["", "", quote]);
        assert_eq!((CHARGEN.read)(&TOKEN, &seed("qotd/udp-xinetd")), None);
    }

    #[test]
    fn the_pattern_goes_round() {
        assert!((CHARGEN.read)(&TOKEN, b"qrstuvwxyz{|}~ !\"#$%&'()*\r\n").is_some());
        assert_eq!((CHARGEN.read)(&TOKEN, b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"), None);
    }
}
