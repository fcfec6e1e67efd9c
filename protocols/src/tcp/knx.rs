//! KNXnet/IP over TCP: asks for the device's description (ISO 22510, 7.7.3 and 7.7.4; KNX Standard
//! 3/8/2). Opens no tunnel, so nothing reaches the bus.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Knx,
    ports: &[3671],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// `DESCRIPTION_REQUEST` of 14 bytes; answer on this connection (kind 2: TCP; route back).
const QUESTION: &[u8] = b"\x06\x10\x02\x03\0\x0e\x08\x02\0\0\0\0\0\0";
/// `DESCRIPTION_RESPONSE`.
const ANSWER: &[u8] = b"\x06\x10\x02\x04";
const LONGEST: u16 = 1024;
/// The block with the device's information: 54 bytes, kind 1.
const DEVICE: &[u8] = b"\x36\x01";
/// Medium, status, address, project, serial number, multicast address and MAC address.
const BEFORE_NAME: usize = 22;
const NAME_LENGTH: usize = 30;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    if bytes.expect(ANSWER).is_none() {
        return if ANSWER.starts_with(heard) { more } else { Reading::Other };
    }
    let Some(length) = bytes.u16() else { return more };
    if !(60..=LONGEST).contains(&length) {
        return Reading::Other;
    }
    let Some(content) = bytes.take(usize::from(length) - 6) else { return more };
    device(Bytes(content)).map_or(Reading::Other, Reading::known)
}

fn device(mut bytes: Bytes) -> Option<Recognition> {
    bytes.expect(DEVICE)?;
    bytes.take(BEFORE_NAME)?;
    let name = bytes.take(NAME_LENGTH)?.split(|byte| *byte == 0).next()?;
    // Names are in ISO 8859-1.
    let name: String = name.iter().map(|byte| char::from(*byte)).collect();
    Some(Recognition::of(Protocol::Knx).product(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), [6, 16, 2, 3, 0, 14, 8, 2, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_description_in_the_documented_form_is_read() {
        let mut answer = b"\x06\x10\x02\x04\0\x3c\x36\x01\x02\0\x11\0\0\0".to_vec();
        answer.extend([7; 16]);
        answer.extend(b"KNX IP Router 752\0\0\0\0\0\0\0\0\0\0\0\0\0");
        assert_eq!(names(&known(&STEP, &[&answer])).0, "KNX IP Router 752");
        answer[7] = 2;
        assert_eq!(tells(&STEP, &[&answer]), None);
    }
}
