//! `OpenVPN`: the reset with which a client begins (`OpenVPN` Wire Protocol, draft, 5 and 6:
//! “`P_CONTROL_HARD_RESET` messages”). Goes no further: no TLS, no user, no key. With tls-auth or
//! tls-crypt a server is silent here, and that is as it should be.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// `P_CONTROL_HARD_RESET_CLIENT_V2` (opcode 7) with key 0: opcode in the upper five bits.
const RESET_CLIENT: u8 = 7 << 3;
/// `P_CONTROL_HARD_RESET_SERVER_V2` (opcode 8) with key 0.
const RESET_SERVER: u8 = 8 << 3;
/// A session has eight bytes of name.
const SESSION: usize = 8;

/// The reset of a client.
pub(super) const RESET: Question = Question {
    protocol: Protocol::Openvpn,
    ports: &[1194, 443],
    datagram: ask,
    read,
    from_any_port: false,
};

fn session(token: &Token) -> &[u8] {
    token.get(..SESSION).unwrap_or_default()
}

/// Opcode, session, no acknowledgements, packet 0.
fn ask(token: &Token) -> Vec<u8> {
    [&[RESET_CLIENT], session(token), &[0], &[0; 4]].concat()
}

/// The answer acknowledges packet 0 of our session.
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(&[RESET_SERVER])?;
    let _its_session = bytes.take(SESSION)?;
    bytes.expect(&[1])?;
    bytes.expect(&[0; 4])?;
    bytes.expect(session(token))?;
    let _packet = bytes.u32()?;
    Some(Recognition::of(Protocol::Openvpn).product("OpenVPN"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_a_client_s_reset() {
        assert_eq!((RESET.datagram)(&TOKEN), b"\x38KlinkeTe\0\0\0\0\0");
    }

    #[test]
    fn openvpn_is_recognised() {
        let recognition = heard_whole(&RESET, &seed("openvpn/udp-openvpn"));
        assert_eq!(names(&recognition), ["OpenVPN", "", ""]);
    }
}
