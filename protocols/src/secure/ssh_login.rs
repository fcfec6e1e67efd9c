//! The messages around a log-in to SSH: asks which methods there are, in the documented way, for a
//! user that does not exist. Never carries a password or a key.

use super::ssh_exchange::{has, read_string, string};
use crate::Bytes;
use klinke_shared::Note;

/// Messages (RFC 4253 12; RFC 4252 6).
const DISCONNECT: u8 = 1;
const SERVICE_REQUEST: u8 = 5;
pub(super) const SERVICE_ACCEPT: u8 = 6;
const USERAUTH_REQUEST: u8 = 50;
pub(super) const USERAUTH_FAILURE: u8 = 51;
pub(super) const USERAUTH_SUCCESS: u8 = 52;

/// The services (RFC 4252 4, RFC 4254 1).
const USERAUTH: &[u8] = b"ssh-userauth";
const CONNECTION: &[u8] = b"ssh-connection";
/// A user that nobody has, and whose name says in the server's log who asked.
const USER: &[u8] = b"klinke-check";
/// The method that only asks for the others (RFC 4252 5.2).
const NONE: &[u8] = b"none";

/// Why the connection ends (RFC 4253 11.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// Nothing that both sides know.
    KeyExchangeFailed = 3,
    /// Everything is known.
    ByApplication = 11,
}

/// Asks for the service of logging in (RFC 4253 10).
pub(super) fn service_request() -> Vec<u8> {
    [vec![SERVICE_REQUEST], string(USERAUTH)].concat()
}

/// Asks for the methods (RFC 4252 5.2).
pub(super) fn methods_request() -> Vec<u8> {
    [vec![USERAUTH_REQUEST], string(USER), string(CONNECTION), string(NONE)].concat()
}

/// Says goodbye (RFC 4253 11.1); the words show in the server's log.
pub(super) fn disconnect(reason: Reason) -> Vec<u8> {
    let code = (reason as u32).to_be_bytes();
    let words = b"Klinke has seen what it was asked to check";
    [&[DISCONNECT][..], &code, &string(words), &string(b"")].concat()
}

/// What the answer to the question for methods tells of them. A server that lets anybody in asks
/// for no password.
pub(super) fn note(message: &[u8]) -> Option<Note> {
    let mut bytes = Bytes(message);
    match bytes.u8()? {
        USERAUTH_SUCCESS => Some(Note::NoPassword),
        USERAUTH_FAILURE => note_of_methods(read_string(&mut bytes)?),
        _ => None,
    }
}

/// The methods that can continue (RFC 4252 5.1).
fn note_of_methods(methods: &[u8]) -> Option<Note> {
    let offers = |names: &[&str]| names.iter().any(|name| has(methods, name));
    if offers(&["password", "keyboard-interactive"]) {
        return Some(Note::PasswordLogin);
    }
    let keys = ["publickey", "hostbased", "gssapi-with-mic", "gssapi-keyex"];
    offers(&keys).then_some(Note::KeyOnly)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_messages_are_those_of_the_rfcs() {
        assert_eq!(service_request(), b"\x05\0\0\0\x0cssh-userauth");
        assert_eq!(
            methods_request(),
            b"\x32\0\0\0\x0cklinke-check\0\0\0\x0essh-connection\0\0\0\x04none"
        );
        assert!(disconnect(Reason::ByApplication).starts_with(b"\x01\0\0\0\x0b\0\0\0"));
    }

    #[test]
    fn methods_are_told_apart() {
        let failure =
            |methods: &str| [vec![USERAUTH_FAILURE], string(methods.as_bytes()), vec![0]].concat();
        for (methods, expected) in [
            ("publickey,password", Some(Note::PasswordLogin)),
            ("publickey,keyboard-interactive", Some(Note::PasswordLogin)),
            ("publickey", Some(Note::KeyOnly)),
            ("publickey,gssapi-keyex,gssapi-with-mic", Some(Note::KeyOnly)),
            ("passwordless", None),
            ("", None),
        ] {
            assert_eq!(note(&failure(methods)), expected, "{methods}");
        }
        assert_eq!(note(&[USERAUTH_SUCCESS]), Some(Note::NoPassword));
        assert_eq!(note(&[SERVICE_ACCEPT]), None);
        assert_eq!(note(&[USERAUTH_FAILURE, 0, 0, 0, 9, b'p']), None);
    }
}
