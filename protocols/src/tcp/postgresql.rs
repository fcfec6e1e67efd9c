//! `PostgreSQL`: asks whether it would speak TLS (“Frontend/Backend Protocol”, `SSLRequest`), which is
//! answered with one letter. No start-up message follows, so no user and no database are named.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Postgresql,
    ports: &[5432, 5433],
    listens: false,
    begin: |_| Box::new(Exchange::ask(SSL_REQUEST.to_vec(), read)),
};

/// Length and the code 80877103.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
/// No error is longer than this.
const LONGEST_ERROR: u32 = 2048;
/// What an error says of how bad it is, in whatever language; newer servers repeat it in English.
const SEVERITIES: [&[u8]; 3] = [b"FATAL", b"ERROR", b"PANIC"];

fn read(heard: &[u8], over: bool) -> Reading {
    let known = Recognition::of(Protocol::Postgresql).product("PostgreSQL");
    match heard {
        b"S" => Reading::known(known.detail("TLS")),
        b"N" => Reading::known(known),
        [b'E', ..] => match error(heard) {
            Some(recognition) => Reading::known(recognition),
            None if over => Reading::Other,
            None => Reading::More,
        },
        [] if !over => Reading::More,
        _ => Reading::Other,
    }
}

/// An error response: severity, code and message as texts that each begin with their kind. Before
/// version 3 of the protocol (1998–2003) it was a plain text, which is also what a server without
/// memory says; that is not told from anything else.
pub(super) fn error(heard: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(heard);
    bytes.expect(b"E")?;
    let length = bytes.u32().filter(|length| (8..=LONGEST_ERROR).contains(length))?;
    let mut fields = Bytes(bytes.take(usize::try_from(length).ok()? - 4)?);
    let (mut severe, mut code, mut message) = (false, false, None);
    while let Some(kind) = fields.u8().filter(|kind| *kind != 0) {
        let value = fields.until(0)?;
        match kind {
            b'S' | b'V' => {
                severe |= SEVERITIES.contains(&value) || kind == b'S' && value.len() < 16;
            }
            b'C' => code = value.len() == 5 && value.iter().all(u8::is_ascii_alphanumeric),
            b'M' => message = Some(value),
            _ => {}
        }
    }
    let message = message.filter(|_| severe && code)?;
    Some(Recognition::of(Protocol::Postgresql).product("PostgreSQL").detail(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"\0\0\0\x08\x04\xd2\x16\x2f");
    }

    #[test]
    fn postgresql_of_debian_answers_with_one_letter() {
        assert_eq!(names(&known(&STEP, &[b"N"])), ("PostgreSQL", "", ""));
        assert_eq!(names(&known(&STEP, &[b"S"])), ("PostgreSQL", "", "TLS"));
    }

    #[test]
    fn an_error_is_read() {
        let fields = b"SFATAL\0VFATAL\0C0A000\0Munsupported frontend protocol 65363.19778\0\
                       Fpostmaster.c\0L2188\0RProcessStartupPacket\0\0";
        let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
        let error = [b"E", &length[..], fields].concat();
        let detail = "unsupported frontend protocol 65363.19778";
        assert_eq!(names(&known(&STEP, &[&error])).2, detail);
    }

    #[test]
    fn more_than_one_letter_is_refused() {
        for answer in [&b"SSH-2.0-x\r\n"[..], b"NO\r\n", b"ERROR\r\n", b"E\0\0\0\x09Mx\0\0\0"] {
            assert_eq!(tells(&STEP, &[answer]), None);
        }
    }
}
