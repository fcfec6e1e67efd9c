//! AJP: `CPing`, which is answered with `CPong` (Apache Tomcat Connectors, “`AJPv13` extensions
//! Proposal”). Forwards no request.

use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Ajp,
    ports: &[8009],
    listens: false,
    begin: |_| Box::new(Exchange::ask(PING.to_vec(), read)),
};

const PING: [u8; 5] = [0x12, 0x34, 0, 1, 10];
const PONG: [u8; 5] = [b'A', b'B', 0, 1, 9];

fn read(heard: &[u8], over: bool) -> Reading {
    match heard {
        _ if heard == PONG => Reading::known(Recognition::of(Protocol::Ajp)),
        _ if !over && heard.len() < PONG.len() && PONG.starts_with(heard) => Reading::More,
        _ => Reading::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"\x12\x34\0\x01\x0a");
    }

    #[test]
    fn the_documented_answer_and_nothing_else_is_recognised() {
        known(&STEP, &[b"AB\0\x01\x09"]);
        assert_eq!(tells(&STEP, &[b"AB\0\x01\x05"]), None);
        assert_eq!(tells(&STEP, &[b"AB\0\x01\x09AB"]), None);
    }
}
