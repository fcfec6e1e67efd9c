//! A web server's answer, taken apart: status, header fields, body (RFC 9112). Judges nothing.

use crate::Bytes;
use std::borrow::Cow;

/// What every answer begins with (RFC 9112, 4).
pub(super) const MAGIC: &[u8] = b"HTTP/";

/// An answer.
#[derive(Debug, Default)]
pub(super) struct Answer<'a> {
    /// The status code.
    pub(super) status: u16,
    /// The header fields in their order, as far as they came whole.
    fields: Vec<(&'a [u8], &'a [u8])>,
    /// The body as far as it came; empty if it is compressed.
    pub(super) body: Cow<'a, [u8]>,
    /// Whether nothing more can come.
    pub(super) complete: bool,
}

impl<'a> Answer<'a> {
    /// Reads the answer at the beginning of `heard`, after any interim ones (RFC 9110, 15.2);
    /// nothing if the status line is not there as a whole.
    pub(super) fn read(heard: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(heard);
        loop {
            let status = status(line(&mut bytes)?)?;
            let mut answer = Self { status, ..Self::default() };
            let whole = answer.read_fields(&mut bytes);
            if !(100..200).contains(&status) || status == 101 || !whole {
                if whole {
                    answer.read_body(bytes.0);
                }
                return Some(answer);
            }
        }
    }

    /// The fields up to the empty line; whether that was there.
    fn read_fields(&mut self, bytes: &mut Bytes<'a>) -> bool {
        while let Some(line) = line(bytes) {
            if line.is_empty() {
                return true;
            }
            if let Some(colon) = line.iter().position(|byte| *byte == b':') {
                let (name, value) = line.split_at(colon);
                let value = value.get(1..).unwrap_or_default();
                self.fields.push((name.trim_ascii(), value.trim_ascii()));
            }
        }
        false
    }

    fn read_body(&mut self, rest: &'a [u8]) {
        let length = self.field("content-length").and_then(number);
        let chunked = self.field("transfer-encoding").is_some_and(|value| has(value, "chunked"));
        let empty = matches!(self.status, 204 | 304);
        (self.body, self.complete) = if chunked {
            let (body, complete) = dechunk(rest);
            (Cow::Owned(body), complete)
        } else {
            (Cow::Borrowed(rest), empty || length.is_some_and(|length| rest.len() >= length))
        };
        if self.field("content-encoding").is_some_and(|value| !has(value, "identity")) {
            self.body = Cow::Borrowed(&[]);
        }
    }

    /// The values of a field, whose name is given in small letters.
    pub(super) fn fields(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let same = move |(found, _): &&(&[u8], &[u8])| found.eq_ignore_ascii_case(name.as_bytes());
        self.fields.iter().filter(same).map(|(_, value)| *value)
    }

    /// The first value of a field.
    pub(super) fn field(&self, name: &str) -> Option<&'a [u8]> {
        self.fields(name).next()
    }
}

/// The next line without its end. A lone line feed ends it too (RFC 9112, 2.2).
fn line<'a>(bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let line = bytes.until(b'\n')?;
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

/// The code of a status line (RFC 9112, 4).
fn status(line: &[u8]) -> Option<u16> {
    let mut bytes = Bytes(line);
    bytes.expect(MAGIC)?;
    let [major, b'.', minor, b' '] = bytes.array()? else { return None };
    let code = number(bytes.take(3)?)?;
    let ends = bytes.u8().is_none_or(|next| next == b' ');
    let valid = major == b'1' && minor.is_ascii_digit() && ends && (100..600).contains(&code);
    valid.then(|| u16::try_from(code).ok())?
}

fn number(digits: &[u8]) -> Option<usize> {
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| std::str::from_utf8(digits).ok()?.parse().ok())?
}

/// The body in its chunks (RFC 9112, 7.1) put together, and whether the last one came.
fn dechunk(rest: &[u8]) -> (Vec<u8>, bool) {
    let mut bytes = Bytes(rest);
    let mut body = Vec::new();
    while let Some(line) = line(&mut bytes) {
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(digits).ok();
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else { break };
        if size == 0 {
            return (body, true);
        }
        body.extend_from_slice(bytes.take(size.min(bytes.len())).unwrap_or_default());
        bytes.take(2);
    }
    (body, false)
}

/// Whether a text contains another, no matter in which case its ASCII letters are.
pub(super) fn has(text: &[u8], part: &str) -> bool {
    find(text, part).is_some()
}

/// Where a text contains another, no matter in which case its ASCII letters are.
pub(super) fn find(text: &[u8], part: &str) -> Option<usize> {
    let part = part.as_bytes();
    text.windows(part.len().max(1)).position(|window| window.eq_ignore_ascii_case(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_fields_and_body_are_taken_apart() {
        let answer = Answer::read(
            b"HTTP/1.1 200 OK\r\nServer: a\r\nX: 1\nx:2\r\nContent-Length: 2\r\n\r\nok",
        )
        .unwrap();
        assert_eq!((answer.status, answer.complete), (200, true));
        assert_eq!(answer.fields("x").collect::<Vec<_>>(), [b"1", b"2"]);
        assert_eq!(*answer.body, *b"ok");
    }

    #[test]
    fn an_interim_answer_is_skipped() {
        let answer = Answer::read(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404\r\n\r\n").unwrap();
        assert_eq!(answer.status, 404);
    }

    #[test]
    fn chunks_are_put_together() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let whole = format!("{head}3\r\n<ti\r\n4;x=y\r\ntle>\r\n0\r\n\r\n");
        let answer = Answer::read(whole.as_bytes()).unwrap();
        assert_eq!((&*answer.body, answer.complete), (&b"<title>"[..], true));
        let cut = format!("{head}ffffffffffffffff\r\n<ti");
        let answer = Answer::read(cut.as_bytes()).unwrap();
        assert_eq!((&*answer.body, answer.complete), (&b"<ti"[..], false));
    }

    #[test]
    fn a_compressed_body_is_not_read() {
        let answer =
            Answer::read(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b").unwrap();
        assert!(answer.body.is_empty());
    }

    #[test]
    fn other_protocols_of_the_same_form_are_not_http() {
        for other in [
            "RTSP/1.0 200 OK\r\n\r\n",
            "SIP/2.0 400 Bad Request\r\n\r\n",
            "ICY 200 OK\r\n\r\n",
            "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/2 200\r\n\r\n",
            "HTTP/1.1 200 OK",
        ] {
            assert!(Answer::read(other.as_bytes()).is_none(), "{other}");
        }
    }
}
