//! The hello of a client from before 2008, and what a server answers to it in the clear: version and
//! certificate. Negotiates no keys and goes no further.

use super::alert::{ALERT, HANDSHAKE, MAJOR};
use crate::Bytes;

/// The kinds of handshake messages (RFC 5246, 7.4).
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const CERTIFICATE: u8 = 11;
const SERVER_HELLO_DONE: u8 = 14;
/// The longest record that may come (RFC 5246, 6.2.3).
const LONGEST_RECORD: usize = (1 << 14) + 2048;
/// Ciphers of SSL 3.0 to TLS 1.2 that rustls does not offer (names in the IANA registry of TLS cipher
/// suites): with CBC, RC4 or triple DES, and with key exchange by RSA or Diffie–Hellman; at the end
/// the mark for secure renegotiation (RFC 5746, 3.3).
const SUITES: [u16; 28] = [
    0xc014, 0xc013, 0xc00a, 0xc009, 0xc012, 0xc008, 0xc011, 0xc007, 0x009f, 0x009e, 0x006b, 0x0067,
    0x0039, 0x0033, 0x0016, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x000a, 0x0005, 0x0004,
    0x0038, 0x0032, 0x0013, 0x00ff,
];
/// Curves P-256, P-384, P-521 (RFC 8422, 5.1.1), uncompressed points (5.1.2), and signatures with RSA,
/// ECDSA and DSA over SHA-256 and SHA-1 (RFC 5246, 7.4.1.4.1).
const EXTENSIONS: &[u8] = b"\
    \x00\x0a\x00\x08\x00\x06\x00\x17\x00\x18\x00\x19\
    \x00\x0b\x00\x02\x01\x00\
    \x00\x0d\x00\x0e\x00\x0c\x04\x01\x04\x03\x04\x02\x02\x01\x02\x03\x02\x02";

/// The hello (RFC 5246, 7.4.1.2). Its record has the version of SSL 3.0, which every server must
/// accept (RFC 5246, E.1). It offers versions up to TLS 1.2, so that a server that only lacks modern
/// ciphers is not taken for one that speaks nothing newer than TLS 1.1.
pub(super) fn hello(token: [u8; 16]) -> Vec<u8> {
    let mut body = vec![MAJOR, 3];
    body.extend(token);
    body.extend(token.iter().rev());
    body.push(0); // No session to resume.
    let suites: Vec<u8> = SUITES.iter().flat_map(|suite| suite.to_be_bytes()).collect();
    body.extend(with_length(&suites));
    body.extend([1, 0]); // No compression.
    body.extend(with_length(EXTENSIONS));
    let mut message = vec![CLIENT_HELLO, 0];
    message.extend(with_length(&body));
    let mut record = vec![HANDSHAKE, MAJOR, 0];
    record.extend(with_length(&message));
    record
}

fn with_length(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes(), bytes].concat()
}

/// What a server told in the clear.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// The minor version that it chose: 0 for SSL 3.0 up to 3 for TLS 1.2.
    pub(super) minor: u8,
    /// Its certificate, in DER.
    pub(super) certificate: Option<Vec<u8>>,
    /// Whether it has nothing more to show.
    pub(super) done: bool,
}

/// What `heard` shows so far; nothing without an answer to [`hello`].
pub(super) fn shown(heard: &[u8]) -> Option<Shown> {
    let (flight, alerted) = handshake(heard);
    let mut messages = Bytes(&flight);
    let mut shown = Shown { done: alerted, ..Shown::default() };
    let (SERVER_HELLO, body) = message(&mut messages)? else { return None };
    shown.minor = server_hello(body)?;
    while let Some((kind, body)) = message(&mut messages) {
        match kind {
            CERTIFICATE => shown.certificate = certificate(body),
            SERVER_HELLO_DONE => shown.done = true,
            _ => {}
        }
    }
    Some(shown)
}

/// The handshake messages of all records, and whether an alert ended them.
fn handshake(heard: &[u8]) -> (Vec<u8>, bool) {
    let mut records = Bytes(heard);
    let mut flight = Vec::new();
    while let Some([kind, MAJOR, _]) = records.array() {
        let Some(length) = records.u16().map(usize::from) else { break };
        if kind != HANDSHAKE || length > LONGEST_RECORD {
            return (flight, kind == ALERT);
        }
        // Of a record that is not there as a whole, the whole messages can be read.
        let length = length.min(records.len());
        flight.extend_from_slice(records.take(length).unwrap_or_default());
    }
    (flight, false)
}

fn message<'a>(flight: &mut Bytes<'a>) -> Option<(u8, &'a [u8])> {
    let kind = flight.u8()?;
    let length = usize::try_from(flight.u24()?).ok()?;
    Some((kind, flight.take(length)?))
}

/// The minor version of a server's hello (RFC 5246, 7.4.1.3) that answers ours: its cipher is one that
/// was offered, and it does not compress.
fn server_hello(body: &[u8]) -> Option<u8> {
    let mut bytes = Bytes(body);
    bytes.expect(&[MAJOR])?;
    let minor = bytes.u8()?;
    bytes.take(32)?;
    let session = bytes.u8()?;
    bytes.take(usize::from(session))?;
    let suite = bytes.u16()?;
    bytes.expect(&[0])?;
    (minor <= 3 && session <= 32 && SUITES.contains(&suite)).then_some(minor)
}

/// The first certificate of the chain (RFC 5246, 7.4.2).
fn certificate(body: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Bytes(body);
    bytes.u24()?;
    let length = usize::try_from(bytes.u24()?).ok()?;
    bytes.take(length).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secure::tests::TLS_1_0;

    /// OpenSSL 3.0.19, `s_server -tls1_1 -cipher ALL:@SECLEVEL=0`.
    const TLS_1_1: &[u8] = include_bytes!("../../../fuzz/seeds/tls/openssl-tls-1.1");
    /// OpenSSL 3.0.19, `s_server -tls1_2 -cipher AES128-SHA:@SECLEVEL=0`.
    const TLS_1_2: &[u8] = include_bytes!("../../../fuzz/seeds/tls/openssl-tls-1.2-rsa");

    #[test]
    fn the_hello_is_a_whole_record_of_ssl_3_0_with_a_hello_of_tls_1_2() {
        let hello = hello([7; 16]);
        assert_eq!(hello.len(), 142);
        assert_eq!(hello.get(..11).unwrap(), b"\x16\x03\x00\x00\x89\x01\x00\x00\x85\x03\x03");
        assert_eq!(hello.get(11..43).unwrap(), [7; 32]);
        assert_eq!(hello.get(43..50).unwrap(), b"\x00\x00\x38\xc0\x14\xc0\x13");
        assert_eq!(hello.get(100..106).unwrap(), b"\x00\xff\x01\x00\x00\x24");
        assert!(hello.ends_with(EXTENSIONS));
    }

    #[test]
    fn version_and_certificate_of_real_servers_are_read() {
        for (heard, minor) in [(TLS_1_0, 1), (TLS_1_1, 2), (TLS_1_2, 3)] {
            let shown = shown(heard).unwrap();
            assert_eq!((shown.minor, shown.done), (minor, true));
            assert!(shown.certificate.is_some_and(|der| der.starts_with(&[0x30, 0x82])));
        }
    }

    #[test]
    fn what_is_cut_off_shows_less_but_nothing_wrong() {
        for length in 0..TLS_1_0.len() {
            let Some(shown) = TLS_1_0.get(..length).and_then(shown) else { continue };
            assert_eq!(shown.minor, 1);
            assert!(!shown.done || length == TLS_1_0.len());
        }
    }

    #[test]
    fn a_cipher_that_was_not_offered_is_no_answer() {
        let mut other = TLS_1_0.to_vec();
        let session = usize::from(*other.get(43).unwrap());
        let suite = other.get_mut(44 + session..46 + session).unwrap();
        suite.copy_from_slice(&[0x13, 0x01]);
        assert_eq!(shown(&other), None);
    }
}
