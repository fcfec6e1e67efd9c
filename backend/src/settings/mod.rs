//! What the operator can set: defaults < file < environment < flags, each value with where it came
//! from, so that a wrong one is answered with file, line and key. One table
//! feeds the reading, the environment's names and `klinke config template`.

mod read;
mod table;
mod template;
mod value;

pub use read::{SettingsError, Sources};
pub use template::template;

use crate::checks::{Audit, DeskLimits, PlaceLimits};
use crate::engine::Pace;
use crate::lines::{ListFiles, Watched};
use crate::visitor::{AddressKind, Borders, Reach, TrustedProxies};
use ipnet::IpNet;
use klinke_shared::api::{Hosts, Operator};
use klinke_shared::{Network, Rgb};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::sync::Arc;

/// How many connections visitors may have open at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Over all.
    pub most: usize,
    /// From one IPv4 address or IPv6 `/64`.
    pub per_address: usize,
}

/// Who is asked for the names of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolver {
    /// Nobody.
    None,
    /// Whom the system asks.
    System,
    /// This server.
    At(SocketAddr),
}

/// Everything that can be set, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The addresses to listen on; at least one.
    pub listen: Vec<SocketAddr>,
    /// The host names under which the page is opened.
    pub names: Vec<String>,
    /// Where each family is reached.
    pub hosts: Hosts,
    /// The proxies before this server.
    pub proxies: TrustedProxies,
    /// How many connections visitors may have.
    pub connections: ConnectionLimits,
    /// The UDP port for STUN; nothing where it is switched off.
    pub stun: Option<u16>,
    /// The file with the key for tickets.
    pub ticket_key: Option<PathBuf>,
    /// Lists of networks.
    pub lists: Vec<(Network, PathBuf)>,
    /// The database of providers.
    pub providers: Option<PathBuf>,
    /// Who is asked for the names of lines.
    pub resolver: Resolver,
    /// Where a line about each check goes.
    pub audit: Audit,
    /// Machines to which this server tries to connect.
    pub listeners: Vec<SocketAddr>,
    /// Who runs this server. Where its logo is to be had, the server itself says.
    pub operator: Operator,
    /// The file with the operator's logo.
    pub logo: Option<PathBuf>,
    /// The operator's colour for links and buttons.
    pub accent: Option<Rgb>,
    /// A folder with own services and words.
    pub knowledge: Option<PathBuf>,
    /// Networks that are never checked.
    pub left_alone: Vec<IpNet>,
    /// The bounds of checks.
    pub limits: DeskLimits,
    /// Probes a second over all checks.
    pub machine_per_second: u32,
    /// What is logged, in the form of `tracing`'s filter directives.
    pub log: String,
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// Names where a wrong value stands and what is accepted there.
    pub fn load(sources: &Sources) -> Result<Self, SettingsError> {
        let mut values = read::gather(sources)?;
        let seconds = |values: &mut value::Values, key| {
            values.number(key).map(std::time::Duration::from_secs)
        };
        let settings = Self {
            listen: values.addresses("listen")?,
            names: values.names("names")?,
            hosts: Hosts { ipv4: values.host("hosts.ipv4")?, ipv6: values.host("hosts.ipv6")? },
            proxies: TrustedProxies {
                networks: values.networks("proxies.trusted")?,
                headers: values.words("proxies.headers")?,
            },
            connections: ConnectionLimits {
                most: values.number("connections.most")?,
                per_address: values.number("connections.per_address")?,
            },
            stun: Some(values.number("stun.port")?).filter(|port| *port != 0),
            ticket_key: values.path("tickets.key_file")?,
            lists: values.lists("line.lists")?,
            providers: values.path("line.providers")?,
            resolver: values.resolver("line.reverse_dns")?,
            audit: audit(values.path("audit.folder")?, values.number("audit.kept_days")?),
            listeners: values.sockets("selftest.listeners")?,
            operator: Operator {
                name: values.text("operator.name")?,
                phone: values.text("operator.phone")?,
                email: values.text("operator.email")?,
                website: values.link("operator.website")?,
                imprint: values.link("operator.imprint")?,
                privacy: values.link("operator.privacy")?,
                sentence_de: values.short("operator.sentence_de")?,
                sentence_en: values.short("operator.sentence_en")?,
                ..Operator::default()
            },
            logo: values.path("operator.logo")?,
            accent: values.colour("operator.accent")?,
            knowledge: values.path("knowledge.folder")?,
            left_alone: values.networks("checks.left_alone")?,
            limits: DeskLimits {
                places: PlaceLimits {
                    running: values.number("checks.running")?,
                    waiting: values.number("checks.waiting")?,
                    per_network: values.number("checks.per_network")?,
                    cool_down: seconds(&mut values, "checks.cool_down_seconds")?,
                },
                kept: values.number("reports.kept")?,
                kept_for: seconds(&mut values, "reports.kept_seconds")?,
                pace: Pace {
                    tries: values.number("probes.tries")?,
                    per_second: values.number("probes.per_second")?,
                    in_flight: values.number("probes.in_flight")?,
                    time_limit: seconds(&mut values, "probes.time_limit_seconds")?,
                    ..Pace::default()
                },
                method: values.method("probes.method")?,
            },
            machine_per_second: values.number("probes.machine_per_second")?,
            log: values.text("log")?,
        };
        settings.complete_for_the_public()?;
        settings.one_source_of_addresses()?;
        Ok(settings)
    }

    /// Whom a server that listens there may check: one that listens inside only checks visitors from
    /// inside and no others, any other one visitors from the internet and no others.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let inside = |address: &SocketAddr| AddressKind::of(address.ip()).is_inside();
        if self.listen.iter().all(inside) { Reach::Local } else { Reach::Public }
    }

    /// The addresses that it may check. `own` are those of this machine.
    #[must_use]
    pub fn borders(&self, own: Vec<IpAddr>, lists: Arc<Watched>) -> Borders {
        Borders { reach: self.reach(), left_alone: self.left_alone.clone(), own, lists }
    }

    /// The files of lists.
    #[must_use]
    pub fn list_files(&self) -> ListFiles {
        ListFiles { lists: self.lists.clone(), providers: self.providers.clone() }
    }

    /// Whether there are any.
    #[must_use]
    pub fn has_lists(&self) -> bool {
        !self.lists.is_empty() || self.providers.is_some()
    }

    /// Where each family is reached. Who listens on both loopback addresses of a machine is reached there.
    #[must_use]
    pub fn hosts_of(&self, listening: &[SocketAddr]) -> Hosts {
        let at = |address: IpAddr| listening.iter().find(|own| own.ip() == address);
        let both = at(Ipv4Addr::LOCALHOST.into()).zip(at(Ipv6Addr::LOCALHOST.into()));
        match both {
            Some((v4, v6)) if self.hosts == Hosts::default() && self.reach() == Reach::Local => {
                let ipv6 = has_name_of_loopback().then(|| format!("{LOOPBACK_V6}:{}", v6.port()));
                Hosts { ipv4: Some(v4.to_string()), ipv6 }
            }
            _ => self.hosts.clone(),
        }
    }

    /// Of two headers that both name the visitor, the one that the proxy does not set is the visitor's own.
    fn one_source_of_addresses(&self) -> Result<(), SettingsError> {
        let sources = ["x-forwarded-for", "forwarded"];
        let named = sources.iter().filter(|name| self.proxies.sets(name)).count();
        if self.proxies.networks.is_empty() || named == 1 {
            return Ok(());
        }
        Err(SettingsError::NotOneSource)
    }

    /// A server on the internet says who runs it, and knows its name; without that it does not start.
    fn complete_for_the_public(&self) -> Result<(), SettingsError> {
        let Operator { name, email, imprint, privacy, .. } = &self.operator;
        let needed = [
            ("operator.name", name),
            ("operator.email", email),
            ("operator.imprint", imprint),
            ("operator.privacy", privacy),
        ];
        let unnamed = self.names.is_empty().then_some("names");
        let empty = needed.into_iter().filter(|(_, value)| value.is_empty()).map(|(key, _)| key);
        let missing: Vec<&str> = unnamed.into_iter().chain(empty).collect();
        if self.reach() == Reach::Local || missing.is_empty() {
            return Ok(());
        }
        Err(SettingsError::PublicWithoutOperator { missing: missing.join(", ") })
    }
}

/// The name that Debian gives to `::1`, because the page's security policy cannot name an IPv6 address.
const LOOPBACK_V6: &str = "ip6-localhost";

fn has_name_of_loopback() -> bool {
    let found = (LOOPBACK_V6, 0).to_socket_addrs();
    found.is_ok_and(|mut found| found.any(|address| address.ip() == Ipv6Addr::LOCALHOST))
}

fn audit(folder: Option<PathBuf>, kept_days: u64) -> Audit {
    folder.map_or(Audit::Log, |folder| Audit::Folder { folder, kept_days })
}
