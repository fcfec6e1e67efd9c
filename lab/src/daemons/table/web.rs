//! Web servers and proxies. It knows no daemon of another kind.

use super::super::service::{Service, Tls, Version, tcp};
use super::{Daemon, daemon};

const fn nginx(port: u16, tls: Tls, notes: &'static [&'static str]) -> Service {
    with_protocols(port, &["http"]).tls(tls).notes(notes)
}

const fn with_protocols(port: u16, protocols: &'static [&'static str]) -> Service {
    tcp(port, protocols).shows(&["nginx"]).version(Version::OfPackage)
}

pub(super) const NGINX: Daemon = daemon!(
    "nginx",
    ["nginx-light"],
    &[
        nginx(80, Tls::No, &[]),
        nginx(443, Tls::Yes, &["certificate-self-signed"]),
        nginx(8443, Tls::Yes, &["certificate-expired", "certificate-self-signed"]),
        // Whoever speaks nothing so old sees that it is TLS, and not what is behind.
        with_protocols(4433, &["http", "tls"])
            .tls(Tls::Yes)
            .notes(&["certificate-self-signed", "legacy-tls"])
            .unseen(&["product", "version"]),
    ]
);

pub(super) const SQUID: Daemon = daemon!(
    "squid",
    ["squid"],
    &[tcp(3128, &["http-proxy"]).shows(&["squid"]).version(Version::OfPackage)]
);
