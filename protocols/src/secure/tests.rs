//! Whole conversations of this folder: with a TLS server in memory, and with anything that hostile
//! bytes may be.

use super::*;
use crate::{Act, Context, Conversation};
use klinke_shared::{Note, Recognition};
use proptest::prelude::*;
use rustls::crypto::ring::{default_provider, sign::any_supported_type};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, ServerConnection};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, SupportedProtocolVersion, version};
use std::io::{Read, Write};
use std::sync::Arc;

/// OpenSSL 3.0.19, `s_server -tls1`: its certificate is used here too.
pub(super) const TLS_1_0: &[u8] = include_bytes!("../../../fuzz/seeds/tls/openssl-tls-1.0");
/// When the certificate of the samples was valid, in seconds since 1970.
pub(super) const THEN: u64 = 1_795_500_000;

pub(super) fn context(port: u16) -> Context {
    Context { address: "192.0.2.7".parse().unwrap(), port, token: [7; 16], now: THEN }
}

/// Shows the certificate of the samples with a key that does not fit: nobody checks.
#[derive(Debug)]
struct Shows(Option<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shows {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        assert_eq!(hello.server_name(), None, "an address is no name");
        self.0.clone()
    }
}

fn certified() -> Arc<CertifiedKey> {
    let der = legacy_hello::shown(TLS_1_0).unwrap().certificate.unwrap();
    let random = ring::rand::SystemRandom::new();
    let algorithm = &ring::signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let key = ring::signature::EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let key = PrivateKeyDer::try_from(key.as_ref().to_vec()).unwrap();
    let key = any_supported_type(&key).unwrap();
    Arc::new(CertifiedKey::new(vec![CertificateDer::from(der)], key))
}

fn server(
    versions: &[&'static SupportedProtocolVersion],
    key: Option<Arc<CertifiedKey>>,
) -> ServerConnection {
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Shows(key)));
    ServerConnection::new(Arc::new(config)).unwrap()
}

/// Lets both talk until one knows enough; the server answers whatever comes with `words`.
fn talk(talk: &mut dyn Conversation, mut server: ServerConnection, words: &[u8]) -> (Act, Vec<u8>) {
    let mut asked = Vec::new();
    let mut act = talk.start();
    let mut answered = false;
    for _ in 0..20 {
        let said = match act {
            Act::Say(bytes) => bytes,
            Act::Listen => Vec::new(),
            end => return (end, asked),
        };
        server.read_tls(&mut &*said).unwrap();
        if let Ok(state) = server.process_new_packets() {
            let read = state.plaintext_bytes_to_read() as u64;
            server.reader().take(read).read_to_end(&mut asked).unwrap();
        }
        if !asked.is_empty() && !answered {
            answered = true;
            server.writer().write_all(words).unwrap();
            server.send_close_notify();
        }
        let mut answer = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut answer).unwrap();
        }
        act = if answer.is_empty() { talk.over() } else { talk.hear(&answer) };
    }
    (act, asked)
}

fn known(act: Act) -> Recognition {
    match act {
        Act::Known(recognition) => *recognition,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_inside_tls_is_recognised_with_its_certificate() {
    let page = b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\n\r\n<title>Intern</title>";
    for version in [&version::TLS12, &version::TLS13] {
        let mut inside = tls::begin(&context(443));
        let (act, asked) = talk(&mut *inside, server(&[version], Some(certified())), page);
        assert!(asked.starts_with(b"GET / HTTP/1.1\r\nHost: 192.0.2.7\r\n"));
        let known = known(act);
        assert_eq!(known.protocol, Some(Protocol::Http));
        assert!(known.tls);
        assert_eq!(known.product.as_deref(), Some("nginx"));
        assert_eq!(known.detail.as_deref(), Some("Intern"));
        let certificate = known.certificate.as_ref().unwrap();
        assert_eq!(certificate.names, ["test.example", "www.test.example", "192.0.2.7"]);
        assert_eq!(certificate.issuer.as_deref(), Some("test.example, Klinke Test"));
        assert_eq!(known.notes, [Note::CertificateSelfSigned]);
    }
}

#[test]
fn what_is_unknown_inside_is_still_tls_with_its_certificate() {
    let mut inside = tls::begin(&context(443));
    let (act, _) = talk(&mut *inside, server(&[&version::TLS13], Some(certified())), b"\0\0\0");
    let known = known(act);
    assert_eq!((known.protocol, known.tls), (Some(Protocol::Tls), true));
    assert_eq!(known.detail.as_deref(), Some("TLS 1.3"));
    assert!(known.certificate.is_some());
}

#[test]
fn an_expired_certificate_is_told() {
    let late = Context { now: THEN + 10 * 365 * 86_400, ..context(443) };
    let mut inside = tls::begin(&late);
    let (act, _) = talk(&mut *inside, server(&[&version::TLS13], Some(certified())), b"\0");
    assert!(known(act).has(Note::CertificateExpired));
}

#[test]
fn a_refusal_is_tls_without_a_certificate() {
    let mut inside = tls::begin(&context(443));
    let (act, asked) = talk(&mut *inside, server(&[&version::TLS13], None), b"");
    let known = known(act);
    assert_eq!((known.protocol, known.certificate), (Some(Protocol::Tls), None));
    assert!(asked.is_empty());
}

#[test]
fn a_log_that_would_write_it_down_is_not_asked() {
    let mut inside = tls::begin(&context(6514));
    let (act, asked) = talk(&mut *inside, server(&[&version::TLS13], Some(certified())), b"");
    assert_eq!(known(act).protocol, Some(Protocol::Tls));
    assert!(asked.is_empty());
}

#[test]
fn an_answer_in_plain_text_to_a_hello_tells_what_it_is() {
    let mut inside = tls::begin(&context(443));
    assert!(matches!(inside.start(), Act::Say(_)));
    let act = inside.hear(include_bytes!("../../../fuzz/seeds/http/nginx-after-tls-hello"));
    let known = known(act);
    assert_eq!((known.protocol, known.tls), (Some(Protocol::Http), false));
    assert_eq!(known.product.as_deref(), Some("nginx"));
}

/// Every step at a port of each kind.
fn conversations() -> Vec<Box<dyn Conversation>> {
    let ports = [443, 993, 6514, 2375, 80];
    STEPS.iter().flat_map(|step| ports.iter().map(|port| (step.begin)(&context(*port)))).collect()
}

/// Begins of answers, so that random bytes get further than the first check.
fn beginnings() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        Vec::new(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<title>"
            .to_vec(),
        b"HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=\"".to_vec(),
        b"\x16\x03\x03\x00\x50\x02\x00\x00\x46\x03\x03".to_vec(),
        TLS_1_0.to_vec(),
        b"SSH-2.0-OpenSSH_9.2p1\r\n\0\0\0".to_vec(),
    ])
}

proptest! {
    #[test]
    fn any_bytes_in_any_split_never_panic_and_end_in_bounds(
        start in beginnings(),
        rest in prop::collection::vec(any::<u8>(), 0..600),
        piece in 1_usize..700,
    ) {
        let bytes = [start, rest].concat();
        for mut talk in conversations() {
            let mut act = talk.start();
            for part in bytes.chunks(piece) {
                if matches!(act, Act::Known(_) | Act::Other) { break; }
                act = talk.hear(part);
            }
            if matches!(act, Act::Listen | Act::Say(_)) { act = talk.over(); }
            if let Act::Known(known) = act {
                prop_assert!(known.detail.is_none_or(|detail| detail.chars().count() <= 120));
            }
        }
    }
}

#[test]
fn who_never_stops_talking_is_not_heard_for_ever() {
    let flood = [b"\x16\x03\x03\x3f\xff".as_slice(), &[0x55; 16_383]].concat();
    for start in [&flood[..], b"HTTP/1.1 200 OK\r\nX: y", b"SSH-2.0-x\r\n", b"\0\0", b"x"] {
        for mut talk in conversations() {
            talk.start();
            let mut act = talk.hear(start);
            for _ in 0..64 {
                if matches!(act, Act::Known(_) | Act::Other) {
                    break;
                }
                act = talk.hear(&[b'A'; 4096]);
            }
            assert!(matches!(act, Act::Known(_) | Act::Other), "{act:?}");
        }
    }
}
