//! DNS over TCP: asks for the server's version and for a name that cannot exist (RFC 1035, 4.2.2;
//! RFC 4892, 3; RFC 2606, 2). The second tells whether names are resolved for strangers.

use super::text;
use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Dns,
    ports: &[53],
    listens: false,
    begin: |_| Box::new(Exchange::ask([VERSION_QUESTION, NAME_QUESTION].concat(), read)),
};

/// Length and header with the number `Kn`, then `version.bind`, a text, class CHAOS.
const VERSION_QUESTION: &[u8] = b"\0\x1eKn\0\0\0\x01\0\0\0\0\0\0\x07version\x04bind\0\0\x10\0\x03";
/// The number `Ko`, recursion desired, then the address of `klinke.invalid`.
const NAME_QUESTION: &[u8] = b"\0\x20Ko\x01\0\0\x01\0\0\0\0\0\0\x06klinke\x07invalid\0\0\x01\0\x01";
/// Length, number, flags and four counts.
const HEADER: usize = 14;

const TEXT: u16 = 16;
const CHAOS: u16 = 3;
/// RFC 1035, 4.1.1: the flags in the second word, and its answers without an error and for names
/// that do not exist.
const RESPONSE: u16 = 0x8000;
const OPCODE: u16 = 0x7800;
const RECURSION_AVAILABLE: u16 = 0x0080;
const CODE: u16 = 0x000f;
const NO_ERROR: u16 = 0;
const NO_NAME: u16 = 3;

/// How servers write themselves; BIND says its number only.
const NAMES: text::Names = &[
    ("dnsmasq", "dnsmasq"),
    ("unbound", "Unbound"),
    ("PowerDNS Recursor", "PowerDNS Recursor"),
    ("PowerDNS Authoritative Server", "PowerDNS Authoritative Server"),
    ("Knot Resolver", "Knot Resolver"),
    ("Knot DNS", "Knot DNS"),
    ("NSD", "NSD"),
    ("Microsoft DNS", "Microsoft DNS"),
    ("CoreDNS", "CoreDNS"),
];

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let (mut version, mut name) = (None, None);
    while let Some(length) = bytes.u16() {
        let Some(message) = bytes.take(usize::from(length)) else { break };
        match message.get(..2) {
            Some(b"Kn") => version = answered(message, VERSION_QUESTION),
            Some(b"Ko") => name = answered(message, NAME_QUESTION),
            _ => return Reading::Other,
        }
        if version.is_none() && name.is_none() {
            return Reading::Other;
        }
    }
    let both = version.is_some() && name.is_some();
    let begins = heard.get(2..4).is_none_or(|id| matches!(id, b"Kn" | b"Ko"));
    match version.or(name) {
        None if over || !begins => Reading::Other,
        Some(_) if over || both => Reading::known(judged(version, name)),
        _ => Reading::More,
    }
}

/// The flags and the answers of a response to this question.
fn answered<'a>(message: &'a [u8], question: &[u8]) -> Option<(u16, Bytes<'a>)> {
    let mut bytes = Bytes(message);
    bytes.u16()?;
    let flags = bytes.u16()?;
    let questions = bytes.u16()?;
    bytes.take(6)?;
    if flags & (RESPONSE | OPCODE) != RESPONSE {
        return None;
    }
    match questions {
        // Some that refuse do not repeat the question.
        0 => Some((flags, Bytes(b""))),
        1 => {
            let asked = question.get(HEADER..)?;
            let repeated = bytes.take(asked.len())?;
            repeated.eq_ignore_ascii_case(asked).then_some((flags, bytes))
        }
        _ => None,
    }
}

fn judged(version: Option<(u16, Bytes<'_>)>, name: Option<(u16, Bytes<'_>)>) -> Recognition {
    let known = Recognition::of(Protocol::Dns);
    let words =
        version.and_then(|(flags, bytes)| (flags & CODE == NO_ERROR).then(|| txt(bytes))?);
    let recognition = match words {
        Some(words) if words.starts_with(b"9.") => known.product("BIND").version(words),
        Some(words) => text::named(known, words, NAMES).detail(words),
        None => known,
    };
    let resolves =
        |flags: u16| flags & RECURSION_AVAILABLE != 0 && matches!(flags & CODE, NO_ERROR | NO_NAME);
    if name.is_some_and(|(flags, _)| resolves(flags)) {
        recognition.note(Note::Recursion)
    } else {
        recognition
    }
}

/// The text of the first answer.
fn txt(mut bytes: Bytes<'_>) -> Option<&[u8]> {
    loop {
        match bytes.u8()? {
            0 => break,
            // A pointer ends a name.
            0xc0.. => {
                bytes.u8()?;
                break;
            }
            length => bytes.take(usize::from(length)).map(|_| ())?,
        }
    }
    (bytes.u16()? == TEXT && bytes.u16()? == CHAOS).then_some(())?;
    bytes.u32()?;
    let length = usize::from(bytes.u16()?);
    let mut data = Bytes(bytes.take(length)?);
    let length = usize::from(data.u8()?);
    data.take(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn both_questions_are_as_long_as_they_say() {
        let question = question(&STEP);
        let mut bytes = Bytes(&question);
        for expected in [VERSION_QUESTION, NAME_QUESTION] {
            let length = usize::from(bytes.u16().unwrap());
            assert_eq!(bytes.take(length), expected.get(2..));
        }
        assert!(bytes.is_empty());
    }

    #[test]
    fn bind_of_debian_that_resolves_for_strangers_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/dns/bind")]);
        assert_eq!(names(&recognition).0, "BIND");
        assert!(names(&recognition).1.starts_with("9.18."));
        assert_eq!(recognition.notes, [Note::Recursion]);
    }

    #[test]
    fn a_refusal_is_still_dns() {
        let mut refusal = VERSION_QUESTION.to_vec();
        refusal[4] = 0x80;
        refusal[5] = 5;
        assert!(known(&STEP, &[&refusal]).notes.is_empty());
    }

    #[test]
    fn another_number_or_question_is_refused() {
        let mut wrong = VERSION_QUESTION.to_vec();
        wrong[4] = 0x80;
        wrong[2] = b'X';
        assert_eq!(tells(&STEP, &[&wrong]), None);
        wrong[2] = b'K';
        wrong[15] = b'x';
        assert_eq!(tells(&STEP, &[&wrong]), None);
        assert_eq!(tells(&STEP, &[VERSION_QUESTION]), None, "an echo is no answer");
    }
}
