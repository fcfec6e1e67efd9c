//! The `NetBIOS` session service: how a session is asked for, and the frame around each message, which
//! SMB kept when it gave up `NetBIOS`. Asks no name service.

use crate::{Bytes, MOST_HEARD};

/// Types of packets (RFC 1002 4.3.1).
const SESSION_MESSAGE: u8 = 0x00;
const SESSION_REQUEST: u8 = 0x81;
const POSITIVE_RESPONSE: u8 = 0x82;
const NEGATIVE_RESPONSE: u8 = 0x83;
const RETARGET_RESPONSE: u8 = 0x84;

/// Whoever offers files accepts this name (Common Internet File System, 1999, appendix A 10.1 and
/// 10.2).
const ANY_SERVER: &[u8] = b"*SMBSERVER";
/// What kind of service a name stands for, its sixteenth byte: files, and a workstation.
const FILES: u8 = 0x20;
const WORKSTATION: u8 = 0x00;
/// Who asks.
const OWN_NAME: &[u8] = b"KLINKE";
/// So many bytes of a name come before its kind (RFC 1001 14.1).
const NAME_LENGTH: usize = 15;

/// What was said first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packet<'a> {
    /// Not all of it is here yet.
    Unfinished,
    /// A message of the session; what is in the frame.
    Message(&'a [u8]),
    /// The session stands; these many bytes said so.
    Positive(usize),
    /// There is no session for this name, or at another place.
    Negative,
    /// Not this protocol.
    Other,
}

/// Asks for a session with whoever offers files (RFC 1002 4.3.2).
pub(super) fn session_request() -> Vec<u8> {
    let names = [name(ANY_SERVER, FILES), name(OWN_NAME, WORKSTATION)].concat();
    let mut bytes = vec![SESSION_REQUEST, 0];
    bytes.extend(u16::try_from(names.len()).unwrap_or(u16::MAX).to_be_bytes());
    bytes.extend(names);
    bytes
}

/// A name with its kind, each half byte as a letter (RFC 1001 14.1).
fn name(name: &[u8], kind: u8) -> Vec<u8> {
    let padding = std::iter::repeat_n(b' ', NAME_LENGTH.saturating_sub(name.len()));
    let plain = name.iter().copied().chain(padding).chain([kind]);
    let letters = plain.flat_map(|byte| [b'A' + (byte >> 4), b'A' + (byte & 0x0f)]);
    std::iter::once(0x20).chain(letters).chain([0]).collect()
}

/// A message in its frame (RFC 1002 4.3.6; MS-SMB2 2.1, where the length has three bytes).
pub(super) fn framed(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), message].concat()
}

/// The first packet of what was heard.
pub(super) fn packet(heard: &[u8]) -> Packet<'_> {
    let mut bytes = Bytes(heard);
    let Some(kind) = bytes.u8() else { return Packet::Unfinished };
    if !matches!(kind, SESSION_MESSAGE | POSITIVE_RESPONSE..=RETARGET_RESPONSE) {
        return Packet::Other;
    }
    let Some(length) = bytes.u24().and_then(|length| usize::try_from(length).ok()) else {
        return Packet::Unfinished;
    };
    if length > MOST_HEARD {
        return Packet::Other;
    }
    bytes.take(length).map_or(Packet::Unfinished, |body| complete(kind, body))
}

/// A whole packet; responses have fixed lengths (RFC 1002 4.3.3 to 4.3.5).
fn complete(kind: u8, body: &[u8]) -> Packet<'_> {
    match (kind, body) {
        (SESSION_MESSAGE, message) => Packet::Message(message),
        (POSITIVE_RESPONSE, []) => Packet::Positive(4),
        (NEGATIVE_RESPONSE, [0x80..=0x83 | 0x8f]) | (RETARGET_RESPONSE, [_, _, _, _, _, _]) => {
            Packet::Negative
        }
        _ => Packet::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_asked_for_with_both_names() {
        let expected = [
            &[0x81, 0, 0, 68, 0x20][..],
            b"CKFDENECFDEFFCFGEFFCCACACACACACA\0\x20",
            b"ELEMEJEOELEFCACACACACACACACACAAA\0",
        ];
        assert_eq!(session_request(), expected.concat());
    }

    #[test]
    fn each_response_has_its_length() {
        assert_eq!(packet(&[0x82, 0, 0, 0]), Packet::Positive(4));
        assert_eq!(packet(&[0x83, 0, 0, 1, 0x82]), Packet::Negative);
        assert_eq!(packet(&[0x84, 0, 0, 6, 192, 0, 2, 1, 0, 139]), Packet::Negative);
        for wrong in [&[0x82, 0, 0, 1, 0][..], &[0x83, 0, 0, 1, 0x17], &[0x84, 0, 0, 0]] {
            assert_eq!(packet(wrong), Packet::Other, "{wrong:?}");
        }
    }

    #[test]
    fn a_message_is_waited_for_but_not_forever() {
        assert_eq!(packet(&[0, 0, 0, 2, 7]), Packet::Unfinished);
        assert_eq!(packet(&[0, 0, 0, 2, 7, 8, 9]), Packet::Message(&[7, 8]));
        assert_eq!(packet(&[0, 0xff, 0, 0]), Packet::Other);
    }
}
