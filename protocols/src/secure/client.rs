//! One end of a TLS connection as pure code: bytes in, bytes out. Knows neither what is spoken inside
//! nor what the certificate says. Only the keys of the connection are random, drawn by rustls.

use super::witness::{Empty, Witness};
use rustls::client::Resumption;
use rustls::crypto::ring;
use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, ClientConnection, Error, IoState, ProtocolVersion};
use std::io::{Read, Write};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// The name of HTTP/1.1 in ALPN (RFC 7301, 6).
const HTTP_1_1: &[u8] = b"http/1.1";

/// The time of the check, for a machine without a clock.
#[derive(Debug)]
struct At(u64);

impl TimeProvider for At {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

/// A TLS client. It names no server, because an address is no name (RFC 6066, 3).
pub(super) struct Client {
    connection: ClientConnection,
    witness: Arc<Witness>,
    closed: bool,
}

impl Client {
    /// A client for one connection; `http` offers HTTP/1.1 by ALPN.
    pub(super) fn new(address: IpAddr, now: u64, http: bool) -> Result<Self, Error> {
        let witness = Arc::new(Witness::default());
        let provider = Arc::new(ring::default_provider());
        let mut config = ClientConfig::builder_with_details(provider, Arc::new(At(now)))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(witness.clone())
            .with_client_cert_resolver(Arc::new(Empty(witness.clone())));
        config.resumption = Resumption::disabled();
        if http {
            config.alpn_protocols = vec![HTTP_1_1.to_vec()];
        }
        let connection = ClientConnection::new(Arc::new(config), ServerName::from(address))?;
        Ok(Self { connection, witness, closed: false })
    }

    /// Takes bytes from the other side and gives what they say inside, as far as that could be read,
    /// with the error that ended it.
    pub(super) fn hear(&mut self, mut bytes: &[u8]) -> (Vec<u8>, Result<(), Error>) {
        let mut inside = Vec::new();
        while !bytes.is_empty() {
            // Reading from memory fails only if rustls has no room left: then it has heard enough.
            if !matches!(self.connection.read_tls(&mut bytes), Ok(1..)) {
                break;
            }
            let processed = self.connection.process_new_packets();
            let plain = processed.as_ref().map_or(0, IoState::plaintext_bytes_to_read);
            self.closed |= processed.as_ref().is_ok_and(IoState::peer_has_closed);
            let reader = self.connection.reader();
            // What is missing at the end of a clean connection is no fault worth telling.
            let _ended = reader.take(plain as u64).read_to_end(&mut inside);
            if let Err(error) = processed {
                return (inside, Err(error));
            }
        }
        (inside, Ok(()))
    }

    /// Puts bytes into the tunnel.
    pub(super) fn say(&mut self, bytes: &[u8]) {
        // Writing to memory does not fail.
        let _written = self.connection.writer().write_all(bytes);
    }

    /// What has to be sent to the other side now.
    pub(super) fn outgoing(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.connection.wants_write() {
            if self.connection.write_tls(&mut bytes).is_err() {
                break;
            }
        }
        bytes
    }

    /// Whether the tunnel does not stand yet.
    pub(super) fn is_handshaking(&self) -> bool {
        self.connection.is_handshaking()
    }

    /// Whether the other side has closed the tunnel.
    pub(super) const fn has_closed(&self) -> bool {
        self.closed
    }

    /// What was seen while it was negotiated.
    pub(super) fn witness(&self) -> &Witness {
        &self.witness
    }

    /// The version that was agreed on.
    pub(super) fn version(&self) -> Option<&'static str> {
        match self.connection.protocol_version()? {
            ProtocolVersion::TLSv1_2 => Some("TLS 1.2"),
            ProtocolVersion::TLSv1_3 => Some("TLS 1.3"),
            _ => None,
        }
    }
}
