//! Debian packages that are good to have and worth no sacrifice: what can only be installed by
//! removing something else is not installed, and the person reads why. It does not know what the
//! packages are for.

use anyhow::{Context as _, Result};
use std::fs;
use std::process::Command;

use super::debian;
use crate::shell;

/// What Debian calls a package that is there; of a removed one it keeps a note.
const INSTALLED: &str = "installed";
/// Where Debian keeps what it knows of packages that are not installed; empty in a fresh container.
const LISTS: &str = "/var/lib/apt/lists";

/// A package that is not installed, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Absent {
    pub(crate) package: String,
    pub(crate) why: String,
}

impl Absent {
    fn new(package: &str, why: &str) -> Self {
        Self { package: package.to_owned(), why: why.to_owned() }
    }
}

/// Whether this system has Debian's packages at all.
pub(crate) fn require_debian() -> Result<()> {
    let found = shell::find("dpkg-query");
    found.map(drop).context("this system has no packages of Debian's")
}

/// Installs those of these packages that take nothing away; the others are returned.
pub(super) fn install(packages: &[&str]) -> Result<Vec<Absent>> {
    let missing = missing(packages)?;
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    if !knows_packages() {
        let mut update = shell::as_root("apt-get", "Looking for packages")?;
        shell::run(update.arg("update"), "Check the connection to the package mirror.")?;
    }
    let obstacles = missing.into_iter().map(|package| Ok((package, obstacle(package)?)));
    let mut absent = Vec::new();
    let mut possible = Vec::new();
    for (package, obstacle) in obstacles.collect::<Result<Vec<_>>>()? {
        match obstacle {
            None => possible.push(package),
            Some(why) => absent.push(Absent::new(package, &why)),
        }
    }
    if let Err(error) = possible.first().map_or(Ok(()), |_| debian::install(&possible)) {
        eprintln!("Going on with what is there: {error:#}");
        let still = self::missing(&possible)?.into_iter();
        absent.extend(still.map(|package| Absent::new(package, "could not be installed")));
    }
    Ok(absent)
}

fn missing<'a>(packages: &[&'a str]) -> Result<Vec<&'a str>> {
    let mut dpkg = Command::new("dpkg-query");
    dpkg.args(["--show", "--showformat=${Package} ${db:Status-Status}\\n"]).args(packages);
    // It says by its status that some are not there.
    let output = dpkg.output().context("this system has no `dpkg-query`: it is not Debian")?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_there = |package: &&&str| {
        printed.lines().any(|line| line.split_once(' ') == Some((**package, INSTALLED)))
    };
    Ok(packages.iter().filter(|package| !is_there(package)).copied().collect())
}

fn knows_packages() -> bool {
    let lists = fs::read_dir(LISTS).into_iter().flatten().flatten();
    lists.into_iter().any(|list| list.file_name().to_string_lossy().contains("_Packages"))
}

/// Why a package cannot be installed without a loss, if it cannot. Changes nothing.
fn obstacle(package: &str) -> Result<Option<String>> {
    let mut apt = Command::new("apt-get");
    apt.args(["--simulate", "--no-install-recommends", "install", package]).env("LC_ALL", "C");
    let output = apt.output().context("this system has no `apt-get`: it is not Debian")?;
    Ok(reason(&String::from_utf8_lossy(&output.stdout), output.status.success()))
}

/// Reads lines like `Remv systemd-timesyncd [252.39-1]`.
fn reason(printed: &str, is_possible: bool) -> Option<String> {
    let removed = printed.lines().filter_map(|line| line.strip_prefix("Remv "));
    let removed: Vec<_> = removed.filter_map(|line| line.split(' ').next()).collect();
    match (&removed[..], is_possible) {
        ([], true) => None,
        ([], false) => Some("cannot be installed here".to_owned()),
        (removed, _) => Some(format!("would remove {}", removed.join(" and "))),
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn what_takes_something_away_is_not_installed() {
        let printed = "\
NOTE: This is only a simulation!
Remv systemd-timesyncd [252.39-1~deb12u2]
Inst chrony (4.3-2+deb12u3 Debian:12.11/stable [amd64])
Conf chrony (4.3-2+deb12u3 Debian:12.11/stable [amd64])
";
        assert_eq!(reason(printed, true).as_deref(), Some("would remove systemd-timesyncd"));
        let two = "Remv exim4-base [4.96]\nRemv bsd-mailx [8.1]\n";
        assert_eq!(reason(two, true).as_deref(), Some("would remove exim4-base and bsd-mailx"));
    }

    #[test]
    fn what_only_adds_is_installed_and_what_is_unknown_is_not() {
        assert_eq!(reason("Inst rsync (3.2.7)\nConf rsync (3.2.7)\n", true), None);
        assert_eq!(reason("", false).as_deref(), Some("cannot be installed here"));
    }
}
