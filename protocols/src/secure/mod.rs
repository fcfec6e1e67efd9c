//! TLS with what it shows of itself, HTTP inside and outside of it, and SSH.

mod alert;
mod answer;
mod certificate;
mod client;
mod html;
mod http;
mod inside;
mod known;
mod legacy_hello;
mod legacy_tls;
mod request;
mod server;
mod ssh;
mod ssh_cipher;
mod ssh_exchange;
pub(crate) mod ssh_greeting;
mod ssh_login;
#[cfg(test)]
mod ssh_tests;
mod ssh_wire;
mod tls;
mod witness;

#[cfg(test)]
mod tests;

pub use http::Http;
pub use inside::Inside;
pub use legacy_tls::LegacyTls;

use crate::Step;
use klinke_shared::Protocol;

/// Whoever sends what is heard in more pieces than this only wants to keep us reading.
const MOST_PIECES: usize = 256;

/// The steps, the more usual first.
pub const STEPS: &[Step] = &[
    Step { protocol: Protocol::Tls, ports: tls::PORTS, listens: false, begin: tls::begin },
    // After a refusal of the one before it, at the same ports.
    Step { protocol: Protocol::Tls, ports: tls::PORTS, listens: false, begin: LegacyTls::begin },
    Step { protocol: Protocol::Http, ports: request::PORTS, listens: false, begin: Http::begin },
    Step { protocol: Protocol::Ssh, ports: ssh::PORTS, listens: true, begin: ssh::begin },
];
