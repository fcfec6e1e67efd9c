//! Remote desktop: asks for a connection and which security it would have. Ends there: no TLS, no
//! `CredSSP`, no credentials, not even a user's name in a cookie.

use crate::{Bytes, Context, Conversation, Exchange, Reading};
use klinke_shared::{Note, Protocol, Recognition};

/// TLS (MS-RDPBCGR 2.2.1.1.1, `requestedProtocols`).
const PROTOCOL_SSL: u32 = 1;
/// Network Level Authentication: `CredSSP` inside of TLS.
const PROTOCOL_HYBRID: u32 = 2;
/// The same with an early answer about the user.
const PROTOCOL_HYBRID_EX: u32 = 8;

/// How a packet begins, before the second byte of its length (RFC 1006 6), and the lengths of an
/// answer without and with a negotiation structure.
const TPKT: [u8; 3] = [3, 0, 0];
const LENGTHS: [u8; 2] = [11, 19];
/// X.224 Connection Request and Connection Confirm (MS-RDPBCGR 2.2.1.1 and 2.2.1.2).
const CONNECTION_REQUEST: u8 = 0xe0;
const CONNECTION_CONFIRM: u8 = 0xd0;
/// How long a negotiation structure is (MS-RDPBCGR 2.2.1.1.1).
const NEGOTIATION_LENGTH: u16 = 8;
/// Types of negotiation structures (MS-RDPBCGR 2.2.1.1.1, 2.2.1.2.1 and 2.2.1.2.2).
const NEGOTIATION_REQUEST: u8 = 1;
const NEGOTIATION_RESPONSE: u8 = 2;
const NEGOTIATION_FAILURE: u8 = 3;

/// Reasons of a failure (MS-RDPBCGR 2.2.1.2.2).
const SSL_REQUIRED: u32 = 1;
const SSL_NOT_ALLOWED: u32 = 2;
const SSL_CERTIFICATE_MISSING: u32 = 3;
const INCONSISTENT_FLAGS: u32 = 4;
const HYBRID_REQUIRED: u32 = 5;
const SSL_WITH_USER_REQUIRED: u32 = 6;

/// What only Windows offers: a log-in without handing over credentials, for administrators and for
/// redirected authentication (MS-RDPBCGR 2.2.1.2.1, flags).
const RESTRICTED_ADMIN: u8 = 0x08;
const REDIRECTED_AUTHENTICATION: u8 = 0x10;
/// How Windows numbers its end of a connection (the example of MS-RDPBCGR 4.1.2). xrdp does the
/// same, but knows no NLA.
const SOURCE_OF_WINDOWS: u16 = 0x1234;
/// What Windows calls the service; nmap gives it this name as well.
const TERMINAL_SERVICES: &str = "Microsoft Terminal Services";

/// Whether there is remote desktop, with everything that a current client can do.
pub(super) fn rdp(_: &Context) -> Box<dyn Conversation> {
    let offer = PROTOCOL_SSL | PROTOCOL_HYBRID | PROTOCOL_HYBRID_EX;
    Box::new(Exchange::ask(question(offer), read))
}

/// Whether remote desktop can be had without Network Level Authentication: asks for TLS alone, on a
/// new connection. Recognises the same as the first conversation, with [`Note::NoNla`] if the
/// server agrees.
#[must_use]
pub fn rdp_without_nla(_: &Context) -> Box<dyn Conversation> {
    Box::new(Exchange::ask(question(PROTOCOL_SSL), read))
}

/// An X.224 Connection Request with an RDP Negotiation Request (MS-RDPBCGR 2.2.1.1).
fn question(protocols: u32) -> Vec<u8> {
    let mut bytes = vec![3, 0, 0, 19, 14, CONNECTION_REQUEST, 0, 0, 0, 0, 0];
    bytes.extend([NEGOTIATION_REQUEST, 0]);
    bytes.extend(NEGOTIATION_LENGTH.to_le_bytes());
    bytes.extend(protocols.to_le_bytes());
    bytes
}

fn read(heard: &[u8], _: bool) -> Reading {
    if !TPKT.iter().zip(heard).all(|(expected, byte)| expected == byte) {
        return Reading::Other;
    }
    let Some(length) = heard.get(TPKT.len()) else { return Reading::More };
    if !LENGTHS.contains(length) {
        return Reading::Other;
    }
    heard.get(TPKT.len() + 1..usize::from(*length)).map_or(Reading::More, |body| {
        confirmation(Bytes(body)).map_or(Reading::Other, Reading::known)
    })
}

/// An X.224 Connection Confirm (MS-RDPBCGR 2.2.1.2). One without a negotiation structure comes from
/// what is older than NLA.
fn confirmation(mut bytes: Bytes<'_>) -> Option<Recognition> {
    let length = usize::from(bytes.u8()?);
    (length == bytes.len()).then_some(())?;
    bytes.expect(&[CONNECTION_CONFIRM, 0, 0])?;
    let source = bytes.u16()?;
    bytes.expect(&[0])?;
    let rdp = Recognition::of(Protocol::Rdp);
    if bytes.is_empty() {
        return Some(rdp.note(Note::NoNla));
    }
    let (kind, flags) = (bytes.u8()?, bytes.u8()?);
    (bytes.u16_le()? == NEGOTIATION_LENGTH).then_some(())?;
    let outcome = Outcome::of(kind, bytes.u32_le()?)?;
    let only_windows = flags & (RESTRICTED_ADMIN | REDIRECTED_AUTHENTICATION) != 0
        || matches!(outcome, Outcome::Nla | Outcome::NlaRequired);
    let rdp = if only_windows && source == SOURCE_OF_WINDOWS {
        rdp.product(TERMINAL_SERVICES)
    } else {
        rdp
    };
    Some(if outcome == Outcome::WithoutNla { rdp.note(Note::NoNla) } else { rdp })
}

/// How the negotiation ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// With NLA, since it was offered. Whether it has to be, another question tells.
    Nla,
    /// A log-in without NLA is possible, or none with NLA.
    WithoutNla,
    /// Only with NLA.
    NlaRequired,
    /// Refused for another reason.
    Refused,
}

impl Outcome {
    fn of(kind: u8, value: u32) -> Option<Self> {
        Some(match (kind, value) {
            (NEGOTIATION_RESPONSE, PROTOCOL_HYBRID | PROTOCOL_HYBRID_EX) => Self::Nla,
            (NEGOTIATION_RESPONSE, 0 | PROTOCOL_SSL)
            | (NEGOTIATION_FAILURE, SSL_NOT_ALLOWED | SSL_CERTIFICATE_MISSING) => Self::WithoutNla,
            (NEGOTIATION_FAILURE, HYBRID_REQUIRED) => Self::NlaRequired,
            (NEGOTIATION_FAILURE, SSL_REQUIRED | INCONSISTENT_FLAGS | SSL_WITH_USER_REQUIRED) => {
                Self::Refused
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::tests::{CONTEXT, known, never_known_too_early, refuses_others};
    use crate::{Act, windows::tests::answer};

    /// xrdp 0.9.21 of Debian 12, `security_layer=negotiate`.
    const XRDP_TLS: &[u8] =
        &[3, 0, 0, 0x13, 0x0e, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 1, 8, 0, 1, 0, 0, 0];
    /// The same with `security_layer=rdp`.
    const XRDP_RDP: &[u8] =
        &[3, 0, 0, 0x13, 0x0e, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 1, 8, 0, 0, 0, 0, 0];
    /// How current Windows answers, by the fingerprints of nmap: `PROTOCOL_HYBRID_EX`.
    const WINDOWS_NLA: &[u8] =
        &[3, 0, 0, 0x13, 0x0e, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0x0f, 8, 0, 8, 0, 0, 0];
    /// `HYBRID_REQUIRED_BY_SERVER` (MS-RDPBCGR 2.2.1.2.2).
    const WINDOWS_REQUIRES_NLA: &[u8] =
        &[3, 0, 0, 0x13, 0x0e, 0xd0, 0, 0, 0x12, 0x34, 0, 3, 0, 8, 0, 5, 0, 0, 0];

    #[test]
    fn the_questions_are_those_of_the_documentation() {
        let nla = [3, 0, 0, 0x13, 0x0e, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 0x0b, 0, 0, 0];
        assert_eq!(rdp(&CONTEXT).start(), Act::Say(nla.to_vec()));
        let tls = [3, 0, 0, 0x13, 0x0e, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 1, 0, 0, 0];
        assert_eq!(rdp_without_nla(&CONTEXT).start(), Act::Say(tls.to_vec()));
    }

    #[test]
    fn xrdp_has_no_nla_and_is_not_taken_for_windows() {
        for heard in [XRDP_TLS, XRDP_RDP] {
            let expected = Recognition::of(Protocol::Rdp).note(Note::NoNla);
            assert_eq!(known(rdp, heard), expected);
            assert_eq!(known(rdp_without_nla, heard), expected);
        }
    }

    #[test]
    fn windows_that_chooses_nla_is_asked_whether_it_must_be() {
        let windows = Recognition::of(Protocol::Rdp).product(TERMINAL_SERVICES);
        assert_eq!(known(rdp, WINDOWS_NLA), windows);
        assert_eq!(known(rdp_without_nla, WINDOWS_REQUIRES_NLA), windows);
        let without = [&XRDP_TLS[..12], &[0x1f], &XRDP_TLS[13..]].concat();
        assert_eq!(known(rdp_without_nla, &without), windows.note(Note::NoNla));
    }

    #[test]
    fn windows_xp_confirms_without_a_negotiation() {
        let confirm = [3, 0, 0, 11, 6, 0xd0, 0, 0, 0x12, 0x34, 0];
        assert_eq!(known(rdp, &confirm), Recognition::of(Protocol::Rdp).note(Note::NoNla));
    }

    #[test]
    fn a_confirmation_of_another_connection_or_an_impossible_choice_is_refused() {
        for (place, byte) in [(5, 0xe0), (6, 1), (10, 2), (11, 1), (11, 4), (13, 9), (15, 4)] {
            let mut changed = XRDP_TLS.to_vec();
            changed[place] = byte;
            assert_eq!(answer(rdp, &changed), Act::Other, "{place}");
        }
        // A programmable controller confirms with parameters (S7, RFC 905 13.4).
        let s7 = *b"\x03\0\0\x16\x11\xd0\0\x01\0\x06\0\xc0\x01\x0a\xc1\x02\x01\0\xc2\x02\x01\x02";
        assert_eq!(answer(rdp, &s7), Act::Other);
    }

    #[test]
    fn half_an_answer_and_other_protocols_are_not_remote_desktop() {
        never_known_too_early(rdp, WINDOWS_NLA);
        refuses_others(rdp);
        refuses_others(rdp_without_nla);
    }
}
