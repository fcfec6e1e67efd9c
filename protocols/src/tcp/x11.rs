//! X11: begins the connection set-up without authorisation (X Window System Protocol, Version 11,
//! chapter 8 and appendix B). A server that agrees is open; nothing further is asked of it.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::X11,
    ports: &[6000, 6001, 6002, 6003, 6004, 6005],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// Least significant byte first, version 11.0, no name and no data of an authorisation.
const QUESTION: [u8; 12] = [b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const FAILED: u8 = 0;
const SUCCESS: u8 = 1;
const MAJOR: u16 = 11;
/// What a server that agrees sends before its maker's name, after the eight bytes of every answer.
const BEFORE_VENDOR: usize = 32;
/// How servers say that an authorisation is missing, in part.
const UNAUTHORISED: [&[u8]; 3] = [b"uthoriz", b"rotocol specified", b"uthentic"];

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let read = match bytes.u8() {
        Some(FAILED) => failed(bytes),
        Some(SUCCESS) => success(bytes),
        Some(_) => return Reading::Other,
        None => None,
    };
    match read {
        Some(reading) => reading,
        None if over => Reading::Other,
        None => Reading::More,
    }
}

/// Nothing as long as it is too early to say.
fn failed(mut bytes: Bytes) -> Option<Reading> {
    let length = usize::from(bytes.u8()?);
    let (major, _minor, words) = (bytes.u16_le()?, bytes.u16_le()?, bytes.u16_le()?);
    if major != MAJOR || usize::from(words) != length.div_ceil(4) || length == 0 {
        return Some(Reading::Other);
    }
    let reason = bytes.take(length)?;
    let recognition = Recognition::of(Protocol::X11).detail(reason);
    let missing =
        UNAUTHORISED.iter().any(|words| reason.windows(words.len()).any(|part| part == *words));
    Some(Reading::known(if missing { recognition.note(Note::AsksPassword) } else { recognition }))
}

fn success(mut bytes: Bytes) -> Option<Reading> {
    bytes.u8()?;
    let (major, _minor, words) = (bytes.u16_le()?, bytes.u16_le()?, bytes.u16_le()?);
    if major != MAJOR || usize::from(words) * 4 < BEFORE_VENDOR {
        return Some(Reading::Other);
    }
    let release = bytes.u32_le()?;
    bytes.take(12)?;
    let length = usize::from(bytes.u16_le()?);
    bytes.take(14)?;
    if length > usize::from(words) * 4 - BEFORE_VENDOR {
        return Some(Reading::Other);
    }
    let vendor = bytes.take(length)?;
    let recognition = Recognition::of(Protocol::X11).note(Note::NoPassword).detail(vendor);
    let xorg = vendor.starts_with(b"The X.Org Foundation");
    Some(Reading::known(if xorg {
        recognition.product("X.Org").version(xorg_version(release))
    } else {
        recognition
    }))
}

/// 11906000 is 1.19.6; since 12100000 the leading 1 is not said any more: 12101007 is 21.1.7
/// (xserver, configure.ac: `VENDOR_RELEASE`).
fn xorg_version(release: u32) -> String {
    let (major, minor) = (release / 10_000_000, release / 100_000 % 100);
    let (patch, snap) = (release / 1_000 % 100, release % 1_000);
    if (major, minor) >= (1, 21) {
        format!("{minor}.{patch}.{snap}")
    } else {
        format!("{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"l\0\x0b\0\0\0\0\0\0\0\0\0");
    }

    #[test]
    fn a_real_server_without_authorisation_is_open() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/x11/open")]);
        assert_eq!(
            (names(&recognition).0, names(&recognition).2),
            ("X.Org", "The X.Org Foundation")
        );
        assert!(names(&recognition).1.starts_with("21.1."));
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn a_real_server_with_authorisation_says_so() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/x11/refused")]);
        assert_eq!(recognition.notes, [Note::AsksPassword]);
    }

    #[test]
    fn an_old_release_is_written_with_its_leading_one() {
        assert_eq!(xorg_version(11_906_000), "1.19.6");
        assert_eq!(xorg_version(12_101_007), "21.1.7");
    }

    #[test]
    fn another_protocol_version_or_length_is_refused() {
        assert_eq!(tells(&STEP, &[b"\0\x04\x0c\0\0\0\x01\0abcd"]), None);
        assert_eq!(tells(&STEP, &[b"\0\x04\x0b\0\0\0\x09\0abcd"]), None);
    }
}
