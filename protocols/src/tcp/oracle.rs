//! Oracle: asks the listener for its version (Oracle Net; `lsnrctl version` sends the same). Names no
//! database and does not log in. Most listeners refuse, and say their version while doing so. One that
//! does not refuse says nothing about the databases behind it, which have passwords of their own.

use super::text;
use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Oracle,
    ports: &[1521, 1522, 1526],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// A packet CONNECT of 90 bytes: version 310, compatible with 300; packets of 2048 and 32767 bytes;
/// 32 bytes of data, which begin at 58.
const QUESTION: &[u8] = b"\0\x5a\0\0\x01\0\0\0\x01\x36\x01\x2c\0\0\x08\0\x7f\xff\x7f\x08\0\0\0\x01\
\0\x20\0\x3a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0(CONNECT_DATA=(COMMAND=version))";
const ACCEPT: u8 = 2;
const REFUSE: u8 = 4;
const RESEND: u8 = 11;
const LONGEST: usize = 2048;
/// “The listener could not authenticate the user” (TNS-01189).
const NOT_AUTHENTICATED: &[u8] = b"(ERR=1189)";

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over || heard.len() > LONGEST { Reading::Other } else { Reading::More };
    let Some(length) = bytes.u16() else { return more };
    let Some([0, 0, kind, flags, 0, 0]) = bytes.array::<6>() else {
        return if heard.len() < 8 && heard.get(2..4).is_none_or(|sum| sum == [0, 0]) {
            more
        } else {
            Reading::Other
        };
    };
    if flags > 8 || usize::from(length) > LONGEST || length < 8 {
        return Reading::Other;
    }
    let known = Recognition::of(Protocol::Oracle).product("Oracle TNS Listener");
    match kind {
        RESEND if length == 8 && heard.len() == 8 => Reading::known(known),
        REFUSE => match bytes.take(usize::from(length) - 8) {
            Some(words) => refused(known, words).map_or(Reading::Other, Reading::known),
            None => more,
        },
        // The words come in a further packet: “TNSLSNR for Linux: Version 10.2.0.1.0 - Production”.
        ACCEPT => match text::after(heard, b"TNSLSNR for ").and_then(text::line) {
            Some(words) => Reading::known(accepted(known, words)),
            None => match text::after(heard, b"TNSLSNR for ") {
                Some(words) if over => Reading::known(accepted(known, words)),
                _ => more,
            },
        },
        _ => Reading::Other,
    }
}

fn accepted(known: Recognition, words: &[u8]) -> Recognition {
    let version = text::after(words, b"Version ").and_then(text::version).unwrap_or_default();
    known.version(version)
}

/// `(DESCRIPTION=(TMP=)(VSNNUM=186647552)(ERR=1189)(ERROR_STACK=…))`
fn refused(known: Recognition, words: &[u8]) -> Option<Recognition> {
    let words = text::after(words, b"(DESCRIPTION=")?;
    let asks = text::has(words, NOT_AUTHENTICATED);
    let known = if asks { known.note(Note::AsksPassword) } else { known };
    text::after(words, b"(ERR=")?;
    let number = text::after(words, b"(VSNNUM=").and_then(|rest| {
        let digits = rest.split(|byte| !byte.is_ascii_digit()).next()?;
        std::str::from_utf8(digits).ok()?.parse::<u32>().ok()
    });
    Some(match number.filter(|number| *number > 0) {
        Some(number) => known.version(dotted(number)),
        None => known,
    })
}

/// 186647552 is 0x0b200400, which is 11.2.0.4.0.
fn dotted(number: u32) -> String {
    let [major, next, last, end] = number.to_be_bytes();
    let (minor, third) = (next >> 4, next << 4 | last >> 4);
    format!("{major}.{minor}.{third}.{}.{end}", last & 0x0f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    fn refusal(words: &[u8]) -> Vec<u8> {
        let length = u8::try_from(words.len() + 12).unwrap();
        [&[0, length, 0, 0, REFUSE, 0, 0, 0, 0x22, 0, 0, length - 12][..], words].concat()
    }

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = question(&STEP);
        assert_eq!((question.len(), question[1], question[27]), (90, 90, 58));
        assert!(question[58..].starts_with(b"(CONNECT_DATA="));
    }

    #[test]
    fn a_refusal_in_the_documented_form_tells_the_version() {
        let words =
            b"(DESCRIPTION=(TMP=)(VSNNUM=186647552)(ERR=1189)(ERROR_STACK=(ERROR=(CODE=1189))))";
        let recognition = known(&STEP, &[&refusal(words)]);
        assert_eq!(names(&recognition), ("Oracle TNS Listener", "11.2.0.4.0", ""));
        assert_eq!(recognition.notes, [Note::AsksPassword]);
    }

    #[test]
    fn a_listener_that_tells_everybody_is_read() {
        let answer = b"\0\x08\0\0\x02\0\0\0\0\x3f\0\0\x06\0\0\0\0\0TNSLSNR for Linux: Version \
                       10.2.0.1.0 - Production\n";
        let recognition = known(&STEP, &[answer]);
        assert_eq!(names(&recognition).1, "10.2.0.1.0");
        assert!(recognition.notes.is_empty());
        known(&STEP, &[b"\0\x08\0\0\x0b\0\0\0"]);
    }

    #[test]
    fn another_refusal_is_none() {
        assert_eq!(tells(&STEP, &[&refusal(b"no")]), None);
        assert_eq!(tells(&STEP, &[QUESTION]), None);
    }
}
