//! EtherNet/IP: the command `ListIdentity`, which needs no session (The CIP Networks Library,
//! Volume 2, 2-4.2). Reads and writes no attribute.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::EthernetIp,
    ports: &[44818],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// Command, length, session, status, the sender's mark, options.
const QUESTION: &[u8] = b"\x63\0\0\0\0\0\0\0\0\0\0\0klinke\0\0\0\0\0\0";
const COMMAND: &[u8] = b"\x63\0";
const MARK: &[u8] = b"klinke\0\0";
const IDENTITY: u16 = 0x000c;
/// An identity has some sixty bytes.
const LONGEST: u16 = 512;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    if bytes.expect(COMMAND).is_none() {
        return if COMMAND.starts_with(heard) { more } else { Reading::Other };
    }
    let Some(length) = bytes.u16_le() else { return more };
    let Some(rest) = bytes.take(20).filter(|_| length <= LONGEST) else {
        return if length > LONGEST { Reading::Other } else { more };
    };
    if rest.get(4..8) != Some(&[0; 4]) || rest.get(8..16) != Some(MARK) {
        return Reading::Other;
    }
    let Some(content) = bytes.take(usize::from(length)) else { return more };
    identity(Bytes(content)).map_or(Reading::Other, Reading::known)
}

fn identity(mut bytes: Bytes) -> Option<Recognition> {
    if bytes.u16_le()? == 0 || bytes.u16_le()? != IDENTITY {
        return None;
    }
    bytes.u16_le()?;
    // The protocol's version and the device's address; maker, kind and code of the product.
    bytes.take(18)?;
    bytes.take(6)?;
    let (major, minor) = (bytes.u8()?, bytes.u8()?);
    // Status and serial number.
    bytes.take(6)?;
    let length = usize::from(bytes.u8()?);
    let name = bytes.take(length)?;
    let version = format!("{major}.{minor:03}");
    Some(Recognition::of(Protocol::EthernetIp).product(name).version(version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    fn answer() -> Vec<u8> {
        let name = b"1769-L33ER/A LOGIX5333ER";
        let mut item =
            b"\x01\0\0\x02\xaf\x12\xc0\0\x02\x05\0\0\0\0\0\0\0\0\x01\0\x0e\0\x9c\0".to_vec();
        item.extend(b"\x1e\x0b\x60\x31\x12\x34\x56\x78\x18");
        item.extend(name);
        item.push(3);
        let length = u8::try_from(item.len()).unwrap();
        let mut answer = QUESTION.to_vec();
        answer[2] = length + 6;
        answer.extend([1, 0, 0x0c, 0, length, 0]);
        answer.extend(item);
        answer
    }

    #[test]
    fn the_question_is_a_header_of_24_bytes() {
        assert_eq!(question(&STEP), b"\x63\0\0\0\0\0\0\0\0\0\0\0klinke\0\0\0\0\0\0");
        assert_eq!(QUESTION.len(), 24);
    }

    #[test]
    fn an_identity_in_the_documented_form_is_read() {
        assert_eq!(names(&known(&STEP, &[&answer()])), ("1769-L33ER/A LOGIX5333ER", "30.011", ""));
    }

    #[test]
    fn another_mark_or_an_echo_is_refused() {
        let mut wrong = answer();
        wrong[12] ^= 1;
        assert_eq!(tells(&STEP, &[&wrong]), None);
        assert_eq!(tells(&STEP, &[QUESTION]), None);
    }
}
