//! SMB 1: whether it is still spoken. Offers its last dialect and nothing else; sets up no session.

use super::smb::with_product;
use crate::Bytes;
use klinke_shared::{Note, Protocol, Recognition};

/// The dialect of Windows NT 4.0 and everything after it (MS-CIFS 1.7 and 2.2.4.52.1).
const NT_LM: &[u8] = b"\x02NT LM 0.12\0";
/// How a message begins: the protocol's name and the command of a negotiation (MS-CIFS 2.2.3.1).
const HEADER: &[u8] = b"\xffSMB\x72";
/// Paths without regard to case, in one form (MS-CIFS 2.2.3.1, Flags); and the flag of an answer.
const FLAGS: u8 = 0x18;
const IS_ANSWER: u8 = 0x80;
/// Unicode, error codes of NT, log-in by mechanisms, long names (MS-SMB 2.2.3.1, Flags2).
const FLAGS2: u16 = 0xc801;
/// Flag of an answer that names its log-in mechanisms (MS-SMB 2.2.3.1).
const EXTENDED_SECURITY: u16 = 0x0800;
/// Tree, process, user and number of the message, which an answer repeats (MS-CIFS 2.2.3.1). No
/// tree and no user; process and number are ours.
const IDENTIFIERS: [u8; 8] = [0xff, 0xff, 0x4b, 0x4c, 0, 0, 0x4e, 0x4b];
/// So many words has the answer of a server that agrees (MS-SMB 2.2.4.5.2).
const WORDS_AGREED: u8 = 17;
/// Signing is required (MS-SMB 2.2.4.5.2.1, `SecurityMode`).
const SIGNING_REQUIRED: u8 = 0x08;
/// What is told as the dialect.
const DIALECT: &str = "SMB 1";

/// An `SMB_COM_NEGOTIATE` request (MS-CIFS 2.2.4.52.1).
pub(super) fn question() -> Vec<u8> {
    let mut bytes = HEADER.to_vec();
    bytes.extend([0, 0, 0, 0, FLAGS]);
    bytes.extend(FLAGS2.to_le_bytes());
    bytes.extend([0; 12]);
    bytes.extend(IDENTIFIERS);
    bytes.push(0);
    bytes.extend(u16::try_from(NT_LM.len()).unwrap_or(u16::MAX).to_le_bytes());
    bytes.extend(NT_LM);
    bytes
}

/// What an answer tells. A server that refuses the dialect in the words of SMB 1 is SMB as well,
/// but not SMB 1.
pub(super) fn read(message: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(message);
    bytes.expect(HEADER)?;
    let status = bytes.u32_le()?;
    (bytes.u8()? & IS_ANSWER != 0).then_some(())?;
    let extended = bytes.u16_le()? & EXTENDED_SECURITY != 0;
    bytes.take(12)?;
    bytes.expect(&IDENTIFIERS)?;
    let words = bytes.u8()?;
    if status == 0 && words == WORDS_AGREED {
        return agreed(bytes, extended);
    }
    // One word that says “none of these”, or nothing but a status.
    let refused = status != 0 || (words == 1 && bytes.u16_le()? == u16::MAX);
    refused.then(|| Recognition::of(Protocol::Smb))
}

/// The rest of an answer that agrees (MS-SMB 2.2.4.5.2).
fn agreed(mut bytes: Bytes<'_>, extended: bool) -> Option<Recognition> {
    // The first of one dialect.
    bytes.expect(&[0, 0])?;
    let security_mode = bytes.u8()?;
    bytes.take(31)?;
    let length = usize::from(bytes.u16_le()?);
    let mut data = Bytes(bytes.take(length)?);
    let smb = Recognition::of(Protocol::Smb).note(Note::Smb1);
    let smb = if security_mode & SIGNING_REQUIRED == 0 {
        smb.note(Note::SigningNotRequired)
    } else {
        smb
    };
    Some(match data.array().filter(|_| extended) {
        Some(guid) => with_product(smb, guid, data.0, DIALECT),
        None => smb.detail(DIALECT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Act;
    use crate::windows::smb::smb1;
    use crate::windows::tests::{answer, known, never_known_too_early};

    /// smbd 4.17 of Debian 12 with `server min protocol = NT1`.
    const SAMBA: &[u8] = include_bytes!("../../../fuzz/seeds/smb/samba-4.17-smb1");
    /// The same as it comes: no dialect is acceptable.
    const SAMBA_REFUSES: &[u8] = include_bytes!("../../../fuzz/seeds/smb/samba-4.17-no-smb1");

    #[test]
    fn the_question_offers_one_dialect() {
        let expected = [
            &b"\xffSMB\x72\0\0\0\0\x18\x01\xc8\0\0\0\0\0\0\0\0\0\0\0\0"[..],
            b"\xff\xffKL\0\0NK\0\x0c\0\x02NT LM 0.12\0",
        ];
        assert_eq!(question(), expected.concat());
    }

    #[test]
    fn samba_that_still_speaks_it_says_so() {
        let expected = Recognition::of(Protocol::Smb)
            .product("Samba")
            .detail("SMB 1 (klinkelab)")
            .note(Note::Smb1)
            .note(Note::SigningNotRequired);
        assert_eq!(known(smb1, SAMBA), expected);
    }

    #[test]
    fn signing_can_be_required_here_too() {
        let mut heard = SAMBA.to_vec();
        heard[4 + 32 + 1 + 2] = 0x0f;
        assert!(!known(smb1, &heard).has(Note::SigningNotRequired));
    }

    #[test]
    fn samba_that_refuses_it_is_smb_without_the_note() {
        assert_eq!(known(smb1, SAMBA_REFUSES), Recognition::of(Protocol::Smb));
    }

    #[test]
    fn an_answer_to_another_message_is_refused() {
        // Name, command, flag of an answer, process, number of the message, dialect.
        for (place, bit) in [(4, 1), (8, 1), (13, 0x80), (30, 1), (34, 1), (37, 1)] {
            let mut heard = SAMBA.to_vec();
            heard[place] ^= bit;
            assert_eq!(answer(smb1, &heard), Act::Other, "{place}");
        }
    }

    #[test]
    fn half_an_answer_is_nothing() {
        never_known_too_early(smb1, SAMBA);
        never_known_too_early(smb1, SAMBA_REFUSES);
    }
}
