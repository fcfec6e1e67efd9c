//! Which version of a program is installed, by Debian's own list. It starts nothing.

use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// One package per line.
const FORMAT: &str = "--showformat=${Package} ${Version}\\n";

/// The versions of packages, as the programs' authors count them.
pub(super) struct Versions(BTreeMap<String, String>);

impl Versions {
    pub(super) fn ask<'a>(packages: impl Iterator<Item = &'a str>) -> Result<Self> {
        let packages: BTreeSet<_> = packages.collect();
        let mut dpkg = Command::new("dpkg-query");
        let output = dpkg.arg("--show").arg(FORMAT).args(packages).output();
        // It says by its status that a package is missing, whose daemon will not start.
        let output = output.context("there is no `dpkg-query`: this is not Debian")?;
        Ok(Self::read(&String::from_utf8_lossy(&output.stdout)))
    }

    fn read(printed: &str) -> Self {
        let package = |line: &str| {
            let (package, version) = line.split_once(' ')?;
            Some((package.to_owned(), upstream(version).to_owned()))
        };
        Self(printed.lines().filter_map(package).collect())
    }

    pub(super) fn of(&self, package: &str) -> Option<&str> {
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
        let versions = Versions::read("nginx-light 1.22.1-9+deb12u11\nsamba \n");
        assert_eq!(versions.of("nginx-light"), Some("1.22.1"));
        assert_eq!(versions.of("squid"), None);
    }
}
