//! IPMI over LAN (IPMI 2.0, 13.1 and 22.13): asks how one could log in, which is answered before
//! anybody does. Opens no session and asks for no user's hash.

use super::{Question, Token, makers};
use crate::Bytes;
use klinke_shared::{Note, Protocol, Recognition};

/// RMCP 1.0, no acknowledgement, class IPMI (IPMI 2.0, 13.1.3).
const RMCP: [u8; 4] = [0x06, 0x00, 0xff, 0x07];
/// No authentication, no sequence, no session (IPMI 2.0, 13.6).
const NO_SESSION: [u8; 9] = [0; 9];
/// The management controller's address (IPMI 2.0, 5.5).
const CONTROLLER: u8 = 0x20;
/// The address of remote console software (IPMI 2.0, 5.5).
const CONSOLE: u8 = 0x81;
/// Application requests (IPMI 2.0, 5.1), logical unit 0.
const APPLICATION: u8 = 0x06 << 2;
/// Application responses (IPMI 2.0, 5.1), logical unit 0.
const APPLICATION_RESPONSE: u8 = 0x07 << 2;
/// Get Channel Authentication Capabilities (IPMI 2.0, 22.13).
const CAPABILITIES: u8 = 0x38;
/// This channel, with what IPMI 2.0 adds; privilege of an administrator (IPMI 2.0, 22.13).
const ASKED: [u8; 2] = [0x8e, 0x04];
/// What IPMI 2.0 adds is there (IPMI 2.0, 22.13, byte 3).
const EXTENDED: u8 = 0x80;
/// Sessions of IPMI 2.0 are supported (IPMI 2.0, 22.13, byte 5).
const VERSION_2: u8 = 0x02;
/// Sessions without authentication are supported (IPMI 2.0, 22.13, byte 3).
const NONE: u8 = 0x01;
/// Anonymous log-in is enabled (IPMI 2.0, 22.13, byte 4).
const ANONYMOUS: u8 = 0x01;

/// How one could log in.
pub(super) const AUTHENTICATION: Question =
    Question { protocol: Protocol::Ipmi, ports: &[623], datagram: ask, read, from_any_port: false };

/// The sequence number: six bits of the token, above the logical unit.
const fn sequence([first, ..]: &Token) -> u8 {
    *first << 2
}

/// Two's complement of the sum (IPMI 2.0, 13.8).
fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_sub(*byte))
}

fn ask(token: &Token) -> Vec<u8> {
    let head = [CONTROLLER, APPLICATION];
    let [channel, privilege] = ASKED;
    let body = [CONSOLE, sequence(token), CAPABILITIES, channel, privilege];
    let message = [&head[..], &[checksum(&head)], &body, &[checksum(&body)]].concat();
    let length = u8::try_from(message.len()).unwrap_or(u8::MAX);
    [&RMCP, &NO_SESSION[..], &[length], &message].concat()
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&RMCP)?;
    bytes.expect(&NO_SESSION)?;
    let length = usize::from(bytes.u8()?);
    let mut message = Bytes(bytes.take(length)?);
    let head = message.take(3)?;
    (head.get(..2)? == [CONSOLE, APPLICATION_RESPONSE] && checksum(head) == 0).then_some(())?;
    (checksum(message.0) == 0).then_some(())?;
    message.expect(&[CONTROLLER, sequence(token), CAPABILITIES])?;
    let recognition = Recognition::of(Protocol::Ipmi);
    if message.u8()? != 0 {
        return Some(recognition);
    }
    let (_channel, types, status, sessions) =
        (message.u8()?, message.u8()?, message.u8()?, message.u8()?);
    let [low, middle, high] = message.array()?;
    let is_2 = types & EXTENDED != 0 && sessions & VERSION_2 != 0;
    let recognition = recognition.detail(if is_2 { "IPMI 2.0" } else { "IPMI 1.5" });
    let recognition = match makers::by_number(u32::from_le_bytes([low, middle, high, 0])) {
        Some(maker) => recognition.product(maker),
        None => recognition,
    };
    let open = types & NONE != 0 || status & ANONYMOUS != 0;
    Some(if open { recognition.note(Note::NoPassword) } else { recognition })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_that_of_the_specification() {
        let asked = b"\x06\0\xff\x07\0\0\0\0\0\0\0\0\0\x09\x20\x18\xc8\x81\x2c\x38\x8e\x04\x89";
        assert_eq!((AUTHENTICATION.datagram)(&TOKEN), asked);
    }

    #[test]
    fn the_simulator_of_openipmi_lets_everybody_in() {
        let recognition = heard_whole(&AUTHENTICATION, &seed("ipmi/udp-ipmi-sim"));
        assert_eq!(names(&recognition), ["", "", "IPMI 2.0"]);
        assert!(recognition.has(Note::NoPassword));
    }

    #[test]
    fn a_controller_with_passwords_says_its_maker() {
        // As the specification has it, with Supermicro's number and only MD5 and passwords.
        let body = [0x20, 0x2c, 0x38, 0, 1, 0x94, 0x06, 0x03, 0x7c, 0x2a, 0, 0];
        let message = [&[0x81, 0x1c, 0x63][..], &body, &[checksum(&body)]].concat();
        let answer = [&RMCP, &NO_SESSION[..], &[16], &message].concat();
        let recognition = heard_whole(&AUTHENTICATION, &answer);
        assert_eq!(names(&recognition), ["Supermicro", "", "IPMI 2.0"]);
        assert_eq!(recognition.notes, []);
    }
}
