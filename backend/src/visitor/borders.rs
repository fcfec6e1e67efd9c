//! Whom a server may check at all, whatever is proven: where it stands, and the networks that are left
//! in peace.

use super::address_kind::{AddressKind, scope_of, unmapped};
use super::own_address::Refusal;
use crate::lines::Watched;
use ipnet::IpNet;
use klinke_shared::Scope;
use std::net::IpAddr;
use std::sync::Arc;

/// From where visitors of a server come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A server on the internet: visitors with public addresses.
    Public,
    /// A server that listens on loopback or private addresses only: visitors from such.
    Local,
}

/// The addresses that a server may check.
#[derive(Debug, Clone)]
pub struct Borders {
    /// From where its visitors come.
    pub reach: Reach,
    /// Networks that are never checked: of people who asked for it, and of the operator.
    pub left_alone: Vec<IpNet>,
    /// The addresses of the machine on which the server runs.
    pub own: Vec<IpAddr>,
    /// The operator's lists of networks.
    pub lists: Arc<Watched>,
}

impl Borders {
    /// Where an address lies, if it may be checked.
    ///
    /// # Errors
    /// Says what stands against it.
    pub(super) fn admit(&self, address: IpAddr) -> Result<Scope, Refusal> {
        let address = unmapped(address);
        if self.left_alone.iter().any(|network| network.contains(&address)) {
            return Err(Refusal::LeftAlone(address));
        }
        // In local mode, this very computer is what is checked.
        if self.reach == Reach::Public && self.own.contains(&address) {
            return Err(Refusal::Server(address));
        }
        let networks = self.lists.in_force().networks(address);
        if let Some(network) = networks.into_iter().find(|network| network.hides_its_users()) {
            return Err(Refusal::Borrowed { address, network: network.as_str() });
        }
        match (scope_of(address), self.reach) {
            (Some(Scope::Public), Reach::Local) => Err(Refusal::Outside(address)),
            (Some(scope), Reach::Local) => Ok(scope),
            (Some(Scope::Public), Reach::Public) => Ok(Scope::Public),
            (Some(_), Reach::Public) => Err(Refusal::Inside(address)),
            (None, _) => Err(Refusal::Kind { address, kind: AddressKind::of(address) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn borders(reach: Reach) -> Borders {
        let left_alone = ["9.9.9.0/24", "2620:fe::/48", "10.9.0.0/16"];
        let own = ["7.7.7.7", "127.0.0.1", "2a00:7::7"].map(|address| address.parse().unwrap());
        let left_alone = left_alone.map(|network| network.parse().unwrap());
        let lists = Arc::new(Watched::open(crate::lines::ListFiles::default()).unwrap());
        Borders { reach, left_alone: left_alone.to_vec(), own: own.to_vec(), lists }
    }

    #[test]
    fn every_address_is_admitted_or_refused_with_its_own_reason() {
        use Reach::{Local, Public};
        for (reach, address, word) in [
            (Public, "1.2.3.4", "admitted"),
            (Public, "::ffff:1.2.3.4", "admitted"),
            (Public, "2a00::1", "admitted"),
            (Public, "10.0.0.1", "Inside"),
            (Public, "127.0.0.2", "Inside"),
            (Public, "7.7.7.7", "Server"),
            (Public, "::ffff:7.7.7.7", "Server"),
            (Public, "2a00:7::7", "Server"),
            (Public, "::ffff:192.168.1.1", "Inside"),
            (Public, "fd00::1", "Inside"),
            (Public, "169.254.1.1", "Inside"),
            (Public, "fe80::1", "Kind"),
            (Public, "100.64.0.1", "Kind"),
            (Public, "64:ff9b::102:304", "Kind"),
            (Public, "2002:102:304::1", "Kind"),
            (Public, "2001::1", "Kind"),
            (Public, "224.0.0.1", "Kind"),
            (Public, "192.0.2.1", "Kind"),
            (Public, "9.9.9.9", "LeftAlone"),
            (Public, "::ffff:9.9.9.9", "LeftAlone"),
            (Public, "2620:fe::9", "LeftAlone"),
            (Local, "127.0.0.1", "admitted"),
            (Local, "::1", "admitted"),
            (Local, "10.0.0.1", "admitted"),
            (Local, "10.9.0.1", "LeftAlone"),
            (Local, "1.2.3.4", "Outside"),
            (Local, "9.9.9.9", "LeftAlone"),
        ] {
            let said = match borders(reach).admit(address.parse().unwrap()) {
                Ok(_) => "admitted".to_owned(),
                Err(refusal) => format!("{refusal:?}"),
            };
            assert!(said.starts_with(word), "{address}, {reach:?}: {said}");
        }
    }
}
