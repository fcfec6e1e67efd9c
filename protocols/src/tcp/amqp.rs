//! AMQP: sends the header of version 0-9-1 and reads who the server is (AMQP 0-9-1, 4.2.2 and
//! “connection.start”). Chooses no way to log in.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Amqp,
    ports: &[5672],
    listens: false,
    begin: |_| Box::new(Exchange::ask(HEADER.to_vec(), read)),
};

const HEADER: &[u8] = b"AMQP\0\0\x09\x01";
/// A method on channel 0.
const METHOD: &[u8] = b"\x01\0\0";
/// `connection.start` of version 0-9.
const START: &[u8] = b"\0\x0a\0\x0a\0\x09";
/// A server's description of itself has some hundred bytes.
const LONGEST_FRAME: u32 = 8192;

fn read(heard: &[u8], over: bool) -> Reading {
    match identify(heard) {
        Some(recognition) => Reading::known(recognition),
        None if !over && may_become(heard) => Reading::More,
        None => Reading::Other,
    }
}

fn may_become(heard: &[u8]) -> bool {
    let mut bytes = Bytes(heard);
    let names = HEADER.starts_with(heard.get(..4).unwrap_or(heard));
    if names || METHOD.starts_with(heard) {
        return heard.len() < HEADER.len();
    }
    bytes.expect(METHOD).is_some()
        && bytes.u32().is_none_or(|length| {
            length <= LONGEST_FRAME
                && usize::try_from(length).is_ok_and(|length| bytes.len() <= length)
        })
}

/// What a server answers to a header, whether it speaks this version or names another.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let known = Recognition::of(Protocol::Amqp);
    if let Some([id, major, minor, revision]) = heard.strip_prefix(b"AMQP") {
        return (*id <= 3).then(|| known.detail(format!("AMQP {major}.{minor}.{revision}")));
    }
    let mut frame = Bytes(heard);
    frame.expect(METHOD)?;
    let length = frame.u32().filter(|length| *length <= LONGEST_FRAME)?;
    let mut start = Bytes(frame.take(usize::try_from(length).ok()?)?);
    start.expect(START)?;
    let properties = long(&mut start)?;
    let mechanisms = long(&mut start).unwrap_or_default();
    let recognition = known
        .product(property(properties, b"product").unwrap_or_default())
        .version(property(properties, b"version").unwrap_or_default());
    let anonymous = mechanisms.windows(9).any(|word| word == b"ANONYMOUS");
    Some(if anonymous || mechanisms.is_empty() {
        recognition
    } else {
        recognition.note(Note::AsksPassword)
    })
}

fn long<'a>(bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let length = usize::try_from(bytes.u32()?).ok()?;
    bytes.take(length)
}

/// The text of this name in a table (AMQP 0-9-1, 4.2.5.5).
fn property<'a>(table: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut bytes = Bytes(table);
    loop {
        let length = usize::from(bytes.u8()?);
        let key = bytes.take(length)?;
        match bytes.u8()? {
            b'S' if key == name => return long(&mut bytes),
            b'S' | b'F' | b'A' | b'x' => long(&mut bytes).map(|_| ())?,
            b't' | b'b' | b'B' => bytes.take(1).map(|_| ())?,
            b's' | b'u' | b'U' => bytes.take(2).map(|_| ())?,
            b'I' | b'i' | b'f' => bytes.take(4).map(|_| ())?,
            b'D' => bytes.take(5).map(|_| ())?,
            b'l' | b'L' | b'd' | b'T' => bytes.take(8).map(|_| ())?,
            b'V' => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"AMQP\0\0\x09\x01");
    }

    #[test]
    fn rabbitmq_of_debian_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/amqp/rabbitmq")]);
        assert_eq!((names(&recognition).0, names(&recognition).1), ("RabbitMQ", "3.10.8"));
        assert_eq!(recognition.notes, [Note::AsksPassword]);
    }

    #[test]
    fn another_version_is_named() {
        assert_eq!(names(&known(&STEP, &[b"AMQP\x03\x01\0\0"])).2, "AMQP 1.0.0");
    }

    #[test]
    fn another_method_is_refused() {
        assert_eq!(tells(&STEP, &[b"\x01\0\0\0\0\0\x08\0\x0a\0\x0b\0\0\0\0\xce"]), None);
        assert_eq!(tells(&STEP, &[b"AMQP\x09\x01\0\0"]), None);
    }
}
