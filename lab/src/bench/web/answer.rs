//! One request and its answer, each over a connection of its own (RFC 9112). It reads no more of HTTP than
//! our servers send, and does not know what is asked.

use anyhow::{Context as _, Result};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any answer takes, and shorter than a person waits.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is asked.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    pub(super) headers: &'a [(&'static str, &'static str)],
    pub(super) body: String,
}

/// What is answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The names in small letters.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Asks, and reads the whole answer.
pub(super) fn ask(server: SocketAddr, request: &Request) -> Result<Answer> {
    let mut stream = TcpStream::connect(server).with_context(|| format!("no way to {server}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.written(server).as_bytes()).context("the request was not taken")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).context("the answer broke off")?;
    Answer::read(&bytes).context("what came is no answer")
}

impl Request<'_> {
    fn written(&self, server: SocketAddr) -> String {
        let Self { method, path, headers, body } = self;
        let length = body.len();
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {server}\r\n");
        for (name, value) in *headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let _ = write!(text, "content-length: {length}\r\nconnection: close\r\n\r\n{body}");
        text
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let (head, body) = bytes.split_at_checked(end)?;
        let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let headers = lines.map(header).collect::<Option<Vec<_>>>()?;
        let answer = Self { status, headers, body: body.get(4..)?.to_vec() };
        let is_whole = |length: &str| length.parse() == Ok(answer.body.len());
        answer.header("content-length").is_none_or(is_whole).then_some(answer)
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn an_answer_has_a_status_headers_and_a_body() {
        let answer =
            Answer::read(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b: c\r\n\r\nhi").unwrap();
        assert_eq!((answer.status, &answer.body[..]), (200, &b"hi"[..]));
        assert_eq!(answer.header("x-a"), Some("b: c"));
    }

    #[test]
    fn half_an_answer_is_none() {
        assert_eq!(Answer::read(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh"), None);
        assert_eq!(Answer::read(b"HTTP/1.1 200 OK\r\nContent-Len"), None);
        assert_eq!(Answer::read(b""), None);
    }
}
