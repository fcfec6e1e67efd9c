//! `MongoDB`: says `isMaster`, with which every client begins and which every version answers in its
//! oldest form, then `buildInfo`, which needs no log-in (`MongoDB` Manual, “Wire Protocol”, “hello”
//! and “buildInfo”). Asks for no database.

use super::bson;
use super::dialogue::{Dialogue, Turn};
use crate::{Bytes, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Mongodb,
    ports: &[27017, 27018, 27019],
    listens: false,
    begin: |_| Dialogue::open(IS_MASTER.to_vec(), read),
};

/// 58 bytes, number `KliA`, `OP_QUERY` to `admin.$cmd` for one document: `{isMaster: 1}`.
const IS_MASTER: &[u8] =
    b"\x3a\0\0\0KliA\0\0\0\0\xd4\x07\0\0\0\0\0\0admin.$cmd\0\0\0\0\0\xff\xff\xff\xff\
\x13\0\0\0\x10isMaster\0\x01\0\0\0\0";
/// The same for `{buildInfo: 1}` with the number `KliB`, as `OP_MSG` with one section.
const BUILD_INFO: &[u8] = b"\x38\0\0\0KliB\0\0\0\0\xdd\x07\0\0\0\0\0\0\0\x23\0\0\0\x10buildInfo\0\
\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0";
/// `OP_MSG` is spoken since this version of the wire protocol (3.6).
const WITH_MESSAGES: i32 = 6;

const REPLY: u32 = 1;
const MESSAGE: u32 = 2013;
/// Answers to these two have some hundred bytes to a few thousand.
const LONGEST: u32 = 12 * 1024;

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let mut bytes = Bytes(heard);
    let early = if over { Turn::Other } else { Turn::More };
    let Some(answer) = message(&mut bytes) else {
        return if may_become(heard) { early } else { Turn::Other };
    };
    let Some(master) = document(answer, b"KliA") else { return Turn::Other };
    let wire = bson::int(master, b"maxWireVersion");
    if wire.is_none() && bson::find(master, b"ismaster").is_none() {
        return Turn::Other;
    }
    let known = Recognition::of(Protocol::Mongodb).product("MongoDB");
    let known = known.detail(bson::text(master, b"setName").unwrap_or_default());
    match (said, wire) {
        (0, Some(WITH_MESSAGES..)) => Turn::Say(BUILD_INFO.to_vec()),
        (0, _) => Turn::known(known),
        _ => match message(&mut bytes).and_then(|answer| document(answer, b"KliB")) {
            Some(build) => {
                Turn::known(known.version(bson::text(build, b"version").unwrap_or_default()))
            }
            None if over => Turn::known(known),
            None => Turn::More,
        },
    }
}

fn may_become(heard: &[u8]) -> bool {
    let mut bytes = Bytes(heard);
    let short = bytes.u32_le().is_none_or(|length| (36..=LONGEST).contains(&length));
    let ours = bytes.u32_le().is_none() || b"KliA".starts_with(bytes.0.get(..4).unwrap_or(bytes.0));
    short && ours
}

/// The next message without its length.
fn message<'a>(bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let length = bytes.u32_le().filter(|length| (20..=LONGEST).contains(length))?;
    bytes.take(usize::try_from(length).ok()?.checked_sub(4)?)
}

/// The document of an answer to the question with this number.
fn document<'a>(message: &'a [u8], number: &[u8]) -> Option<&'a [u8]> {
    let mut bytes = Bytes(message);
    bytes.take(4)?;
    bytes.expect(number)?;
    match bytes.u32_le()? {
        // Flags, cursor, where it starts, how many documents.
        REPLY => bytes.take(20).map(|_| ())?,
        // Flags, and a section with one document.
        MESSAGE => bytes.take(4).and_then(|_| bytes.expect(&[0]))?,
        _ => return None,
    }
    Some(bytes.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, names, tells};

    fn answer(number: &[u8], kind: u32, before: &[u8], document: &[u8]) -> Vec<u8> {
        let length = u32::try_from(16 + before.len() + document.len()).unwrap();
        [&length.to_le_bytes()[..], b"srvr", number, &kind.to_le_bytes(), before, document].concat()
    }

    fn master() -> Vec<u8> {
        let document =
            b"\x2c\0\0\0\x08ismaster\0\x01\x10maxWireVersion\0\x11\0\0\0\x10ok\0\x01\0\0\0\0";
        answer(b"KliA", REPLY, &[0; 20], document)
    }

    fn build(number: &[u8]) -> Vec<u8> {
        let document = b"\x19\0\0\0\x02version\0\x07\0\0\x006.0.12\0\0";
        answer(number, MESSAGE, &[0; 5], document)
    }

    #[test]
    fn the_questions_are_as_long_as_they_say() {
        for question in [IS_MASTER, BUILD_INFO] {
            assert_eq!(usize::from(question[0]), question.len());
        }
        assert_eq!(drive(&STEP, &[&master()]).0, [IS_MASTER, BUILD_INFO]);
    }

    #[test]
    fn an_answer_in_the_documented_form_tells_the_version() {
        let recognition = known(&STEP, &[&master(), &build(b"KliB")]);
        assert_eq!(names(&recognition), ("MongoDB", "6.0.12", ""));
    }

    #[test]
    fn an_answer_to_another_question_is_refused() {
        let other = answer(b"Kliz", REPLY, &[0; 20], b"\x05\0\0\0\0");
        assert_eq!(tells(&STEP, &[&other]), None);
        assert_eq!(names(&known(&STEP, &[&master(), &build(b"Kliz")])).1, "");
        assert_eq!(tells(&STEP, &[&answer(b"KliA", REPLY, &[0; 20], b"\x05\0\0\0\0")]), None);
    }
}
