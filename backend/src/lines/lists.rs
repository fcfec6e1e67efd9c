//! The lists of an operator as one value that answers questions and never changes. It does not know
//! when they were read, or who asks.

use super::prefixes::{self, Prefixes};
use super::providers::{self, Providers};
use super::text_file::{ListError, each_line};
use klinke_shared::Network;
use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// What an operator's lists say of addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lists {
    networks: BTreeMap<Network, Prefixes>,
    providers: Providers,
}

impl Lists {
    /// Reads lists, each with the kind of network that it lists, and a table of providers.
    ///
    /// A list has a network or an address in the first field of each line, before a comma; what
    /// follows does not count. Apple's list of iCloud Private Relay (`egress-ip-ranges.csv`) and the
    /// Tor Project's list of exits (`torbulkexitlist`) are such lists. The table of providers is
    /// iptoasn.com's `ip2asn-combined.tsv`. Lists of the same kind are one.
    ///
    /// # Errors
    /// The first file that cannot be read or has a wrong line.
    pub fn load(lists: &[(Network, PathBuf)], providers: Option<&Path>) -> Result<Self, ListError> {
        let mut gathered: BTreeMap<Network, prefixes::Gathered> = BTreeMap::new();
        for (kind, path) in lists {
            let gathered = gathered.entry(*kind).or_default();
            each_line(path, prefixes::ACCEPTED, |line| gathered.read(line))?;
        }
        let mut ranges = providers::Gathered::default();
        if let Some(path) = providers {
            each_line(path, providers::ACCEPTED, |line| ranges.read(line))?;
        }
        let networks = gathered.into_iter().map(|(kind, gathered)| (kind, gathered.prefixes()));
        Ok(Self { networks: networks.collect(), providers: ranges.providers() })
    }

    /// The kinds of network that hold this address, each once. An IPv4-mapped address counts as IPv4.
    #[must_use]
    pub fn networks(&self, address: IpAddr) -> Vec<Network> {
        let holding = self.networks.iter().filter(|(_, prefixes)| prefixes.hold(address));
        holding.map(|(kind, _)| *kind).collect()
    }

    /// The name of the provider whose address it is, at most 60 characters of one line. An
    /// IPv4-mapped address counts as IPv4.
    #[must_use]
    pub fn provider(&self, address: IpAddr) -> Option<&str> {
        self.providers.name(address)
    }

    /// Whether there is nothing that could be said of any address.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.providers.len() == 0 && self.networks.values().all(|prefixes| prefixes.len() == 0)
    }

    /// How many networks each listed kind has, once those that belong together are one.
    pub fn counts(&self) -> impl Iterator<Item = (Network, usize)> {
        self.networks.iter().map(|(kind, prefixes)| (*kind, prefixes.len()))
    }

    /// How many different names of providers there are.
    #[must_use]
    pub fn providers(&self) -> usize {
        self.providers.len()
    }
}

/// Counts, for a log: `relay 280000, tor 1100, providers 70000`.
impl fmt::Display for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, networks) in self.counts() {
            write!(f, "{} {networks}, ", kind.as_str())?;
        }
        write!(f, "providers {}", self.providers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELAYS: &str = "172.224.224.0/27,GB,GB-EN,London,\r\n2a02:26f7::/64,GB,GB-EN,London,\r\n";
    const EXITS: &str = "# exits\n192.0.2.1\n192.0.2.0\n2001:db8::1\n";
    const PROVIDERS: &str = "192.0.2.0\t192.0.2.255\t64496\tDE\tEXAMPLE Beispiel GmbH\n";

    fn file(folder: &Path, name: &str, content: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    #[test]
    fn an_address_has_the_kinds_of_all_lists_that_hold_it_and_its_provider_s_name() {
        let folder = tempfile::tempdir().unwrap();
        let relays = file(folder.path(), "relays", RELAYS);
        let exits = file(folder.path(), "exits", EXITS);
        let clouds = file(folder.path(), "clouds", "192.0.2.0/24\n");
        let more = file(folder.path(), "more", "198.51.100.0/24\n");
        let providers = file(folder.path(), "providers", PROVIDERS);
        let lists = [
            (Network::Cloud, clouds),
            (Network::Tor, exits),
            (Network::Relay, relays),
            (Network::Cloud, more),
        ];
        let lists = Lists::load(&lists, Some(&providers)).unwrap();
        let name = Some("EXAMPLE Beispiel GmbH");
        for (address, networks, provider) in [
            ("172.224.224.9", &[Network::Relay][..], None),
            ("::ffff:172.224.224.9", &[Network::Relay], None),
            ("2a02:26f7::9", &[Network::Relay], None),
            ("192.0.2.1", &[Network::Tor, Network::Cloud], name),
            ("::ffff:192.0.2.1", &[Network::Tor, Network::Cloud], name),
            ("192.0.2.2", &[Network::Cloud], name),
            ("198.51.100.1", &[Network::Cloud], None),
            ("2001:db8::2", &[], None),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(lists.networks(address), networks, "{address}");
            assert_eq!(lists.provider(address), provider, "{address}");
        }
        assert_eq!(lists.to_string(), "relay 2, tor 2, cloud 2, providers 1");
        assert!(!lists.is_empty());
    }

    #[test]
    fn without_a_file_or_with_empty_ones_nothing_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let empty = file(folder.path(), "empty", "# nobody\n");
        let none = Lists::load(&[], None).unwrap();
        assert!(none.is_empty() && none == Lists::default());
        let lists = Lists::load(&[(Network::Vpn, empty.clone())], Some(&empty)).unwrap();
        assert!(lists.is_empty());
        assert_eq!(lists.to_string(), "vpn 0, providers 0");
        assert!(lists.networks("192.0.2.1".parse().unwrap()).is_empty());
        let providers = file(folder.path(), "providers", PROVIDERS);
        assert!(!Lists::load(&[], Some(&providers)).unwrap().is_empty());
    }

    #[test]
    fn a_wrong_line_is_named_with_its_file_whichever_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let page = file(folder.path(), "page", "\n<html>\n");
        let exits = file(folder.path(), "exits", EXITS);
        let place = format!("{}, line 2: “<html>” is not accepted", page.display());
        let lists = [(Network::Tor, exits.clone()), (Network::Vpn, page.clone())];
        let said = Lists::load(&lists, None).unwrap_err().to_string();
        assert!(said.starts_with(&place) && said.ends_with(prefixes::ACCEPTED), "{said}");
        let said = Lists::load(&[(Network::Tor, exits)], Some(&page)).unwrap_err().to_string();
        assert!(said.starts_with(&place) && said.ends_with(providers::ACCEPTED), "{said}");
    }
}
