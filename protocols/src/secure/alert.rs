//! What proves TLS in an answer to anything: a record with an alert. Reads no handshake.

use crate::Bytes;

/// The content types of records (RFC 8446, B.1).
pub(super) const ALERT: u8 = 21;
/// A handshake message.
pub(super) const HANDSHAKE: u8 = 22;
/// The major version of every record since SSL 3.0 (RFC 6101, 5.2.1).
pub(super) const MAJOR: u8 = 3;
/// The newest minor version that a record carries (RFC 8446, 5.1; 4 was used by drafts).
const NEWEST_MINOR: u8 = 4;

/// The description of the alert that stands at the beginning of `heard`, if one does: type, version,
/// length 2, level 1 or 2, description (RFC 8446, 6).
pub(super) fn alert(heard: &[u8]) -> Option<u8> {
    let mut bytes = Bytes(heard);
    bytes.expect(&[ALERT, MAJOR])?;
    let minor = bytes.u8()?;
    bytes.expect(&[0, 2])?;
    let [level, description] = bytes.array()?;
    (minor <= NEWEST_MINOR && matches!(level, 1 | 2) && is_description(description))
        .then_some(description)
}

/// Whether this may still become a record of an alert or a handshake.
pub(super) fn may_be_record(heard: &[u8]) -> bool {
    let minor = heard.get(2).is_none_or(|minor| *minor <= NEWEST_MINOR);
    heard.first().is_none_or(|kind| matches!(*kind, ALERT | HANDSHAKE))
        && heard.get(1).is_none_or(|major| *major == MAJOR)
        && minor
}

/// The alerts that exist (RFC 8446, B.2, with those of older versions there).
fn is_description(number: u8) -> bool {
    matches!(number,
        0 | 10 | 20..=22 | 30 | 40..=51 | 60 | 70 | 71 | 80 | 86 | 90 | 100 | 109..=116 | 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_of_any_version_is_found() {
        assert_eq!(alert(b"\x15\x03\x01\x00\x02\x02\x46"), Some(70));
        assert_eq!(alert(b"\x15\x03\x03\x00\x02\x02\x28"), Some(40));
    }

    #[test]
    fn what_only_looks_like_an_alert_is_not() {
        for other in [
            &b"\x15\x03\x01\x00\x02\x02"[..],
            b"\x15\x03\x01\x00\x02\x03\x46",
            b"\x15\x03\x01\x00\x02\x02\xff",
            b"\x15\x03\x01\x00\x03\x02\x46\x00",
            b"\x15\x03\x09\x00\x02\x02\x46",
            b"SSH-2.0-OpenSSH_9.2p1\r\n",
        ] {
            assert_eq!(alert(other), None, "{other:?}");
        }
    }
}
