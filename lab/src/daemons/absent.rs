//! A daemon that is not on this machine, and why. It installs none.

use std::fmt;

/// A package that is not installed, and why not, as whoever installs packages tells it.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    package: String,
    why: String,
}

/// A daemon that is left out.
#[derive(Debug)]
pub(crate) struct Absent {
    pub(super) daemon: &'static str,
    /// What it needs and is not there.
    pub(super) package: &'static str,
}

impl Reason {
    /// Reads `PACKAGE=WHY`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let (package, why) = text.split_once('=').ok_or("accepted is PACKAGE=WHY")?;
        Ok(Self { package: package.to_owned(), why: why.to_owned() })
    }
}

/// Names those who are left out; nothing if nobody is.
pub(super) fn sentence(absent: &[Absent], reasons: &[Reason]) -> Option<String> {
    let told = |it: &Absent| {
        let reason = reasons.iter().find(|reason| reason.package == it.package);
        let why = reason.map_or_else(|| it.to_string(), |reason| reason.why.clone());
        format!("{} ({why})", it.daemon)
    };
    let all: Vec<_> = absent.iter().map(told).collect();
    (!all.is_empty()).then(|| format!("not compared here: {}", all.join(", ")))
}

impl fmt::Display for Absent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "without the package {}", self.package)
    }
}

#[cfg(test)]
mod tests {
    use super::{Absent, Reason, sentence};

    const CHRONY: Absent = Absent { daemon: "chrony", package: "chrony" };
    const NMBD: Absent = Absent { daemon: "nmbd", package: "samba" };

    #[test]
    fn who_is_left_out_is_named_with_the_reason() {
        let reason = Reason::read("chrony=would remove systemd-timesyncd").unwrap();
        let expected = "not compared here: chrony (would remove systemd-timesyncd), \
             nmbd (without the package samba)";
        assert_eq!(sentence(&[CHRONY, NMBD], &[reason]).as_deref(), Some(expected));
        assert_eq!(sentence(&[], &[]), None);
    }

    #[test]
    fn a_reason_belongs_to_a_package() {
        assert!(Reason::read("chrony").is_err());
    }
}
