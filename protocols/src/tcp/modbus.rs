//! Modbus: reads the device identification (Modbus Application Protocol V1.1b3, 6.21; Modbus
//! Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3). Reads and writes no register.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Modbus,
    ports: &[502],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// Transaction `Kl`, protocol 0, five bytes, the device itself (255, as the guide says in 4.4.2.3);
/// then: read device identification, the basic one, from object 0 on.
const QUESTION: &[u8] = b"Kl\0\0\0\x05\xff\x2b\x0e\x01\0";
const HEAD: &[u8] = b"Kl\0\0";
const FUNCTION: u8 = 0x2b;
const EXCEPTION: u8 = 0x80 | FUNCTION;
const KIND: &[u8] = b"\x0e\x01";
/// The exceptions of 7, up to “gateway target device failed to respond”.
const EXCEPTIONS: std::ops::RangeInclusive<u8> = 1..=11;
/// A message has at most 253 bytes and the unit's number.
const LONGEST: u16 = 254;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    if bytes.expect(HEAD).is_none() {
        return if HEAD.starts_with(heard) { more } else { Reading::Other };
    }
    let Some(length) = bytes.u16() else { return more };
    if !(3..=LONGEST).contains(&length) {
        return Reading::Other;
    }
    let Some(answer) = bytes.take(usize::from(length)) else { return more };
    identification(Bytes(answer)).map_or(Reading::Other, Reading::known)
}

fn identification(mut answer: Bytes) -> Option<Recognition> {
    answer.u8()?;
    // Modbus has no passwords: who answers at all answers everybody.
    let known = Recognition::of(Protocol::Modbus).note(Note::NoPassword);
    if answer.u8().filter(|function| [FUNCTION, EXCEPTION].contains(function))? == EXCEPTION {
        let code = answer.u8()?;
        return (EXCEPTIONS.contains(&code) && answer.is_empty()).then_some(known);
    }
    answer.expect(KIND)?;
    // How much the device conforms, whether more follows and from where.
    answer.take(3)?;
    let mut objects = [&b""[..]; 3];
    for _ in 0..answer.u8()? {
        let (number, length) = (answer.u8()?, usize::from(answer.u8()?));
        let value = answer.take(length)?;
        if let Some(object) = objects.get_mut(usize::from(number)) {
            *object = value;
        }
    }
    // Maker, product code, revision.
    let [maker, code, revision] = objects;
    Some(known.product([maker, b" ", code].concat()).version(revision))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"Kl\x00\x00\x00\x05\xff\x2b\x0e\x01\x00");
    }

    #[test]
    fn the_server_of_pymodbus_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/modbus/pymodbus")]);
        assert_eq!(names(&recognition), ("Pymodbus PM", "3.0", ""));
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn a_device_without_identification_is_recognised_by_its_exception() {
        assert_eq!(names(&known(&STEP, &[b"Kl\0\0\0\x03\xff\xab\x01"])), ("", "", ""));
    }

    #[test]
    fn another_transaction_or_function_is_refused() {
        assert_eq!(tells(&STEP, &[b"Kx\0\0\0\x03\xff\xab\x01"]), None);
        assert_eq!(tells(&STEP, &[b"Kl\0\0\0\x03\xff\xac\x01"]), None);
        assert_eq!(tells(&STEP, &[b"Kl\0\0\0\x03\xff\xab\x0c"]), None);
    }
}
