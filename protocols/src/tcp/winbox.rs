//! Winbox of `MikroTik`: asks for the list of plug-ins, with which the program of the same name begins
//! before anybody logs in (Tenable, `8291_scanner`). Each line has the version of `RouterOS`. Newer
//! versions, from 6.49 on, answer only who logs in, and are not asked further.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Winbox,
    ports: &[8291],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// 18 bytes, a file's first part, its name `list` in twelve bytes, and how much of it.
const QUESTION: &[u8] = b"\x12\x02list\0\0\0\0\0\0\0\0\x80\0\0\0\0\0";
/// What an entry of the list is made of: `{ crc: 164562873, size: 36534, name: "advtool.jg",
/// unique: "advtool-fc1932f6809e.jg", version: "6.39.3" },`
const MARKS: [&[u8]; 3] = [b"crc: ", b"name: \"", b"version: \""];
const LONGEST: usize = 2048;

fn read(heard: &[u8], over: bool) -> Reading {
    if heard.get(1).is_some_and(|kind| *kind != 2) {
        return Reading::Other;
    }
    let complete = MARKS.iter().all(|mark| text::has(heard, mark));
    let version = text::after(heard, b"version: \"").and_then(|rest| {
        let end = rest.iter().position(|byte| *byte == b'"')?;
        rest.get(..end).filter(|version| version.first().is_some_and(u8::is_ascii_digit))
    });
    match version {
        Some(version) if complete => {
            let known = Recognition::of(Protocol::Winbox).product("MikroTik RouterOS");
            Reading::known(known.version(version))
        }
        _ if over || heard.len() > LONGEST => Reading::Other,
        _ => Reading::More,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = question(&STEP);
        assert_eq!(usize::from(question[0]) + 2, question.len());
    }

    #[test]
    fn a_list_in_the_documented_form_tells_the_version() {
        let answer = b"\xff\x02list\0\0\0\0\0\0\0\0\x01\0\0\0\0\0{ crc: 164562873, size: 36534, name: \
                       \"advtool.jg\", unique: \"advtool-fc1932f6809e.jg\", version: \"6.39.3\" },\n";
        assert_eq!(names(&known(&STEP, &[answer])), ("MikroTik RouterOS", "6.39.3", ""));
    }

    #[test]
    fn another_list_is_refused() {
        assert_eq!(tells(&STEP, &[b"\xff\x02list version: \"6.39.3\""]), None);
    }
}
