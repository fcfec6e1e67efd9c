//! DTLS 1.2 (RFC 6347): a client's hello without a cookie, which a server answers with a cookie to
//! bring back (4.2.1). It is not brought back, so that no session begins and no certificate is
//! sent.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// A record with a handshake (RFC 6347, 4.1).
const HANDSHAKE: u8 = 22;
/// A record with an alert (RFC 5246, 7.2).
const ALERT: u8 = 21;
/// DTLS 1.0, as the first record says for old servers (RFC 6347, 4.2.1).
const DTLS_1_0: [u8; 2] = [0xfe, 0xff];
/// DTLS 1.2.
const DTLS_1_2: [u8; 2] = [0xfe, 0xfd];
/// A client's hello (RFC 5246, 7.4).
const CLIENT_HELLO: u8 = 1;
/// A server's hello (RFC 5246, 7.4).
const SERVER_HELLO: u8 = 2;
/// The cookie (RFC 6347, 4.3.2).
const HELLO_VERIFY_REQUEST: u8 = 3;
/// Ciphers (IANA: TLS parameters) that between them every server has: ECDHE with ECDSA and RSA and
/// AES-128 and 256 GCM, the same with CBC, RSA with GCM and CBC; and for small devices CCM-8 with
/// ECDSA and with a shared key.
const CIPHERS: &[u8] = b"\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\xc0\x0a\xc0\x14\
    \0\x9c\0\x2f\0\x35\xc0\xae\xc0\xa8\0\xa8";
/// Groups x25519, P-256 and P-384 (RFC 8422, 5.1.1), uncompressed points (5.1.2) and signatures
/// (RFC 5246, 7.4.1.4.1; RFC 8446, 4.2.3).
const EXTENSIONS: &[u8] = b"\0\x0a\0\x08\0\x06\0\x1d\0\x17\0\x18\0\x0b\0\x02\x01\0\
    \0\x0d\0\x0c\0\x0a\x04\x03\x05\x03\x08\x04\x04\x01\x02\x01";

/// A client's hello: at VPN servers (443, 4433, 10443), gateways for remote desktop (MS-TSGU:
/// 3391), TURN (RFC 8656: 5349) and secure CoAP (RFC 7252: 5684).
pub(super) const HELLO: Question = Question {
    protocol: Protocol::Dtls,
    ports: &[443, 3391, 4433, 5349, 5684, 10_443],
    datagram: ask,
    read,
    from_any_port: false,
};

fn length(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes()
}

/// No session, no cookie; the random bytes are the token twice (RFC 6347, 4.2.1 and 4.2.2).
fn ask(token: &Token) -> Vec<u8> {
    let hello = [
        &DTLS_1_2[..],
        token,
        token,
        &[0, 0],
        &length(CIPHERS),
        CIPHERS,
        &[1, 0],
        &length(EXTENSIONS),
        EXTENSIONS,
    ]
    .concat();
    let size = length(&hello);
    let message = [&[CLIENT_HELLO, 0], &size[..], &[0; 5], &[0], &size, &hello].concat();
    [&[HANDSHAKE], &DTLS_1_0[..], &[0; 8], &length(&message), &message].concat()
}

/// The first record of the answer, which has no keys yet: epoch 0 (RFC 6347, 4.1).
fn read(_token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    let (kind, version) = (bytes.u8()?, bytes.take(2)?);
    (version == DTLS_1_0 || version == DTLS_1_2).then_some(())?;
    bytes.expect(&[0, 0])?;
    let _sequence = bytes.take(6)?;
    let length = usize::from(bytes.u16()?);
    let content = Bytes(bytes.take(length)?);
    let is_answer = match kind {
        // A level of 1 or 2 and what is wrong.
        ALERT => matches!(content.0, [1 | 2, _]),
        HANDSHAKE => is_first_message(content)?,
        _ => false,
    };
    is_answer.then(|| Recognition::of(Protocol::Dtls))
}

/// The server's first message: its type, length, number, fragment and version (RFC 6347, 4.2.2).
fn is_first_message(mut bytes: Bytes<'_>) -> Option<bool> {
    let (kind, length) = (bytes.u8()?, bytes.u24()?);
    let (number, offset, fragment) = (bytes.u16()?, bytes.u24()?, bytes.u24()?);
    let version = bytes.take(2)?;
    let is_start = number <= 1 && offset == 0 && fragment <= length;
    let is_version = version == DTLS_1_0 || version == DTLS_1_2;
    let is_kind = match kind {
        SERVER_HELLO => true,
        HELLO_VERIFY_REQUEST => usize::from(bytes.u8()?) == bytes.len(),
        _ => false,
    };
    Some(is_start && is_version && is_kind)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard, seed};
    use super::*;

    #[test]
    fn the_lengths_in_the_question_are_right() {
        let question = (HELLO.datagram)(&TOKEN);
        assert_eq!(question.len(), 125);
        assert_eq!(question[..13], [22, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 112]);
        assert_eq!(question[13..27], [1, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 100, 0xfe, 0xfd]);
    }

    #[test]
    fn servers_ask_for_their_cookie() {
        for file in ["dtls/udp-gnutls", "dtls/udp-libcoap", "dtls/udp-openssl"] {
            let answer = seed(file);
            let recognition = heard(&HELLO, &answer, answer.len(), false);
            assert_eq!(recognition, Recognition::of(Protocol::Dtls));
        }
    }

    #[test]
    fn an_alert_is_an_answer_and_one_of_tls_is_not() {
        let alert = [21, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 40];
        assert!((HELLO.read)(&TOKEN, &alert).is_some());
        assert_eq!((HELLO.read)(&TOKEN, &[21, 3, 3, 0, 2, 2, 40]), None);
        let encrypted = [21, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 2, 40];
        assert_eq!((HELLO.read)(&TOKEN, &encrypted), None);
    }
}
