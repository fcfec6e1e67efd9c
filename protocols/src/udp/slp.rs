//! The Service Location Protocol 2 (RFC 2608, 8.1): asks for the agent itself. Never for the list
//! of services, whose answer may be long, and registers nothing.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Version 2 (RFC 2608, 8).
const VERSION: u8 = 2;
/// Service request (RFC 2608, 8.1).
const REQUEST: u8 = 1;
/// Service reply, directory agent and service agent advertisement (RFC 2608, 8.2, 8.5 and 8.6).
const REPLIES: [u8; 3] = [2, 8, 11];
/// No flags, no extension (RFC 2608, 8).
const PLAIN: [u8; 5] = [0; 5];
/// The language (RFC 2608, 8).
const ENGLISH: &[u8] = b"\0\x02en";
/// No previous responders; the type; and no scope, predicate and security (RFC 2608, 8.1 and 11.2).
const AGENT: &[u8] = b"\0\0\0\x15service:service-agent\0\0\0\0\0\0";
/// Before the language: version, function, length, flags, extension and number.
const HEADER: usize = 12;

/// The agent itself.
pub(super) const AGENTS: Question =
    Question { protocol: Protocol::Slp, ports: &[427], datagram: ask, read, from_any_port: false };

const fn number([first, second, ..]: &Token) -> [u8; 2] {
    [*first, *second]
}

fn ask(token: &Token) -> Vec<u8> {
    let length = u8::try_from(HEADER + ENGLISH.len() + AGENT.len()).unwrap_or(u8::MAX);
    let start = [VERSION, REQUEST, 0, 0, length];
    [&start[..], &PLAIN, &number(token), ENGLISH, AGENT].concat()
}

/// The number is repeated (RFC 2608, 8).
fn read(token: &Token, whole: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(whole);
    let (version, function, length) = (bytes.u8()?, bytes.u8()?, bytes.u24()?);
    let is_whole = usize::try_from(length).is_ok_and(|length| length == whole.len());
    (version == VERSION && REPLIES.contains(&function) && is_whole).then_some(())?;
    let (_flags, _extension) = (bytes.u16()?, bytes.u24()?);
    bytes.expect(&number(token))?;
    let language = usize::from(bytes.u16()?);
    bytes.take(language)?;
    let address = address(function, bytes).unwrap_or_default();
    Some(Recognition::of(Protocol::Slp).detail(address))
}

/// The URL in an advertisement (RFC 2608, 8.5 and 8.6).
fn address(function: u8, mut bytes: Bytes<'_>) -> Option<&[u8]> {
    match function {
        // Error, and when the directory agent began.
        8 => bytes.take(6)?,
        11 => &[],
        _ => return None,
    };
    let length = usize::from(bytes.u16()?);
    bytes.take(length)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names};
    use super::*;

    #[test]
    fn the_question_is_a_service_request_for_the_agent() {
        let asked =
            b"\x02\x01\0\0\x2f\0\0\0\0\0Kl\0\x02en\0\0\0\x15service:service-agent\0\0\0\0\0\0";
        assert_eq!((AGENTS.datagram)(&TOKEN), asked);
    }

    #[test]
    fn an_agent_says_its_address() {
        // RFC 2608, 8.6: an advertisement without attributes.
        let answer = b"\x02\x0b\0\0\x3f\0\0\0\0\0Kl\0\x02en\0\x22\
            service:service-agent://192.0.2.10\0\x07DEFAULT\0\0";
        let mut answer = answer.to_vec();
        answer[4] = u8::try_from(answer.len()).unwrap();
        let recognition = heard_whole(&AGENTS, &answer);
        assert_eq!(names(&recognition), ["", "", "service:service-agent://192.0.2.10"]);
    }

    #[test]
    fn a_refusal_in_a_service_reply_is_an_answer() {
        // RFC 2608, 8.2: error 4 (scope not supported), no entries.
        let answer = b"\x02\x02\0\0\x14\0\0\0\0\0Kl\0\x02en\0\x04\0\0";
        assert_eq!(heard_whole(&AGENTS, answer), Recognition::of(Protocol::Slp));
    }
}
