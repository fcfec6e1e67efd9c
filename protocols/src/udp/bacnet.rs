//! BACnet/IP (ASHRAE 135, 15.5 and Annex J): reads what the device itself is called, by which it
//! may be named with its wildcard number. Writes nothing and reads no other object.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Where BACnet/IP is usual: 0xBAC0 (Annex J.1.2).
const PORTS: &[u16] = &[0xbac0];
/// BACnet/IP, original unicast, 17 bytes (Annex J.2.11).
const UNICAST: [u8; 4] = [0x81, 0x0a, 0, 17];
/// Version 1, an answer is expected (6.2).
const NETWORK: [u8; 2] = [0x01, 0x04];
/// A confirmed request, unsegmented, answers of up to 1476 bytes (20.1.2).
const CONFIRMED: [u8; 2] = [0x00, 0x05];
/// `ReadProperty` (21).
const READ_PROPERTY: u8 = 0x0c;
/// Context tag 0, object “device” with the number 4194303, which stands for any (15.5.1 and 12.11).
const ANY_DEVICE: [u8; 5] = [0x0c, 0x02, 0x3f, 0xff, 0xff];
/// Context tag 1: a property of one byte (20.2.1).
const PROPERTY: u8 = 0x19;
/// The model's name (21).
const MODEL_NAME: u8 = 70;
/// The revision of the firmware (21).
const FIRMWARE_REVISION: u8 = 44;
/// The vendor's name (21).
const VENDOR_NAME: u8 = 121;
/// A character string, whose length is in the next byte (20.2.1.3.1 and 20.2.9).
const LONG_STRING: u8 = 0x75;

/// The model.
pub(super) const MODEL: Question = Question {
    protocol: Protocol::Bacnet,
    ports: PORTS,
    datagram: |token| ask(token, MODEL_NAME),
    read: |token, bytes| {
        read(token, MODEL_NAME, bytes).map(|name| named(name, Recognition::product))
    },
    from_any_port: false,
};

/// The firmware.
pub(super) const FIRMWARE: Question = Question {
    datagram: |token| ask(token, FIRMWARE_REVISION),
    read: |token, bytes| {
        read(token, FIRMWARE_REVISION, bytes).map(|name| named(name, Recognition::version))
    },
    ..MODEL
};

/// The vendor.
pub(super) const VENDOR: Question = Question {
    datagram: |token| ask(token, VENDOR_NAME),
    read: |token, bytes| {
        read(token, VENDOR_NAME, bytes).map(|name| named(name, Recognition::detail))
    },
    ..MODEL
};

fn named<'a>(name: &'a [u8], set: fn(Recognition, &'a [u8]) -> Recognition) -> Recognition {
    set(Recognition::of(Protocol::Bacnet), name)
}

/// The number of the request; the properties' differ.
const fn invoke_id([first, ..]: &Token, property: u8) -> u8 {
    *first ^ property
}

fn ask(token: &Token, property: u8) -> Vec<u8> {
    let request = [invoke_id(token, property), READ_PROPERTY];
    [&UNICAST[..], &NETWORK, &CONFIRMED, &request, &ANY_DEVICE, &[PROPERTY, property]].concat()
}

/// The property's text; an empty one where the device refuses.
fn read<'a>(token: &Token, property: u8, whole: &'a [u8]) -> Option<&'a [u8]> {
    let mut bytes = Bytes(whole);
    bytes.expect(&[0x81, 0x0a])?;
    (usize::from(bytes.u16()?) == whole.len()).then_some(())?;
    skip_network(&mut bytes)?;
    let (kind, id) = (bytes.u8()?, bytes.u8()?);
    (id == invoke_id(token, property)).then_some(())?;
    match kind >> 4 {
        3 => text(property, &mut bytes),
        // An error of this service; a rejection or an abortion with its reason (20.1.7 to 20.1.9).
        5 => (bytes.u8()? == READ_PROPERTY && bytes.len() == 4).then_some(&[]),
        6 | 7 => (bytes.len() == 1).then_some(&[]),
        _ => None,
    }
}

/// Version and control, and the addresses of a message that was routed (6.2).
fn skip_network(bytes: &mut Bytes<'_>) -> Option<()> {
    let (version, control) = (bytes.u8()?, bytes.u8()?);
    // A message of the network itself is no answer.
    (version == 1 && control & 0x80 == 0).then_some(())?;
    for bit in [0x20, 0x08] {
        if control & bit != 0 {
            bytes.u16()?;
            let length = usize::from(bytes.u8()?);
            bytes.take(length)?;
        }
    }
    if control & 0x20 != 0 {
        bytes.u8()?;
    }
    Some(())
}

/// The acknowledgement (15.5.1.2): object, property, and between the brackets of context 3 the text
/// after its length and its character set.
fn text<'a>(property: u8, bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    bytes.expect(&[READ_PROPERTY, 0x0c])?;
    bytes.take(4)?;
    bytes.expect(&[PROPERTY, property, 0x3e])?;
    let length = match bytes.u8()? {
        LONG_STRING => bytes.u8()?,
        short @ 0x71..=0x74 => short & 0x07,
        _ => return None,
    };
    let (_character_set, text) = bytes.take(usize::from(length))?.split_first()?;
    (bytes.0 == [0x3f]).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names};
    use super::*;

    /// An acknowledgement as in ASHRAE 135, Annex F.3.5, in one BACnet/IP datagram.
    fn acknowledged(property: u8, text: &[u8]) -> Vec<u8> {
        let length = u8::try_from(text.len() + 1).unwrap();
        let id = invoke_id(&TOKEN, property);
        let start = [1, 0, 0x30, id, 0x0c, 0x0c, 2, 0, 0, 5, 0x19, property, 0x3e, 0x75, length, 0];
        let whole = u8::try_from(start.len() + text.len() + 5).unwrap();
        [&[0x81, 0x0a, 0, whole], &start[..], text, &[0x3f]].concat()
    }

    #[test]
    fn the_question_reads_one_property_of_the_device() {
        let asked = b"\x81\x0a\0\x11\x01\x04\0\x05\x0d\x0c\x0c\x02\x3f\xff\xff\x19\x46";
        assert_eq!((MODEL.datagram)(&TOKEN), asked);
    }

    #[test]
    fn model_firmware_and_vendor_are_said() {
        let model = heard_whole(&MODEL, &acknowledged(MODEL_NAME, b"DDC-40"));
        assert_eq!(names(&model), ["DDC-40", "", ""]);
        let firmware = heard_whole(&FIRMWARE, &acknowledged(FIRMWARE_REVISION, b"4.1.2"));
        assert_eq!(names(&firmware), ["", "4.1.2", ""]);
        let vendor = heard_whole(&VENDOR, &acknowledged(VENDOR_NAME, b"ACME Controls"));
        assert_eq!(names(&vendor), ["", "", "ACME Controls"]);
    }

    #[test]
    fn an_answer_through_a_router_is_one_too() {
        let mut answer = acknowledged(MODEL_NAME, b"DDC-40");
        answer.splice(5..6, [0x08, 0, 7, 1, 9]);
        answer[3] += 4;
        assert_eq!(names(&heard_whole(&MODEL, &answer)), ["DDC-40", "", ""]);
    }

    #[test]
    fn a_refusal_is_an_answer_without_a_name() {
        // An error: object, unknown object (18).
        let answer = b"\x81\x0a\0\x0d\x01\0\x50\x0d\x0c\x91\x01\x91\x1f";
        assert_eq!(heard_whole(&MODEL, answer), Recognition::of(Protocol::Bacnet));
    }
}
