//! TFTP (RFC 1350): asks for a file that nobody has, because there is no smaller question. Fetches
//! no file that exists and writes none.

use super::{Question, Token, hex};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Read request (RFC 1350, 5).
const READ: [u8; 2] = [0, 1];
/// Data (RFC 1350, 5).
const DATA: u16 = 3;
/// Error (RFC 1350, 5).
const ERROR: u16 = 5;
/// The last of the error codes (RFC 2347: option negotiation).
const LAST_ERROR: u16 = 8;
/// A block has at most so many bytes (RFC 1350, 2).
const BLOCK: usize = 512;

/// A file that nobody has.
pub(super) const MISSING_FILE: Question = Question {
    protocol: Protocol::Tftp,
    ports: &[69],
    datagram: ask,
    read,
    // RFC 1350, 4: every transfer has a port of its own.
    from_any_port: true,
};

fn ask(token: &Token) -> Vec<u8> {
    let name = hex(token.get(..4).unwrap_or_default());
    [&READ, b"klinke-".as_slice(), name.as_bytes(), b"\0octet\0"].concat()
}

/// An error with its text, or the first block of a server that has an answer to every name.
fn read(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    let recognition = Recognition::of(Protocol::Tftp);
    match (bytes.u16()?, bytes.u16()?) {
        (ERROR, 0..=LAST_ERROR) => {
            let text = bytes.until(0)?;
            let printable = text.iter().all(|byte| (b' '..=b'~').contains(byte));
            (printable && bytes.is_empty()).then(|| recognition.detail(text))
        }
        (DATA, 1) => (bytes.len() <= BLOCK).then_some(recognition),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names, seed};
    use super::*;

    #[test]
    fn the_question_is_a_read_request() {
        assert_eq!((MISSING_FILE.datagram)(&TOKEN), b"\0\x01klinke-4b6c696e\0octet\0");
    }

    #[test]
    fn tftpd_hpa_and_atftpd_miss_the_file() {
        for file in ["tftp/udp-tftpd-hpa", "tftp/udp-atftpd"] {
            let answer = seed(file);
            let recognition = heard(&MISSING_FILE, &answer, answer.len(), false);
            assert_eq!(names(&recognition), ["", "", "File not found"]);
        }
    }

    #[test]
    fn only_a_first_block_and_a_printable_error_are_answers() {
        let read = |bytes: &[u8]| (MISSING_FILE.read)(&TOKEN, bytes);
        assert_eq!(read(b"\0\x03\0\x01content"), Some(Recognition::of(Protocol::Tftp)));
        assert_eq!(read(b"\0\x03\0\x02content"), None);
        assert_eq!(read(b"\0\x05\0\x09text\0"), None);
        assert_eq!(read(b"\0\x05\0\x01te\x07xt\0"), None);
        assert_eq!(read(b"\0\x05\0\x01text\0more"), None);
    }
}
