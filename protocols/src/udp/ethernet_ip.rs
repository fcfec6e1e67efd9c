//! EtherNet/IP (CIP Networks Library, volume 2, 2-4.2): asks a controller for its identity, which
//! it answers without a session. Registers none and reads no tag.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// List identity (volume 2, 2-4.2), least significant byte first.
const LIST_IDENTITY: [u8; 2] = [0x63, 0x00];
/// One item, an identity (volume 2, 2-6.2 and 2-4.2.3).
const ONE_IDENTITY: [u8; 4] = [0x01, 0x00, 0x0c, 0x00];

/// The identity.
pub(super) const IDENTITY: Question = Question {
    protocol: Protocol::EthernetIp,
    ports: &[44_818],
    datagram: ask,
    read,
    from_any_port: false,
};

/// What the sender is told again (volume 2, 2-3.5).
fn context(token: &Token) -> &[u8] {
    token.get(..8).unwrap_or_default()
}

/// No data, no session, no status; the context; no options.
fn ask(token: &Token) -> Vec<u8> {
    [&LIST_IDENTITY[..], &[0; 2], &[0; 4], &[0; 4], context(token), &[0; 4]].concat()
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&LIST_IDENTITY)?;
    let (length, _session) = (usize::from(bytes.u16_le()?), bytes.u32_le()?);
    bytes.expect(&[0; 4])?;
    bytes.expect(context(token))?;
    let _options = bytes.u32_le()?;
    (length == bytes.len()).then_some(())?;
    bytes.expect(&ONE_IDENTITY)?;
    let (_length, _version, _socket) = (bytes.u16_le()?, bytes.u16_le()?, bytes.take(16)?);
    let (_vendor, _kind, _code) = (bytes.u16_le()?, bytes.u16_le()?, bytes.u16_le()?);
    let (major, minor) = (bytes.u8()?, bytes.u8()?);
    let (_status, _serial, name) = (bytes.u16_le()?, bytes.u32_le()?, usize::from(bytes.u8()?));
    let name = bytes.take(name)?;
    let _state = bytes.u8()?;
    let recognition = Recognition::of(Protocol::EthernetIp).product(name);
    Some(recognition.version(format!("{major}.{minor:03}")))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names};
    use super::*;

    #[test]
    fn the_question_is_list_identity() {
        let question = (IDENTITY.datagram)(&TOKEN);
        assert_eq!(question, b"\x63\0\0\0\0\0\0\0\0\0\0\0KlinkeTe\0\0\0\0");
    }

    #[test]
    fn a_controller_says_name_and_revision() {
        // The documented item: Rockwell (1), a controller (14), product 54, revision 20.11.
        let name = b"1769-L16ER/B LOGIX5316ER";
        let item = [
            &[1, 0][..],
            &[0, 2, 0xaf, 0x12, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            &[1, 0, 14, 0, 153, 0, 20, 11, 0x60, 0x30, 1, 2, 3, 4, 24],
            name,
            &[3],
        ]
        .concat();
        let length = u8::try_from(item.len()).unwrap();
        let head = [&[0x63, 0, length + 6, 0, 0, 0, 0, 0, 0, 0, 0, 0], &b"KlinkeTe"[..], &[0; 4]];
        let answer = [&head.concat()[..], &[1, 0, 0x0c, 0, length, 0], &item].concat();
        let recognition = heard_whole(&IDENTITY, &answer);
        assert_eq!(names(&recognition), ["1769-L16ER/B LOGIX5316ER", "20.011", ""]);
    }
}
