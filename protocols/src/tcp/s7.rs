//! S7: connects on the transport (RFC 1006; ISO 8073, 13.3), agrees on the size of messages and
//! reads the module identification (system status list 0x0011; Siemens, “System Software for
//! S7-300/400, System and Standard Functions”). Reads no data and does not touch the program.

use super::dialogue::{Dialogue, Turn};
use super::text;
use crate::{Bytes, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::S7,
    ports: &[102],
    listens: false,
    begin: |_| Dialogue::open(CONNECT.to_vec(), read),
};

/// Connection request: reference 1, messages of 1024 bytes, from 01.00 (a programming device) to
/// rack 0, slot 2.
const CONNECT: &[u8] =
    b"\x03\0\0\x16\x11\xe0\0\0\0\x01\0\xc0\x01\x0a\xc1\x02\x01\0\xc2\x02\x01\x02";
/// Job: set up communication, one job at a time, messages of 480 bytes.
const SETUP: &[u8] =
    b"\x03\0\0\x19\x02\xf0\x80\x32\x01\0\0\0\0\0\x08\0\0\xf0\0\0\x01\0\x01\x01\xe0";
/// User data: read the system status list 0x0011, index 0.
const IDENTIFY: &[u8] =
    b"\x03\0\0\x21\x02\xf0\x80\x32\x07\0\0\0\0\0\x08\0\x08\0\x01\x12\x04\x11\x44\
\x01\0\xff\x09\0\x04\0\x11\0\0";

const CONFIRM: u8 = 0xd0;
/// A data message of the transport and the number of the S7 protocol.
const S7: &[u8] = b"\x02\xf0\x80\x32";
const ANSWER: u8 = 3;
const USER_DATA: u8 = 7;
/// One message of the transport has at most what was agreed, and its heads.
const LONGEST: u16 = 1100;
/// Of an answer with user data: number, lengths and parameters before the data.
const BEFORE_DATA: usize = 20;
/// The return code of a request that was fulfilled.
const DONE: u8 = 0xff;
/// An entry of the list: index, order number of 20 bytes, and three words or, elsewhere, two.
const ENTRY: std::ops::RangeInclusive<u16> = 26..=28;
const MODULE: u16 = 1;
const FIRMWARE: u16 = 7;

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let mut bytes = Bytes(heard);
    let packet = |bytes: &mut Bytes<'_>| message(bytes).map(<[u8]>::to_vec);
    if heard.first().is_some_and(|first| *first != 3) {
        return Turn::Other;
    }
    let early = if over { Turn::Other } else { Turn::More };
    let Some(confirm) = packet(&mut bytes) else { return early };
    if confirm.get(1) != Some(&CONFIRM) {
        return Turn::Other;
    }
    if said == 0 {
        return Turn::Say(SETUP.to_vec());
    }
    let Some(setup) = packet(&mut bytes) else { return early };
    if setup.get(..5) != Some(&[S7, &[ANSWER]].concat()) {
        return Turn::Other;
    }
    if said == 1 {
        return Turn::Say(IDENTIFY.to_vec());
    }
    let known = Recognition::of(Protocol::S7).product("Siemens S7");
    match packet(&mut bytes) {
        Some(answer) => Turn::known(identified(known, &answer)),
        None if over => Turn::known(known),
        None => Turn::More,
    }
}

/// The next message of the transport (RFC 1006, 6) without its head.
fn message<'a>(bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    bytes.expect(b"\x03\0")?;
    let length = bytes.u16().filter(|length| (7..=LONGEST).contains(length))?;
    bytes.take(usize::from(length) - 4)
}

/// The order number and the version of the firmware.
fn identified(known: Recognition, answer: &[u8]) -> Recognition {
    let mut bytes = Bytes(answer);
    let mut head = || {
        bytes.expect(S7)?;
        bytes.expect(&[USER_DATA])?;
        bytes.take(BEFORE_DATA)?;
        bytes.expect(&[DONE])?;
        // Kind, length, list and index; then how long the entries are and how many.
        bytes.take(7)?;
        let length = bytes.u16().filter(|length| ENTRY.contains(length))?;
        bytes.u16()?;
        Some(usize::from(length))
    };
    let Some(length) = head() else { return known };
    let mut recognition = known;
    while let Some(entry) = bytes.take(length) {
        let mut entry = Bytes(entry);
        let (index, number) = (entry.u16(), entry.take(20).unwrap_or_default());
        match (index, entry.0) {
            (Some(MODULE), _) => recognition = recognition.detail(text::trimmed(number)),
            (Some(FIRMWARE), &[_, _, b'V', major, minor, patch]) => {
                recognition = recognition.version(format!("{major}.{minor}.{patch}"));
            }
            _ => {}
        }
    }
    recognition
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, names, tells};

    /// The server of Snap7.
    const SNAP7: &[u8] = include_bytes!("../../../fuzz/seeds/s7/snap7");

    fn pieces() -> [&'static [u8]; 3] {
        let (confirm, rest) = SNAP7.split_at(22);
        let (setup, answer) = rest.split_at(27);
        [confirm, setup, answer]
    }

    #[test]
    fn it_connects_sets_up_and_asks_who_that_is() {
        let said = drive(&STEP, &pieces()).0;
        assert_eq!(said, [CONNECT, SETUP, IDENTIFY]);
        for message in said {
            assert_eq!(usize::from(message[3]), message.len());
        }
    }

    #[test]
    fn the_server_of_snap7_is_recognised() {
        let recognition = known(&STEP, &pieces());
        assert_eq!(names(&recognition), ("Siemens S7", "", "6ES7 315-2EH14-0AB0"));
    }

    #[test]
    fn the_firmware_is_read() {
        // An entry as in a CPU 315-2 PN/DP: three words, of which two are the version.
        let (head, _) = pieces()[2].split_at(37);
        let entry = b"\0\x1c\0\x01\0\x076ES7 315-2EH14-0AB0 \0\xc0V\x03\x02\x06";
        let mut answer = [head, entry].concat();
        answer[3] = u8::try_from(answer.len()).unwrap();
        let recognition = known(&STEP, &[pieces()[0], pieces()[1], &answer]);
        assert_eq!(names(&recognition).1, "3.2.6");
    }

    #[test]
    fn a_remote_desktop_that_confirms_the_connection_is_refused() {
        let confirm = b"\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0\x02\0\x08\0\0\0\0\0";
        assert_eq!(tells(&STEP, &[confirm]), None);
    }
}
