//! What the operator can set: defaults < file < environment < flags, each value with where it came
//! from, so that a wrong one is answered with file, line and key. One table
//! feeds the reading, the environment's names and `klinke config template`.

mod read;
mod table;
mod template;
mod value;

pub use read::{SettingsError, Sources};
pub use template::template;

use crate::checks::DeskLimits;
use crate::engine::Pace;
use crate::visitor::{AddressKind, Borders, Reach};
use ipnet::IpNet;
use klinke_shared::api::Operator;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything that can be set, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The addresses to listen on; at least one.
    pub listen: Vec<SocketAddr>,
    /// The host names under which the page is opened.
    pub names: Vec<String>,
    /// Who runs this server.
    pub operator: Operator,
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
            operator: Operator {
                name: values.text("operator.name")?,
                phone: values.text("operator.phone")?,
                email: values.text("operator.email")?,
                website: values.link("operator.website")?,
                imprint: values.link("operator.imprint")?,
                privacy: values.link("operator.privacy")?,
            },
            knowledge: Some(values.text("knowledge.folder")?)
                .filter(|folder| !folder.is_empty())
                .map(PathBuf::from),
            left_alone: values.networks("checks.left_alone")?,
            limits: DeskLimits {
                running: values.number("checks.running")?,
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
        Ok(settings)
    }

    /// Whom a server that listens there may check: one that listens inside only checks visitors from
    /// inside and no others, any other one visitors from the internet and no others.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let inside = |address: &SocketAddr| AddressKind::of(address.ip()).is_inside();
        if self.listen.iter().all(inside) { Reach::Local } else { Reach::Public }
    }

    /// The addresses that it may check.
    #[must_use]
    pub fn borders(&self) -> Borders {
        Borders { reach: self.reach(), left_alone: self.left_alone.clone() }
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
