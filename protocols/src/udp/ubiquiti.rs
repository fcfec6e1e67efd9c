//! Ubiquiti's discovery, version 1 (as in the maker's “Device Discovery Tool”): asks a device what
//! it is. The answer names model, firmware and host; nothing is changed.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// Version 1, command 0, no data.
const DISCOVER: [u8; 4] = [1, 0, 0, 0];
/// The firmware, like “XW.ar934x.v5.6.6.29183.160526.1205”.
const FIRMWARE: u8 = 0x03;
/// The host's name.
const HOST_NAME: u8 = 0x0b;
/// The short name of the model.
const SHORT_MODEL: u8 = 0x0c;
/// The model.
const MODEL: u8 = 0x14;

/// What it is.
pub(super) const DISCOVERY: Question = Question {
    protocol: Protocol::Ubiquiti,
    ports: &[10_001],
    datagram: |_| DISCOVER.to_vec(),
    read,
    from_any_port: false,
};

fn read(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&[1, 0])?;
    (usize::from(bytes.u16()?) == bytes.len()).then_some(())?;
    let fields = fields(bytes)?;
    let find = |wanted: u8| fields.iter().find(|(kind, _)| *kind == wanted).map(|(_, text)| *text);
    let model = find(MODEL).or_else(|| find(SHORT_MODEL));
    let firmware = find(FIRMWARE);
    (model.is_some() || firmware.is_some()).then_some(())?;
    let product = [b"Ubiquiti ", model.unwrap_or_default()].concat();
    let recognition = Recognition::of(Protocol::Ubiquiti).product(product);
    let version = version(firmware.unwrap_or_default());
    Some(recognition.version(version).detail(find(HOST_NAME).unwrap_or_default()))
}

/// Each field has a type, a length and its content.
fn fields(mut bytes: Bytes<'_>) -> Option<Vec<(u8, &[u8])>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let (kind, length) = (bytes.u8()?, usize::from(bytes.u16()?));
        fields.push((kind, bytes.take(length)?));
    }
    Some(fields)
}

/// “5.6.6” out of the firmware's name: what follows “.v”, without build and date.
fn version(firmware: &[u8]) -> Vec<u8> {
    let place = firmware.windows(2).position(|two| two == b".v");
    let rest = place.and_then(|place| firmware.get(place + 2..)).unwrap_or(firmware);
    let parts: Vec<_> = rest.split(|byte| *byte == b'.').take(3).collect();
    parts.join(&b'.')
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, names};
    use super::*;

    /// The documented fields, with names of our own.
    const ANSWER: &[u8] = b"\x01\0\0\x3d\x03\0\x25XW.ar934x.v5.6.6.29183.160526.1205.xyz\
                            \x0b\0\x04roof\x0c\0\x03P5B\x14\0\x07NanoM5x";

    fn answer() -> Vec<u8> {
        let mut answer = ANSWER.to_vec();
        answer[6] = 38;
        answer[3] = u8::try_from(answer.len() - 4).unwrap();
        answer
    }

    #[test]
    fn a_device_says_model_firmware_and_name() {
        let recognition = heard(&DISCOVERY, &answer(), answer().len(), false);
        assert_eq!(names(&recognition), ["Ubiquiti NanoM5x", "5.6.6", "roof"]);
        assert_eq!((DISCOVERY.datagram)(&TOKEN), [1, 0, 0, 0]);
    }

    #[test]
    fn an_answer_without_model_and_firmware_is_none() {
        assert_eq!((DISCOVERY.read)(&TOKEN, &[1, 0, 0, 0]), None);
        assert_eq!((DISCOVERY.read)(&TOKEN, b"\x01\0\0\x04\x0b\0\x01x"), None);
    }
}
