//! SLP over TCP: asks for the kinds of service that are announced (RFC 2608, 10.1 and 10.2).
//! Registers nothing.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Slp,
    ports: &[427],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// Version 2, service type request, 29 bytes, number `Kl`, English; no previous responders, all
/// naming authorities, the scope that everybody has.
const QUESTION: &[u8] = b"\x02\x09\0\0\x1d\0\0\0\0\0Kl\0\x02en\0\0\xff\xff\0\x07DEFAULT";
/// Version and service type reply.
const ANSWER: &[u8] = b"\x02\x0a";
const LONGEST: u32 = 8192;
/// RFC 2608, 7: the errors up to “request not supported”.
const LAST_ERROR: u16 = 14;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    if bytes.expect(ANSWER).is_none() {
        return if ANSWER.starts_with(heard) { more } else { Reading::Other };
    }
    let Some(length) = bytes.u24() else { return more };
    if !(18..=LONGEST).contains(&length) {
        return Reading::Other;
    }
    let rest = usize::try_from(length).unwrap_or_default().saturating_sub(5);
    let Some(content) = bytes.take(rest) else { return more };
    types(Bytes(content)).map_or(Reading::Other, Reading::known)
}

fn types(mut bytes: Bytes) -> Option<Recognition> {
    // Flags and extensions.
    bytes.take(5)?;
    bytes.expect(b"Kl")?;
    let language = usize::from(bytes.u16()?);
    bytes.take(language)?;
    bytes.u16().filter(|error| *error <= LAST_ERROR)?;
    let known = Recognition::of(Protocol::Slp);
    let length = bytes.u16().map_or(0, usize::from);
    Some(known.detail(bytes.take(length).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    fn answer(number: &[u8]) -> Vec<u8> {
        let types = b"service:wbem:https,service:VMwareInfrastructure";
        let length = u8::try_from(types.len()).unwrap();
        let head = [&[2, 10, 0, 0, length + 20, 0, 0, 0, 0, 0][..], number].concat();
        [&head[..], b"\0\x02en\0\0\0", &[length], types].concat()
    }

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = question(&STEP);
        assert_eq!(question.len(), usize::from(question[4]));
    }

    #[test]
    fn an_answer_in_the_form_of_the_rfc_is_read() {
        let recognition = known(&STEP, &[&answer(b"Kl")]);
        assert!(names(&recognition).2.starts_with("service:wbem:https,"));
    }

    #[test]
    fn another_number_or_an_echo_is_refused() {
        assert_eq!(tells(&STEP, &[&answer(b"Kx")]), None);
        assert_eq!(tells(&STEP, &[QUESTION]), None);
    }
}
