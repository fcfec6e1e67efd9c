//! VNC: answers the version and reads which kinds of security the server offers (RFC 6143, 7.1.1
//! and 7.1.2). Chooses none of them, so no screen is opened and no password is tried.

use super::dialogue::{Dialogue, Turn};
use crate::{Bytes, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Vnc,
    ports: &[5900, 5901, 5902, 5903, 5904, 5905, 5906],
    listens: true,
    begin: |_| Dialogue::open(Vec::new(), read),
};

const VERSION_LENGTH: usize = 12;
/// Kinds of security (RFC 6143, 7.1.2, and the list of IANA that it opens).
const INVALID: u8 = 0;
const NONE: u8 = 1;
const TIGHT: u8 = 16;
const ULTRA: u8 = 17;
const APPLE: u8 = 30;
/// Those that ask for a password whatever follows: VNC, RSA-AES of `RealVNC` (5, 6, 13, 129, 130),
/// `UltraVNC` with Windows users (17, 113), Apple (30, 33, 35, 36).
const WITH_PASSWORD: [u8; 12] = [2, 5, 6, 13, ULTRA, APPLE, 33, 35, 36, 113, 129, 130];

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let mut bytes = Bytes(heard);
    let Some(words) = bytes.take(VERSION_LENGTH) else {
        let early = heard.starts_with(b"RFB ") || b"RFB ".starts_with(heard);
        return if early && !over { Turn::More } else { Turn::Other };
    };
    let Some(version) = version(words) else { return Turn::Other };
    if said == 0 {
        return Turn::Say(answer(version).to_vec());
    }
    let recognition = greeting(words, version);
    let read = if version < (3, 7) { old(bytes) } else { offered(bytes) };
    match read {
        Some(kinds) => Turn::known(judged(recognition, &kinds)),
        None if over => Turn::known(recognition),
        None => Turn::More,
    }
}

/// `RFB 003.008` and a line's end.
fn version(words: &[u8]) -> Option<(u16, u16)> {
    let numbers = words.strip_prefix(b"RFB ")?.strip_suffix(b"\n")?;
    let (major, minor) = (numbers.get(..3)?, numbers.strip_prefix(numbers.get(..3)?)?);
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse().ok();
    Some((number(major)?, number(minor.strip_prefix(b".")?)?))
}

/// The highest version that the RFC knows and the server too.
fn answer(version: (u16, u16)) -> &'static [u8] {
    match version {
        (3, 0..7) => b"RFB 003.003\n",
        (3, 7) => b"RFB 003.007\n",
        _ => b"RFB 003.008\n",
    }
}

/// In 3.3 the server decides: one number of four bytes.
fn old(mut bytes: Bytes) -> Option<Vec<u8>> {
    bytes.u32().map(|kind| u8::try_from(kind).into_iter().collect())
}

/// From 3.7 on it offers a list, which is empty when it refuses.
fn offered(mut bytes: Bytes) -> Option<Vec<u8>> {
    let count = bytes.u8()?;
    bytes.take(usize::from(count)).map(<[u8]>::to_vec)
}

fn greeting(words: &[u8], version: (u16, u16)) -> Recognition {
    let product = match version {
        (3, 889) => "Apple Remote Desktop",
        (4 | 5, _) => "RealVNC",
        (3, 4 | 6 | 14 | 16) => "UltraVNC",
        _ => "",
    };
    Recognition::of(Protocol::Vnc).product(product).detail(words)
}

fn judged(recognition: Recognition, kinds: &[u8]) -> Recognition {
    let has = |kind: u8| kinds.contains(&kind);
    let recognition = match recognition.product.is_some() {
        false if has(APPLE) => recognition.product("Apple Remote Desktop"),
        false if has(ULTRA) => recognition.product("UltraVNC"),
        false if has(TIGHT) => recognition.product("TightVNC"),
        _ => recognition,
    };
    if has(NONE) {
        recognition.note(Note::NoPassword)
    } else if !has(INVALID) && WITH_PASSWORD.into_iter().any(has) {
        recognition.note(Note::AsksPassword)
    } else {
        recognition
    }
}

/// A greeting of VNC at a port where anything might speak.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let words = heard.get(..VERSION_LENGTH)?;
    version(words).map(|version| greeting(words, version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, names, tells};

    #[test]
    fn it_answers_with_a_version_that_the_server_knows() {
        for (theirs, ours) in [
            (b"RFB 003.008\n", b"RFB 003.008\n"),
            (b"RFB 003.003\n", b"RFB 003.003\n"),
            (b"RFB 003.889\n", b"RFB 003.008\n"),
            (b"RFB 005.000\n", b"RFB 003.008\n"),
        ] {
            assert_eq!(drive(&STEP, &[theirs]).0, [ours]);
        }
    }

    #[test]
    fn a_real_tigervnc_without_password_is_open() {
        let recognition = known(&STEP, &[b"RFB 003.008\n", b"\x01\x01"]);
        assert_eq!(names(&recognition).2, "RFB 003.008");
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn a_real_tigervnc_with_password_asks_for_it() {
        let recognition = known(&STEP, &[b"RFB 003.008\n", b"\x02\x13\x02"]);
        assert_eq!(recognition.notes, [Note::AsksPassword]);
    }

    #[test]
    fn version_3_3_and_makers_are_read() {
        assert_eq!(known(&STEP, &[b"RFB 003.003\n", b"\0\0\0\x01"]).notes, [Note::NoPassword]);
        let apple = known(&STEP, &[b"RFB 003.889\n", b"\x04\x1e\x21\x24\x23"]);
        assert_eq!(names(&apple).0, "Apple Remote Desktop");
        let refused = known(&STEP, &[b"RFB 003.008\n", b"\0\0\0\0\x03why"]);
        assert!(refused.notes.is_empty());
    }

    #[test]
    fn what_is_no_version_is_refused() {
        assert_eq!(tells(&STEP, &[b"RFB 00x.008\n"]), None);
        assert_eq!(tells(&STEP, &[b"RFB 003.008 "]), None);
    }
}
