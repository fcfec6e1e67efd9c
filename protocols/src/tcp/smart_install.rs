//! Cisco Smart Install: the message with which Cisco's own check asks whether a switch takes orders
//! (Cisco Talos, `smi_check`; Cisco Security Advisory cisco-sa-20170214-smi). It orders nothing.

use crate::{Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::CiscoInstall,
    ports: &[4786],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

const QUESTION: &[u8] = b"\0\0\0\x01\0\0\0\x01\0\0\0\x04\0\0\0\x08\0\0\0\x01\0\0\0\0";
const ANSWER: &[u8] = b"\0\0\0\x04\0\0\0\0\0\0\0\x03\0\0\0\x08\0\0\0\x01\0\0\0\0";

fn read(heard: &[u8], over: bool) -> Reading {
    if heard == ANSWER {
        let known = Recognition::of(Protocol::CiscoInstall).product("Cisco Smart Install");
        return Reading::known(known.note(Note::NoPassword));
    }
    let begins = heard.len() < ANSWER.len() && ANSWER.starts_with(heard);
    if begins && !over { Reading::More } else { Reading::Other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, question, tells};

    #[test]
    fn the_question_has_six_words() {
        assert_eq!(question(&STEP), QUESTION);
        assert_eq!(QUESTION.len(), 24);
    }

    #[test]
    fn the_answer_of_a_client_and_no_echo_is_recognised() {
        assert_eq!(known(&STEP, &[ANSWER]).notes, [Note::NoPassword]);
        assert_eq!(tells(&STEP, &[QUESTION]), None);
    }
}
