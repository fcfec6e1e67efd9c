//! Values with where they came from, and their conversion into what the program uses.

use super::Resolver;
use super::read::SettingsError;
use super::table::{self, Kind, Setting};
use crate::engine::Method;
use crate::lines::network;
use ipnet::IpNet;
use klinke_shared::{Network, Rgb};
use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::PathBuf;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Default,
    File(PathBuf, usize),
    Environment(String),
    Flag(String),
}

/// A value as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    /// From a file: typed.
    Toml(toml::Value),
    /// From the environment or a flag: a text, in which lists are parted by commas.
    Text(String),
}

/// The winning value of every setting.
#[derive(Debug, Default)]
pub(super) struct Values(pub(super) HashMap<&'static str, (Raw, Origin)>);

impl Values {
    pub(super) fn number<N: TryFrom<u64>>(
        &mut self,
        key: &'static str,
    ) -> Result<N, SettingsError> {
        self.convert(key, |raw, setting| {
            let Kind::Number(least, most) = setting.kind else { return None };
            let number = match raw {
                Raw::Toml(value) => u64::try_from(value.as_integer()?).ok()?,
                Raw::Text(text) => text.trim().parse().ok()?,
            };
            (least..=most).contains(&number).then(|| N::try_from(number).ok()).flatten()
        })
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<String, SettingsError> {
        self.convert(key, |raw, _| one_line(raw))
    }

    /// A text that is not too long.
    pub(super) fn short(&mut self, key: &'static str) -> Result<String, SettingsError> {
        self.convert(key, |raw, setting| {
            let Kind::Short(most) = setting.kind else { return None };
            one_line(raw).filter(|text| text.chars().count() <= most)
        })
    }

    /// A colour; nothing where the text is empty.
    pub(super) fn colour(&mut self, key: &'static str) -> Result<Option<Rgb>, SettingsError> {
        self.convert(key, |raw, _| {
            let text = one_line(raw)?;
            if text.is_empty() { Some(None) } else { Rgb::parse(&text).map(Some) }
        })
    }

    pub(super) fn method(&mut self, key: &'static str) -> Result<Method, SettingsError> {
        self.convert(key, |raw, _| table::method(&one_line(raw)?))
    }

    pub(super) fn link(&mut self, key: &'static str) -> Result<String, SettingsError> {
        const STARTS: [&str; 4] = ["https://", "http://", "mailto:", "/"];
        let accepted =
            |text: &String| text.is_empty() || STARTS.iter().any(|start| text.starts_with(start));
        self.convert(key, |raw, _| one_line(raw).filter(accepted))
    }

    pub(super) fn addresses(
        &mut self,
        key: &'static str,
    ) -> Result<Vec<SocketAddr>, SettingsError> {
        self.convert(key, |raw, _| {
            let addresses: Option<Vec<SocketAddr>> =
                list(raw)?.iter().map(|text| text.parse().ok()).collect();
            addresses.filter(|addresses| !addresses.is_empty())
        })
    }

    /// Host names.
    pub(super) fn names(&mut self, key: &'static str) -> Result<Vec<String>, SettingsError> {
        self.convert(key, |raw, _| list(raw).filter(|names| names.iter().all(|name| is_name(name))))
    }

    /// Networks; an address alone is a network of one.
    pub(super) fn networks(&mut self, key: &'static str) -> Result<Vec<IpNet>, SettingsError> {
        self.convert(key, |raw, _| list(raw)?.iter().map(|text| network(text)).collect())
    }

    /// Some of the words that the setting accepts, in lower case.
    pub(super) fn words(&mut self, key: &'static str) -> Result<Vec<String>, SettingsError> {
        self.convert(key, |raw, setting| {
            let Kind::Words(accepted) = setting.kind else { return None };
            let words: Vec<String> = list(raw)?.iter().map(|word| word.to_lowercase()).collect();
            words.iter().all(|word| accepted.contains(&word.as_str())).then_some(words)
        })
    }

    /// A host, with or without a port; nothing where the text is empty.
    pub(super) fn host(&mut self, key: &'static str) -> Result<Option<String>, SettingsError> {
        self.convert(key, |raw, _| {
            let text = one_line(raw)?;
            if text.is_empty() { Some(None) } else { is_host(&text).then_some(Some(text)) }
        })
    }

    /// Files of networks with their kind.
    pub(super) fn lists(
        &mut self,
        key: &'static str,
    ) -> Result<Vec<(Network, PathBuf)>, SettingsError> {
        let one = |text: &String| {
            let (kind, file) = text.split_once('=')?;
            let kind = Network::ALL.into_iter().find(|known| known.as_str() == kind.trim())?;
            let file = file.trim();
            (!file.is_empty()).then(|| (kind, PathBuf::from(file)))
        };
        self.convert(key, |raw, _| list(raw)?.iter().map(one).collect())
    }

    /// A path; nothing where the text is empty.
    pub(super) fn path(&mut self, key: &'static str) -> Result<Option<PathBuf>, SettingsError> {
        let text = self.text(key)?;
        Ok((!text.is_empty()).then(|| PathBuf::from(text)))
    }

    pub(super) fn resolver(&mut self, key: &'static str) -> Result<Resolver, SettingsError> {
        self.convert(key, |raw, _| match one_line(raw)?.as_str() {
            "" => Some(Resolver::None),
            "system" => Some(Resolver::System),
            other => other.parse().ok().map(Resolver::At),
        })
    }

    /// Addresses with ports, possibly none.
    pub(super) fn sockets(&mut self, key: &'static str) -> Result<Vec<SocketAddr>, SettingsError> {
        self.convert(key, |raw, _| list(raw)?.iter().map(|text| text.parse().ok()).collect())
    }

    fn convert<T>(
        &mut self,
        key: &'static str,
        into: impl Fn(&Raw, &Setting) -> Option<T>,
    ) -> Result<T, SettingsError> {
        let (Some((raw, origin)), Some(setting)) = (self.0.remove(key), table::find(key)) else {
            return Err(SettingsError::NotInTable { key });
        };
        into(&raw, setting).ok_or_else(|| SettingsError::Wrong {
            origin: origin.to_string(),
            key: key.to_owned(),
            value: raw.to_string(),
            accepted: setting.accepted(),
        })
    }
}

/// Letters, digits and hyphens between dots (RFC 1123, 2.1), so that the punycode of an internationalised
/// name is one.
fn is_name(name: &str) -> bool {
    const LONGEST: usize = 253;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let label = |label: &str| !label.is_empty() && label.chars().all(plain);
    name.len() <= LONGEST && name.split('.').all(label)
}

/// A name or an IPv4 address, with or without a port. The page's security policy cannot name an IPv6
/// address (CSP Level 3, 2.3.1).
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "1"));
    port.parse::<NonZeroU16>().is_ok() && is_name(host)
}

fn list(raw: &Raw) -> Option<Vec<String>> {
    match raw {
        Raw::Toml(value) => {
            let items = value.as_array()?.iter();
            items.map(|item| item.as_str().map(str::to_owned)).collect()
        }
        Raw::Text(text) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(items.map(str::to_owned).collect())
        }
    }
}

fn one_line(raw: &Raw) -> Option<String> {
    let text = match raw {
        Raw::Toml(value) => value.as_str()?,
        Raw::Text(text) => text,
    };
    (!text.contains(char::is_control)).then(|| text.trim().to_owned())
}

impl fmt::Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml(value) => write!(f, "{value}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}, line {line}", path.display()),
            Self::Environment(name) => write!(f, "environment, {name}"),
            Self::Flag(flag) => write!(f, "command line, {flag}"),
        }
    }
}
