//! Radmin: the hello of its viewer (Nmap, `nmap-service-probes`, “Radmin”). No name and no password
//! follow.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Radmin,
    ports: &[4899],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// One byte of content, twice the number of the message.
const QUESTION: &[u8] = b"\x01\0\0\0\x01\0\0\0\x08\x08";
const HEAD: &[u8] = b"\x01\0\0\0\x25";
/// What follows the head: nine bytes that differ between versions, then more.
const LONGEST_SEEN: usize = 14;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let begins = heard.starts_with(HEAD) || HEAD.starts_with(heard);
    if heard.len() < LONGEST_SEEN {
        return if begins && !over { Reading::More } else { Reading::Other };
    }
    let seen = bytes.expect(HEAD).and_then(|()| bytes.array::<9>());
    let version = match seen {
        Some([kind, 0, 1, 0x10, 8, 1, 0, again, 8]) if kind == again => "2.x",
        Some([kind, 0, 2, 0x12, 8, 2, 0, again, 10]) if kind == again => "3.x",
        _ => return Reading::Other,
    };
    let known = Recognition::of(Protocol::Radmin).product("Radmin").version(version);
    Reading::known(known.note(Note::AsksPassword))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"\x01\0\0\0\x01\0\0\0\x08\x08");
    }

    #[test]
    fn documented_answers_tell_the_version() {
        let three = b"\x01\0\0\0\x25\x08\0\x02\x12\x08\x02\0\x08\x0a\0\0\0\0";
        assert_eq!(names(&known(&STEP, &[three])), ("Radmin", "3.x", ""));
        let two = b"\x01\0\0\0\x25\x09\0\x01\x10\x08\x01\0\x09\x08\0\0\0\0";
        assert_eq!(names(&known(&STEP, &[two])).1, "2.x");
    }

    #[test]
    fn an_answer_that_does_not_repeat_its_number_is_refused() {
        assert_eq!(tells(&STEP, &[b"\x01\0\0\0\x25\x08\0\x02\x12\x08\x02\0\x09\x0a\0\0"]), None);
    }
}
