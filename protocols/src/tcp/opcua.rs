//! OPC UA: says hello and reads the acknowledgement (OPC 10000-6, 7.1.2.3 to 7.1.2.5). Opens no
//! channel and no session.

use crate::{Bytes, Context, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};
use std::net::SocketAddr;

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::OpcUa,
    ports: &[4840, 48010, 53530],
    listens: false,
    begin: |context| Box::new(Exchange::ask(hello(context), read)),
};

/// The smallest buffer that the specification allows.
const BUFFER: u32 = 8192;
/// Kind and length, then version, two buffers and two limits.
const FIXED: u32 = 32;
const ACKNOWLEDGED: &[u8] = b"ACKF";
const ACKNOWLEDGED_LENGTH: u32 = 28;
const ERROR: &[u8] = b"ERRF";
/// An error has a number and a reason of at most 4096 bytes (7.1.2.5).
const LONGEST_ERROR: u32 = 16 + 4096;
/// Codes of errors have their highest bit set (OPC 10000-4, 7.39).
const BAD: u32 = 0x8000_0000;

fn hello(context: &Context) -> Vec<u8> {
    let url = format!("opc.tcp://{}/", SocketAddr::new(context.address, context.port));
    let length = u32::try_from(url.len()).unwrap_or_default();
    // No limit for the number and the size of messages.
    let words = [0, BUFFER, BUFFER, 0, 0, length];
    let mut hello = b"HELF".to_vec();
    hello.extend((FIXED + length).to_le_bytes());
    hello.extend(words.into_iter().flat_map(u32::to_le_bytes));
    hello.extend(url.into_bytes());
    hello
}

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    let Some(kind) = bytes.take(4) else {
        let begins = ACKNOWLEDGED.starts_with(heard) || ERROR.starts_with(heard);
        return if begins { more } else { Reading::Other };
    };
    let Some(length) = bytes.u32_le().filter(|_| [ACKNOWLEDGED, ERROR].contains(&kind)) else {
        return if heard.len() < 8 && [ACKNOWLEDGED, ERROR].contains(&kind) {
            more
        } else {
            Reading::Other
        };
    };
    let fits = match kind {
        ACKNOWLEDGED => length == ACKNOWLEDGED_LENGTH,
        _ => (16..=LONGEST_ERROR).contains(&length),
    };
    if !fits {
        return Reading::Other;
    }
    let rest = usize::try_from(length).unwrap_or(usize::MAX).saturating_sub(8);
    let Some(content) = bytes.take(rest) else { return more };
    let known = Recognition::of(Protocol::OpcUa);
    match (kind, Bytes(content)) {
        (ACKNOWLEDGED, _) => Reading::known(known),
        (_, mut content) => match content.u32_le().zip(content.u32_le()) {
            Some((code, _)) if code & BAD != 0 => Reading::known(known.detail(content.0)),
            _ => Reading::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = question(&STEP);
        assert!(question.starts_with(b"HELF\x39\0\0\0\0\0\0\0\0\x20\0\0\0\x20\0\0"));
        assert!(question.ends_with(b"\x19\0\0\0opc.tcp://192.0.2.1:4840/"));
        assert_eq!(question.len(), 0x39);
    }

    #[test]
    fn the_server_of_asyncua_acknowledges() {
        let answer = b"ACKF\x1c\0\0\0\0\0\0\0\0\x20\0\0\0\x20\0\0\0\0\x40\x06\x41\x06\0\0";
        assert_eq!(names(&known(&STEP, &[answer])), ("", "", ""));
    }

    #[test]
    fn an_error_is_read() {
        let answer = b"ERRF\x13\0\0\0\0\0\x83\x80\x03\0\0\0url";
        assert_eq!(names(&known(&STEP, &[answer])).2, "url");
    }

    #[test]
    fn another_length_is_refused() {
        assert_eq!(
            tells(&STEP, &[b"ACKF\x1d\0\0\0\0\0\0\0\0\x20\0\0\0\x20\0\0\0\0\0\0\0\0\0\0\0"]),
            None
        );
    }
}
