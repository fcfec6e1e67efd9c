//! PPTP: asks for a control connection and reads who answers (RFC 2637, 2.1 and 2.2). No call
//! follows, so nobody logs in.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Pptp,
    ports: &[1723],
    listens: false,
    begin: |_| Box::new(Exchange::ask(question(), read)),
};

/// Length 156, a control message, the magic cookie.
const HEAD: &[u8] = b"\0\x9c\0\x01\x1a\x2b\x3c\x4d";
const LENGTH: usize = 156;
/// Request, version 1.0; both kinds of framing and of bearer; any number of channels; revision 1.
const REQUEST: &[u8] = b"\0\x01\0\0\x01\0\0\0\0\0\0\x03\0\0\0\x03\xff\xff\0\x01";
const REPLY: u16 = 2;
/// Host and maker have so much room each.
const NAME_LENGTH: usize = 64;
const NAME: &[u8] = b"klinke";

fn question() -> Vec<u8> {
    let mut question = [HEAD, REQUEST].concat();
    for _ in 0..2 {
        question.extend_from_slice(NAME);
        question.resize(question.len() + NAME_LENGTH - NAME.len(), 0);
    }
    question
}

fn read(heard: &[u8], over: bool) -> Reading {
    if heard.len() < LENGTH {
        let begins = heard.starts_with(HEAD) || HEAD.starts_with(heard);
        return if begins && !over { Reading::More } else { Reading::Other };
    }
    reply(Bytes(heard)).map_or(Reading::Other, Reading::known)
}

fn reply(mut bytes: Bytes) -> Option<Recognition> {
    bytes.expect(HEAD)?;
    if bytes.u16()? != REPLY {
        return None;
    }
    // Reserved and version, result and error, framing, bearer and channels.
    bytes.take(4)?;
    let result = bytes.u8().filter(|result| (1..=5).contains(result))?;
    bytes.take(11)?;
    let revision = bytes.u16()?;
    let (host, maker) = (name(bytes.take(NAME_LENGTH)?), name(bytes.take(NAME_LENGTH)?));
    let known = Recognition::of(Protocol::Pptp).product(maker).detail(host);
    // A refusal leaves the revision empty.
    Some(if result == 1 && revision != 0 { known.version(revision.to_string()) } else { known })
}

/// Up to its first zero.
fn name(room: &[u8]) -> &[u8] {
    room.split(|byte| *byte == 0).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, tells};

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = question();
        assert_eq!(question.len(), LENGTH);
        assert!(question.starts_with(b"\0\x9c\0\x01\x1a\x2b\x3c\x4d\0\x01\0\0\x01\0\0\0"));
    }

    #[test]
    fn poptop_of_debian_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/pptp/poptop")]);
        assert_eq!(names(&recognition), ("linux", "1", "local"));
    }

    #[test]
    fn an_echo_of_the_question_is_refused() {
        assert_eq!(tells(&STEP, &[&question()]), None);
    }
}
