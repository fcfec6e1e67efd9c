//! Web servers and proxies. It knows no daemon of another kind.

use super::super::service::{Service, Tls, Version, tcp};
use super::{Daemon, daemon};

const fn nginx(port: u16, tls: Tls, notes: &'static [&'static str]) -> Service {
    let service = tcp(port, "http").tls(tls).shows(&["nginx"]).version(Version::OfPackage);
    service.notes(notes)
}

pub(super) const NGINX: Daemon = daemon!(
    "nginx",
    "nginx-light",
    &[
        nginx(80, Tls::No, &[]),
        nginx(443, Tls::Yes, &["certificate-self-signed"]),
        nginx(8443, Tls::Yes, &["certificate-expired", "certificate-self-signed"]),
        // Whoever speaks nothing so old sees the certificate, and not what is behind.
        nginx(4433, Tls::Yes, &["certificate-self-signed", "legacy-tls"]),
    ]
);

pub(super) const SQUID: Daemon = daemon!(
    "squid",
    "squid",
    &[tcp(3128, "http-proxy").shows(&["squid"]).version(Version::OfPackage)]
);
