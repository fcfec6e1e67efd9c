//! AFP: asks for the server's information, which needs no session (Apple, “Apple Filing Protocol
//! Reference”, `DSIGetStatus` and `FPGetSrvrInfo`). Does not log in, not even as a guest.

use super::text;
use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Afp,
    ports: &[548],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// A request, `DSIGetStatus`, number `Kl`, nothing more.
const QUESTION: &[u8] = b"\0\x03Kl\0\0\0\0\0\0\0\0\0\0\0\0";
const ANSWER: &[u8] = b"\x01\x03Kl\0\0\0\0";
/// The information has a picture in it and some hundred bytes.
const LONGEST: u32 = 8192;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    if bytes.expect(ANSWER).is_none() {
        return if ANSWER.starts_with(heard) { more } else { Reading::Other };
    }
    let Some(length) = bytes.u32() else { return more };
    if length > LONGEST {
        return Reading::Other;
    }
    let content = bytes.u32().and_then(|_| bytes.take(usize::try_from(length).ok()?));
    let Some(content) = content else { return more };
    information(content).map_or(Reading::Other, Reading::known)
}

fn information(content: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(content);
    let machine = counted(content, bytes.u16()?)?;
    let versions = usize::from(bytes.u16()?);
    // The versions of the protocol: how many, then each with its length.
    let mut list = Bytes(content.get(versions..)?);
    list.u8().filter(|count| *count > 0)?;
    let length = usize::from(list.u8()?);
    list.take(length).filter(|version| version.starts_with(b"AFP"))?;
    // Ways to log in, the picture, flags; then the name.
    bytes.take(6)?;
    let length = usize::from(bytes.u8()?);
    let name = bytes.take(length)?;
    let known = Recognition::of(Protocol::Afp).detail(name);
    Some(match machine.strip_prefix(b"Netatalk") {
        Some(rest) => known.product("Netatalk").version(text::version(rest).unwrap_or_default()),
        None => known.product(machine),
    })
}

/// The text at this place, behind its length.
fn counted(content: &[u8], place: u16) -> Option<&[u8]> {
    let mut bytes = Bytes(content.get(usize::from(place)..)?);
    let length = usize::from(bytes.u8()?);
    bytes.take(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    fn answer(version: &[u8]) -> Vec<u8> {
        let fixed = b"\0\x0f\0\x1e\0\x26\0\0\0\0\x04nas1\x0eNetatalk3.1.13\x01\x06".to_vec();
        let content = [fixed, version.to_vec(), vec![0]].concat();
        let length = u8::try_from(content.len()).unwrap();
        [ANSWER, &[0, 0, 0, length, 0, 0, 0, 0], &content].concat()
    }

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"\0\x03Kl\0\0\0\0\0\0\0\0\0\0\0\0");
    }

    #[test]
    fn an_answer_in_the_documented_form_is_read() {
        assert_eq!(names(&known(&STEP, &[&answer(b"AFP3.4")])), ("Netatalk", "3.1.13", "nas1"));
    }

    #[test]
    fn an_answer_without_a_version_of_afp_or_with_another_number_is_refused() {
        assert_eq!(tells(&STEP, &[&answer(b"XXX3.4")]), None);
        let mut wrong = answer(b"AFP3.4");
        wrong[2] = b'x';
        assert_eq!(tells(&STEP, &[&wrong]), None);
    }
}
