//! Replies of three digits and a text, of one or several lines, as FTP and SMTP give them
//! (RFC 959, 4.2; RFC 5321, 4.2.1). Knows neither.

use super::text;

/// One complete reply.
pub(super) struct Reply<'a> {
    /// Its three digits.
    pub(super) code: &'a [u8],
    /// Its lines without the digits.
    pub(super) lines: Vec<&'a [u8]>,
    /// What was heard after it.
    pub(super) rest: &'a [u8],
}

impl<'a> Reply<'a> {
    /// The first reply in these bytes; nothing until it is complete.
    pub(super) fn read(heard: &'a [u8]) -> Option<Self> {
        let (code, _) = heard.split_at_checked(3)?;
        if !code.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut lines = Vec::new();
        let mut rest = heard;
        loop {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let (line, after) = rest.split_at_checked(end + 1)?;
            rest = after;
            let line = text::trimmed(line);
            let words = line.strip_prefix(code);
            lines.push(words.and_then(|words| words.get(1..)).unwrap_or(line));
            if words.is_some_and(|words| words.first().is_none_or(|next| *next == b' ')) {
                return Some(Self { code, lines, rest });
            }
            if lines.len() == 1 && !words.is_some_and(|words| words.starts_with(b"-")) {
                return None;
            }
        }
    }

    /// All its lines as one.
    pub(super) fn text(&self) -> Vec<u8> {
        self.lines.join(&b' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_of_several_lines_ends_with_its_digits_and_a_space() {
        let reply = Reply::read(b"220-one\r\n two\r\n220 three\r\nrest").unwrap();
        assert_eq!((reply.code, reply.rest), (&b"220"[..], &b"rest"[..]));
        assert_eq!(reply.text(), b"one two three");
    }

    #[test]
    fn what_is_incomplete_or_no_reply_is_none() {
        for bytes in [&b"220-one\r\n220-two\r\n"[..], b"220", b"220x\r\n", b"22 one\r\n", b""] {
            assert!(Reply::read(bytes).is_none(), "{bytes:?}");
        }
    }
}
