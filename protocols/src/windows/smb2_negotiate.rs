//! SMB 2 and 3: the negotiation of a dialect. Tells which is spoken and whether messages must be
//! signed; sets up no session.

use super::smb::with_product;
use crate::Bytes;
use klinke_shared::{Note, Protocol, Recognition};

/// The dialects that are offered, with their names (MS-SMB2 2.2.3).
const DIALECTS: [(u16, &str); 5] = [
    (0x0202, "SMB 2.0.2"),
    (0x0210, "SMB 2.1"),
    (0x0300, "SMB 3.0"),
    (0x0302, "SMB 3.0.2"),
    (0x0311, "SMB 3.1.1"),
];

/// How a message begins: the protocol's name and the length of the header (MS-SMB2 2.2.1.2).
const HEADER: &[u8] = b"\xfeSMB\x40\0";
/// The command of a negotiation (MS-SMB2 2.2.1.2).
const NEGOTIATE: u16 = 0;
/// The flag of an answer (MS-SMB2 2.2.1.2, `SMB2_FLAGS_SERVER_TO_REDIR`).
const IS_ANSWER: u32 = 1;
/// Lengths as the structures state them (MS-SMB2 2.2.3 and 2.2.4).
const REQUEST_SIZE: u16 = 36;
const RESPONSE_SIZE: u16 = 65;
/// Bits of the security mode (MS-SMB2 2.2.3).
const SIGNING_ENABLED: u16 = 1;
const SIGNING_REQUIRED: u16 = 2;
/// Where the negotiate context is: after the header, the request and its dialects, at a multiple of
/// eight.
const CONTEXT_OFFSET: u32 = 112;
/// The hash algorithms that 3.1.1 needs to know (MS-SMB2 2.2.3.1.1): SHA-512, which is the only one,
/// and a salt.
const PREAUTH_INTEGRITY: u16 = 1;
const SHA_512: u16 = 1;
const SALT_LENGTH: u16 = 32;

/// An SMB2 NEGOTIATE request (MS-SMB2 2.2.3) with the first message number there is.
pub(super) fn question(token: &[u8; 16]) -> Vec<u8> {
    let mut bytes = HEADER.to_vec();
    // Credit charge, status, command and the credits that are asked for; then zero until the end.
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    bytes.resize(64, 0);
    bytes.extend(REQUEST_SIZE.to_le_bytes());
    bytes.extend([5, 0]);
    bytes.extend(SIGNING_ENABLED.to_le_bytes());
    // Reserved, and capabilities: none is needed to negotiate.
    bytes.extend([0; 6]);
    bytes.extend(token);
    bytes.extend(CONTEXT_OFFSET.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(DIALECTS.iter().flat_map(|(dialect, _)| dialect.to_le_bytes()));
    bytes.extend([0, 0]);
    for number in [PREAUTH_INTEGRITY, 6 + SALT_LENGTH, 0, 0, 1, SALT_LENGTH, SHA_512] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend([*token, *token].concat());
    bytes
}

/// What an answer tells. A refusal is SMB as well.
pub(super) fn read(message: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(message);
    bytes.expect(HEADER)?;
    bytes.take(2)?;
    let status = bytes.u32_le()?;
    (bytes.u16_le()? == NEGOTIATE).then_some(())?;
    bytes.take(2)?;
    (bytes.u32_le()? & IS_ANSWER != 0).then_some(())?;
    bytes.take(4)?;
    // The number of the message: ours is the first.
    bytes.expect(&[0; 8])?;
    bytes.take(32)?;
    if status != 0 {
        return Some(Recognition::of(Protocol::Smb));
    }
    negotiated(message, bytes)
}

/// An SMB2 NEGOTIATE response (MS-SMB2 2.2.4).
fn negotiated(message: &[u8], mut bytes: Bytes<'_>) -> Option<Recognition> {
    (bytes.u16_le()? == RESPONSE_SIZE).then_some(())?;
    let security_mode = bytes.u16_le()?;
    let dialect = bytes.u16_le()?;
    let (_, dialect) = DIALECTS.iter().find(|(offered, _)| *offered == dialect)?;
    bytes.take(2)?;
    let guid = bytes.array()?;
    // Capabilities, three limits, the time and when the server started.
    bytes.take(32)?;
    let (offset, length) = (usize::from(bytes.u16_le()?), usize::from(bytes.u16_le()?));
    let mechanisms = message.get(offset..)?.get(..length)?;
    let smb = with_product(Recognition::of(Protocol::Smb), guid, mechanisms, dialect);
    let required = security_mode & SIGNING_REQUIRED != 0;
    Some(if required { smb } else { smb.note(Note::SigningNotRequired) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Act;
    use crate::windows::smb::smb2;
    use crate::windows::tests::{CONTEXT, answer, known, never_known_too_early};

    /// smbd 4.17 of Debian 12 as it comes, and with `server signing = mandatory`.
    const SAMBA: &[u8] = include_bytes!("../../../fuzz/seeds/smb/samba-4.17-smb3");
    const SAMBA_SIGNED: &[u8] = include_bytes!("../../../fuzz/seeds/smb/samba-4.17-signed");
    /// Where the body begins in its frame.
    const BODY: usize = 4 + 64;

    #[test]
    fn the_question_offers_every_dialect_and_what_the_newest_needs() {
        let bytes = question(&CONTEXT.token);
        assert_eq!(bytes.len(), 158);
        assert_eq!(bytes[..64], [HEADER, &[0; 8], &[1, 0], &[0; 48]].concat());
        assert_eq!(bytes[64..76], [36, 0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(bytes[76..92], CONTEXT.token);
        assert_eq!(bytes[92..100], [112, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(bytes[100..112], [2, 2, 0x10, 2, 0, 3, 2, 3, 0x11, 3, 0, 0]);
        assert_eq!(bytes[112..126], [1, 0, 38, 0, 0, 0, 0, 0, 1, 0, 32, 0, 1, 0]);
    }

    #[test]
    fn samba_tells_its_dialect_its_name_and_whether_it_signs() {
        let samba = Recognition::of(Protocol::Smb).product("Samba").detail("SMB 3.1.1 (klinkelab)");
        assert_eq!(known(smb2, SAMBA_SIGNED), samba);
        assert_eq!(known(smb2, SAMBA), samba.note(Note::SigningNotRequired));
    }

    /// The real answer with a GUID and a first mechanism as Windows has them (MS-NEGOEX).
    #[test]
    fn windows_is_known_by_its_mechanisms_and_other_servers_stay_unnamed() {
        let mut heard = SAMBA.to_vec();
        heard[BODY + 8] = 0xe7;
        let unnamed =
            Recognition::of(Protocol::Smb).detail("SMB 3.1.1").note(Note::SigningNotRequired);
        assert_eq!(known(smb2, &heard), unnamed);
        let mechanism = heard.windows(2).position(|part| part == [2, 0x0a]).unwrap();
        heard[mechanism + 1] = 0x1e;
        assert_eq!(known(smb2, &heard), unnamed.product("Microsoft Windows"));
    }

    #[test]
    fn a_refusal_is_smb_too() {
        let mut heard = [HEADER, &[0; 8], &[1, 0, 1, 0, 0, 0], &[0; 44]].concat();
        heard[8..12].copy_from_slice(&0xc000_00bb_u32.to_le_bytes());
        let heard = super::super::netbios::framed(&heard);
        assert_eq!(known(smb2, &heard), Recognition::of(Protocol::Smb));
    }

    #[test]
    fn an_answer_to_another_message_or_with_another_dialect_is_refused() {
        // Name, command, flag of an answer, message number, length of the body, dialect.
        for place in [4, 16, 20, 28, BODY, BODY + 4] {
            let mut heard = SAMBA.to_vec();
            heard[place] ^= 1;
            assert_eq!(answer(smb2, &heard), Act::Other, "{place}");
        }
    }

    #[test]
    fn half_an_answer_is_nothing() {
        never_known_too_early(smb2, SAMBA);
    }
}
