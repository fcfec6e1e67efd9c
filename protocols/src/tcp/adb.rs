//! Android Debug Bridge: the message with which every connection begins (Android Open Source
//! Project, `packages/modules/adb/protocol.txt`). Opens no stream and offers no key.

use super::text;
use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Adb,
    ports: &[5555],
    listens: false,
    begin: |_| Box::new(Exchange::ask(CONNECT.to_vec(), read)),
};

/// Command, version, longest message, seven bytes of which the sum is 0x232, the command inverted;
/// and who connects.
const CONNECT: &[u8] = b"CNXN\0\0\0\x01\0\x10\0\0\x07\0\0\0\x32\x02\0\0\xbc\xb1\xa7\xb1host::\0";
const HEAD: usize = 24;
/// A description of the device and its features has some hundred bytes.
const LONGEST: u32 = 4096;
/// The kind of an AUTH message that carries a token to sign.
const TOKEN: u32 = 1;

fn read(heard: &[u8], over: bool) -> Reading {
    let more = if over { Reading::Other } else { Reading::More };
    let kinds: [&[u8]; 3] = [b"CNXN", b"AUTH", b"STLS"];
    let kind = text::at_most(heard, 4);
    if !kinds.iter().any(|known| known.starts_with(kind)) {
        return Reading::Other;
    }
    if heard.len() < HEAD {
        return more;
    }
    let Some((argument, length, content)) = head(Bytes(heard)) else { return Reading::Other };
    let known = Recognition::of(Protocol::Adb);
    match kind {
        b"CNXN" => match usize::try_from(length).ok().and_then(|length| content.get(..length)) {
            Some(banner) => Reading::known(device(known, banner)),
            None => more,
        },
        b"AUTH" if argument != TOKEN => Reading::Other,
        _ => Reading::known(known.note(Note::AsksPassword)),
    }
}

/// The first argument, the length of the content, and the content.
fn head(mut bytes: Bytes<'_>) -> Option<(u32, u32, &[u8])> {
    let command = bytes.u32_le()?;
    let argument = bytes.u32_le()?;
    bytes.u32_le()?;
    let length = bytes.u32_le().filter(|length| *length <= LONGEST)?;
    bytes.u32_le()?;
    (bytes.u32_le()? == !command).then_some((argument, length, bytes.0))
}

/// `device::ro.product.name=…;ro.product.model=…;ro.product.device=…;features=…`
fn device(known: Recognition, banner: &[u8]) -> Recognition {
    let banner = banner.strip_suffix(b"\0").unwrap_or(banner);
    let mut values = banner.split(|byte| b";:".contains(byte));
    let model = values.find_map(|value| value.strip_prefix(b"ro.product.model="));
    known.note(Note::NoPassword).product(model.unwrap_or_default()).detail(banner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    fn message(kind: [u8; 4], argument: u32, content: &[u8]) -> Vec<u8> {
        let command = u32::from_le_bytes(kind);
        let length = u32::try_from(content.len()).unwrap();
        let words = [command, argument, 4096, length, 0, !command];
        let head = words.into_iter().flat_map(u32::to_le_bytes);
        head.chain(content.iter().copied()).collect()
    }

    #[test]
    fn the_question_is_as_documented() {
        let mut expected = message(*b"CNXN", 0x0100_0000, b"host::\0");
        expected[16..20].copy_from_slice(&0x232_u32.to_le_bytes());
        assert_eq!(question(&STEP), expected);
    }

    #[test]
    fn an_open_device_in_the_documented_form_names_its_model() {
        let banner = b"device::ro.product.name=sunfish;ro.product.model=Pixel 4a;features=cmd\0";
        let recognition = known(&STEP, &[&message(*b"CNXN", 0x0100_0001, banner)]);
        assert_eq!(names(&recognition).0, "Pixel 4a");
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn a_locked_device_asks() {
        assert_eq!(known(&STEP, &[&message(*b"AUTH", 1, &[7; 20])]).notes, [Note::AsksPassword]);
        assert_eq!(known(&STEP, &[&message(*b"STLS", 1, b"")]).notes, [Note::AsksPassword]);
    }

    #[test]
    fn a_wrong_check_is_refused() {
        let mut wrong = message(*b"AUTH", 1, &[7; 20]);
        wrong[20] ^= 1;
        assert_eq!(tells(&STEP, &[&wrong]), None);
    }
}
