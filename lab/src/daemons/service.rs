//! What a daemon serves at a port, as far as a stranger can see it. It does not know which daemon.

use crate::port::{Port, Transport};

/// What can be seen of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Nothing: who says one has guessed.
    Hidden,
    /// The package's.
    OfPackage,
    /// Another program's, or what the daemon was told to say.
    Exactly(&'static str),
}

/// Whether it begins with TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tls {
    No,
    Yes,
    /// Later, on the protocol's own terms, so that either answer is right.
    Inside,
}

/// One port of a daemon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service {
    pub(super) port: Port,
    /// What it speaks; each of these names is right.
    pub(super) protocols: &'static [&'static str],
    pub(super) tls: Tls,
    /// What it is; each of these names is right.
    pub(super) products: &'static [&'static str],
    /// Whether it shows what it is.
    pub(super) shows_product: bool,
    pub(super) version: Version,
    /// What must be noted.
    pub(super) notes: &'static [&'static str],
    /// What is true as well, and need not be noted.
    pub(super) also: &'static [&'static str],
    /// What could be said and need not be: not everybody can see it.
    pub(super) unseen: &'static [&'static str],
    pub(super) in_ipv6: bool,
}

pub(super) const fn tcp(number: u16, protocols: &'static [&'static str]) -> Service {
    Service::new(Port { transport: Transport::Tcp, number }, protocols)
}

pub(super) const fn udp(number: u16, protocols: &'static [&'static str]) -> Service {
    Service::new(Port { transport: Transport::Udp, number }, protocols)
}

impl Service {
    const fn new(port: Port, protocols: &'static [&'static str]) -> Self {
        Self {
            port,
            protocols,
            tls: Tls::No,
            products: &[],
            shows_product: false,
            version: Version::Hidden,
            notes: &[],
            also: &[],
            unseen: &[],
            in_ipv6: true,
        }
    }

    pub(super) const fn tls(self, tls: Tls) -> Self {
        Self { tls, ..self }
    }

    /// It is this, and shows it.
    pub(super) const fn shows(self, products: &'static [&'static str]) -> Self {
        Self { products, shows_product: true, ..self }
    }

    /// It is this, and does not show it.
    pub(super) const fn hides(self, products: &'static [&'static str]) -> Self {
        Self { products, shows_product: false, ..self }
    }

    pub(super) const fn version(self, version: Version) -> Self {
        Self { version, ..self }
    }

    pub(super) const fn notes(self, notes: &'static [&'static str]) -> Self {
        Self { notes, ..self }
    }

    pub(super) const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    pub(super) const fn unseen(self, unseen: &'static [&'static str]) -> Self {
        Self { unseen, ..self }
    }

    pub(super) const fn in_ipv4_only(self) -> Self {
        Self { in_ipv6: false, ..self }
    }
}
