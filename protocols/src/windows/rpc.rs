//! Remote procedure calls of Windows: asks to be bound to the endpoint mapper. Calls nothing, not even
//! the list of its endpoints.

use crate::{Bytes, Context, Conversation, Exchange, MOST_HEARD, Reading};
use klinke_shared::{Protocol, Recognition};

/// Version 5.0 (C706 12.6.3.1).
const VERSION: [u8; 2] = [5, 0];
/// Types of packets (C706 12.6.4.1).
const BIND: u8 = 11;
const BIND_ACK: u8 = 12;
const BIND_NAK: u8 = 13;
/// First and last fragment, and numbers with the least significant byte first (C706 12.6.3.1).
const WHOLE: u8 = 3;
const LITTLE_ENDIAN: [u8; 4] = [0x10, 0, 0, 0];
/// The longest fragment in both directions that Windows itself proposes.
const FRAGMENT: u16 = 5840;
/// The number of this call, which the answer repeats.
const CALL: u32 = 0x4b4c_4e4b;
/// The endpoint mapper, version 3 (C706, appendix O): e1af8308-5d1f-11c9-91a4-08002b14a0fa.
const ENDPOINT_MAPPER: [u8; 20] = [
    0x08, 0x83, 0xaf, 0xe1, 0x1f, 0x5d, 0xc9, 0x11, 0x91, 0xa4, 0x08, 0x00, 0x2b, 0x14, 0xa0, 0xfa,
    3, 0, 0, 0,
];
/// NDR, version 2 (C706 14): 8a885d04-1ceb-11c9-9fe8-08002b104860.
const NDR: [u8; 20] = [
    0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9, 0x11, 0x9f, 0xe8, 0x08, 0x00, 0x2b, 0x10, 0x48, 0x60,
    2, 0, 0, 0,
];
/// NDR64, version 1 (MS-RPCE 2.2.5.1): 71710533-beba-4937-8319-b5dbef9ccc36. Windows speaks it,
/// Samba does not.
const NDR64: [u8; 20] = [
    0x33, 0x05, 0x71, 0x71, 0xba, 0xbe, 0x37, 0x49, 0x83, 0x19, 0xb5, 0xdb, 0xef, 0x9c, 0xcc, 0x36,
    1, 0, 0, 0,
];
/// What is proposed, in order; the answer has a result for each.
const SYNTAXES: [[u8; 20]; 2] = [NDR, NDR64];
/// A result that accepts (C706 12.6.3.1, `p_cont_def_result_t`).
const ACCEPTANCE: u16 = 0;
/// The last reason to refuse a bind (MS-RPCE 2.2.2.5: `authentication_type_not_recognized` is 8,
/// `invalid_checksum` is 9).
const LAST_REASON: u16 = 9;
/// Before the body: the common header (C706 12.6.3.1).
const HEADER_LENGTH: usize = 16;

/// Whether there is an endpoint mapper.
pub(super) fn rpc(_: &Context) -> Box<dyn Conversation> {
    Box::new(Exchange::ask(question(), read))
}

/// A bind with one context for each syntax, as Windows proposes them (C706 12.6.4.3).
fn question() -> Vec<u8> {
    let mut body = [FRAGMENT.to_le_bytes(), FRAGMENT.to_le_bytes()].concat();
    body.extend([0, 0, 0, 0, 2, 0, 0, 0]);
    for (context, syntax) in (0..).zip(SYNTAXES) {
        body.extend([context, 0, 1, 0]);
        body.extend(ENDPOINT_MAPPER);
        body.extend(syntax);
    }
    let length = u16::try_from(HEADER_LENGTH + body.len()).unwrap_or(u16::MAX);
    let mut bytes = [&VERSION[..], &[BIND, WHOLE], &LITTLE_ENDIAN].concat();
    bytes.extend(length.to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(CALL.to_le_bytes());
    bytes.extend(body);
    bytes
}

fn read(heard: &[u8], _: bool) -> Reading {
    let known_start = heard.iter().zip(VERSION).all(|(byte, expected)| *byte == expected);
    let Some((mut header, rest)) = heard.split_at_checked(HEADER_LENGTH).filter(|_| known_start)
    else {
        return if known_start { Reading::More } else { Reading::Other };
    };
    let Some((kind, length)) = packet(&mut header) else { return Reading::Other };
    let Some(body) = rest.get(..length) else { return Reading::More };
    let known = if kind == BIND_ACK { bound(body) } else { refused(body) };
    known.map_or(Reading::Other, Reading::known)
}

/// Which packet this is, and how long its body.
fn packet(header: &mut &[u8]) -> Option<(u8, usize)> {
    let mut bytes = Bytes(header);
    bytes.expect(&VERSION)?;
    let kind = bytes.u8().filter(|kind| matches!(*kind, BIND_ACK | BIND_NAK))?;
    bytes.u8()?;
    bytes.expect(&LITTLE_ENDIAN)?;
    let length = usize::from(bytes.u16_le()?);
    bytes.expect(&[0, 0])?;
    (bytes.u32_le()? == CALL).then_some(())?;
    let body = length.checked_sub(HEADER_LENGTH)?;
    (length <= MOST_HEARD).then_some((kind, body))
}

/// A `bind_ack` (C706 12.6.4.4): longest fragments, a group, the port's name, and a result for each
/// syntax.
fn bound(body: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(body);
    bytes.take(8)?;
    let name = usize::from(bytes.u16_le()?);
    bytes.take(name)?;
    // Aligned to four bytes; the header does not change that.
    bytes.take(body.len().wrapping_sub(bytes.len()).wrapping_neg() % 4)?;
    (usize::from(bytes.u8()?) == SYNTAXES.len()).then_some(())?;
    bytes.take(3)?;
    let mut accepted = [false; SYNTAXES.len()];
    for (accepted, syntax) in accepted.iter_mut().zip(SYNTAXES) {
        let result = bytes.u16_le()?;
        bytes.take(2)?;
        // A syntax that is not accepted comes back as zeros.
        *accepted = bytes.take(syntax.len())? == syntax && result == ACCEPTANCE;
    }
    let [_, ndr64] = accepted;
    Some(if ndr64 { recognition().detail("Windows") } else { recognition() })
}

/// An endpoint mapper, whoever made it. The name tells it from the remote calls of Unix.
fn recognition() -> Recognition {
    Recognition::of(Protocol::Rpc).product("Microsoft RPC")
}

/// A `bind_nak` (C706 12.6.4.5): a reason, and the versions that are spoken.
fn refused(body: &[u8]) -> Option<Recognition> {
    let reason = Bytes(body).u16_le()?;
    (reason <= LAST_REASON).then(recognition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Act;
    use crate::windows::tests::{CONTEXT, answer, known, never_known_too_early, refuses_others};

    /// samba-dcerpcd 4.17 of Debian 12.
    const SAMBA: &[u8] = include_bytes!("../../../fuzz/seeds/rpc/samba-4.17");
    /// Where the results are: the first one, then the second one.
    const RESULTS: [usize; 2] = [36, 60];

    #[test]
    fn the_question_is_a_bind_to_the_endpoint_mapper_in_both_syntaxes() {
        let expected = [
            &[5, 0, 11, 3, 16, 0, 0, 0, 116, 0, 0, 0, b'K', b'N', b'L', b'K'][..],
            &[0xd0, 0x16, 0xd0, 0x16, 0, 0, 0, 0, 2, 0, 0, 0],
            &[0, 0, 1, 0],
            &ENDPOINT_MAPPER,
            &NDR,
            &[1, 0, 1, 0],
            &ENDPOINT_MAPPER,
            &NDR64,
        ];
        assert_eq!(rpc(&CONTEXT).start(), Act::Say(expected.concat()));
    }

    #[test]
    fn samba_accepts_one_syntax_and_is_not_taken_for_windows() {
        assert_eq!(known(rpc, SAMBA), recognition());
    }

    /// The real answer with the results that Windows gives (MS-RPCE 3.3.1.5.6): not this syntax,
    /// but that one.
    #[test]
    fn windows_accepts_its_own_syntax() {
        let mut heard = SAMBA[..RESULTS[0]].to_vec();
        heard.extend([2, 0, 2, 0]);
        heard.extend([0; 20]);
        heard.extend([0; 4]);
        heard.extend(NDR64);
        assert_eq!(known(rpc, &heard), recognition().detail("Windows"));
    }

    #[test]
    fn a_refused_bind_is_an_endpoint_mapper_too() {
        let mut heard = SAMBA[..16].to_vec();
        heard[2] = BIND_NAK;
        heard[8] = 21;
        heard.extend([4, 0, 1, 5, 0]);
        assert_eq!(known(rpc, &heard), recognition());
        heard[16] = 0xff;
        assert_eq!(answer(rpc, &heard), Act::Other);
    }

    #[test]
    fn an_answer_to_another_call_is_refused() {
        // Version, type, order of bytes, authentication, call, how many results.
        for place in [0, 1, 2, 4, 10, 12, 32] {
            let mut heard = SAMBA.to_vec();
            heard[place] ^= 1;
            assert_eq!(answer(rpc, &heard), Act::Other, "{place}");
        }
    }

    #[test]
    fn half_an_answer_and_other_protocols_are_no_endpoint_mapper() {
        never_known_too_early(rpc, SAMBA);
        refuses_others(rpc);
    }
}
