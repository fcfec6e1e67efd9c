//! What is true of one port. It does not know what anybody says of it.

use super::package::Versions;
use super::service::{Service, Tls, Version};
use super::table::Daemon;
use crate::port::{Port, Transport};

/// The truth of one port.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    pub(super) daemon: &'static str,
    pub(super) port: Port,
    /// Each of these names is right, the first one best.
    pub(super) protocols: &'static [&'static str],
    pub(super) tls: Tls,
    /// Each of these names is right.
    pub(super) products: &'static [&'static str],
    pub(super) shows_product: bool,
    /// What can be seen; who says one where none can has guessed.
    pub(super) version: Option<String>,
    pub(super) notes: &'static [&'static str],
    /// True as well, and need not be noted.
    pub(super) also: &'static [&'static str],
    /// What could be said and need not be.
    pub(super) unseen: &'static [&'static str],
    pub(super) in_ipv6: bool,
}

impl Truth {
    pub(super) fn of(daemon: &'static Daemon, versions: &Versions) -> impl Iterator<Item = Self> {
        daemon.services.iter().map(|service| Self::at(service, daemon, versions))
    }

    fn at(service: &Service, daemon: &Daemon, versions: &Versions) -> Self {
        let Service { port, protocols, tls, products, shows_product, notes, .. } = *service;
        let version = match service.version {
            Version::Hidden => None,
            Version::OfPackage => versions.of(daemon).map(str::to_owned),
            Version::Exactly(version) => Some(version.to_owned()),
        };
        let Service { also, unseen, in_ipv6, .. } = *service;
        Self {
            daemon: daemon.name,
            port,
            protocols,
            tls,
            products,
            shows_product,
            version,
            notes,
            also,
            unseen,
            in_ipv6,
        }
    }

    /// As in `22/tcp`.
    pub(super) fn place(&self) -> String {
        let transport = match self.port.transport {
            Transport::Tcp => "tcp",
            Transport::Udp => "udp",
        };
        format!("{}/{transport}", self.port.number)
    }
}
