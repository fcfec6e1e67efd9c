//! SOCKS 5: offers to go without a password (RFC 1928, 3) and reads whether that is enough. Never
//! asks for a connection, which is also why SOCKS 4 is not asked: it has no other question.

use crate::{Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Socks,
    ports: &[1080, 1081, 10808, 9050],
    listens: false,
    begin: |_| Box::new(Exchange::ask(b"\x05\x01\0".to_vec(), read)),
};

fn read(heard: &[u8], over: bool) -> Reading {
    let known = Recognition::of(Protocol::Socks);
    match heard {
        [5, 0] => Reading::known(known.note(Note::NoPassword)),
        // No acceptable method: it wants one that identifies.
        [5, 0xff] => Reading::known(known.note(Note::AsksPassword)),
        [] | [5] if !over => Reading::More,
        _ => Reading::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), [5, 1, 0]);
    }

    #[test]
    fn microsocks_and_dante_of_debian_are_open_or_not() {
        assert_eq!(known(&STEP, &[b"\x05\0"]).notes, [Note::NoPassword]);
        assert_eq!(known(&STEP, &[b"\x05\xff"]).notes, [Note::AsksPassword]);
    }

    #[test]
    fn a_method_that_was_not_offered_is_refused() {
        for answer in [&b"\x05\x02"[..], b"\x04\0", b"\x05\0\0", b"\x05"] {
            assert_eq!(tells(&STEP, &[answer]), None);
        }
    }
}
