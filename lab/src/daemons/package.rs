//! Which packages are installed in which version, by Debian's own list. It starts nothing.

use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use super::table::Daemon;

/// One package per line.
const FORMAT: &str = "--showformat=${Package} ${db:Status-Status} ${Version}\\n";
/// Of a package that was removed, Debian keeps the version as well.
const INSTALLED: &str = "installed";

/// The versions of packages, as the programs' authors count them.
pub(super) struct Versions(BTreeMap<String, String>);

impl Versions {
    pub(super) fn ask(daemons: &[&Daemon]) -> Result<Self> {
        let packages: BTreeSet<_> = daemons.iter().flat_map(|daemon| daemon.packages).collect();
        let mut dpkg = Command::new("dpkg-query");
        let output = dpkg.arg("--show").arg(FORMAT).args(packages).output();
        // It says by its status that a package is missing.
        let output = output.context("there is no `dpkg-query`: this is not Debian")?;
        Ok(Self::read(&String::from_utf8_lossy(&output.stdout)))
    }

    fn read(printed: &str) -> Self {
        let package = |line: &str| {
            let (package, about) = line.split_once(' ')?;
            let version = about.strip_prefix(INSTALLED)?.trim();
            Some((package.to_owned(), upstream(version).to_owned()))
        };
        Self(printed.lines().filter_map(package).collect())
    }

    pub(super) fn of(&self, daemon: &Daemon) -> Option<&str> {
        daemon.packages.first().and_then(|package| self.get(package))
    }

    /// The first package that a daemon needs and that is not there.
    pub(super) fn missing(&self, daemon: &Daemon) -> Option<&'static str> {
        daemon.packages.iter().copied().find(|package| self.get(package).is_none())
    }

    fn get(&self, package: &str) -> Option<&str> {
        self.0.get(package).map(String::as_str)
    }
}

/// The authors' part: without Debian's epoch and revision, and without what Debian has cut off.
fn upstream(version: &str) -> &str {
    let version = version.split_once(':').map_or(version, |(_, version)| version);
    let version = version.rsplit_once('-').map_or(version, |(version, _)| version);
    version.split(['+', '~']).next().unwrap_or(version)
}

#[cfg(test)]
mod tests {
    use super::{Versions, upstream};

    #[test]
    fn only_the_authors_part_of_a_version_is_left() {
        assert_eq!(upstream("1:9.2p1-2+deb12u10"), "9.2p1");
        assert_eq!(upstream("1:2.3.19.1+dfsg1-2.1+deb12u7"), "2.3.19.1");
        assert_eq!(upstream("5:7.0.15-1~deb12u10"), "7.0.15");
        assert_eq!(upstream("3.0.3-13+b2"), "3.0.3");
        assert_eq!(upstream("15+248+deb12u2"), "15");
    }

    #[test]
    fn a_package_that_is_not_there_has_no_version() {
        let lines = "nginx-light installed 1.22.1-9+deb12u11\nchrony config-files 4.3-2\n";
        let versions = Versions::read(lines);
        assert_eq!(versions.get("nginx-light"), Some("1.22.1"));
        assert_eq!(versions.get("chrony"), None);
        assert_eq!(versions.get("squid"), None);
    }
}
