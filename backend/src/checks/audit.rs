//! One line for each check that ran, for the operator who is asked what this server did: when, where
//! about, how much, on whose word. It names no visitor, and is kept for a time of its own.

use crate::clock::unix_seconds;
use ipnet::IpNet;
use klinke_shared::{Profile, day};
use serde::Serialize;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const SECONDS_A_DAY: u64 = 86_400;
const BEFORE_THE_DAY: &str = "audit-";
const AFTER_THE_DAY: &str = ".jsonl";

/// What is written of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// When it ended, in seconds since 1970 (UTC).
    pub ended: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The networks of the addresses that it asked: `/24` or `/48`.
    pub networks: Vec<IpNet>,
    /// How much was asked.
    pub profile: Profile,
    /// Where it was a recheck, how many doors of a report of that profile it asked again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rechecked: Option<usize>,
    /// Which sentence of consent the visitor agreed to: the beginning of its SHA-256.
    pub consent: String,
    /// Questions sent and conversations begun.
    pub sent: u64,
    /// Whether it came to a report.
    pub finished: bool,
}

/// Where audit lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audit {
    /// Into the log, and they are kept as long as it is.
    Log,
    /// Into a file per day of a folder.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// How many days a file is kept.
        kept_days: u64,
    },
}

impl Audit {
    /// Writes a line. What cannot be written is said in the log, and no check fails for it.
    pub fn write(&self, line: &AuditLine) {
        let text = serde_json::to_string(line).unwrap_or_default();
        match self {
            Self::Log => tracing::info!(target: "klinke::audit", "{text}"),
            Self::Folder { folder, .. } => {
                if let Err(error) = append(&file_of(folder, line.ended), &text) {
                    tracing::error!(%error, "an audit line cannot be written: {text}");
                }
            }
        }
    }

    /// Removes what is older than it may get.
    pub fn sweep(&self) {
        let Self::Folder { folder, kept_days } = self else { return };
        let first = unix_seconds().saturating_sub(kept_days.saturating_mul(SECONDS_A_DAY));
        if let Err(error) = remove_before(folder, &day(first)) {
            tracing::error!(%error, "old audit lines cannot be removed");
        }
    }

    /// Makes the folder, and tries whether something can be written there.
    ///
    /// # Errors
    /// What the system says.
    pub fn prepare(&self) -> io::Result<()> {
        let Self::Folder { folder, .. } = self else { return Ok(()) };
        fs::create_dir_all(folder)?;
        let trial = folder.join("audit-trial");
        fs::write(&trial, "")?;
        fs::remove_file(trial)
    }
}

fn file_of(folder: &Path, seconds: u64) -> PathBuf {
    folder.join(format!("{BEFORE_THE_DAY}{}{AFTER_THE_DAY}", day(seconds)))
}

fn append(file: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    // In one piece, so that lines of two checks never mix.
    file.write_all(format!("{text}\n").as_bytes())
}

/// Files of other names are somebody else's.
fn remove_before(folder: &Path, first: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let of =
            name.strip_prefix(BEFORE_THE_DAY).and_then(|rest| rest.strip_suffix(AFTER_THE_DAY));
        // Days of this form sort as they follow each other.
        if of.is_some_and(|of| of.len() == first.len() && of < first) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_into_the_file_of_their_day_and_old_files_go() {
        let folder = tempfile::tempdir().unwrap();
        let audit = Audit::Folder { folder: folder.path().join("a/b"), kept_days: 30 };
        audit.prepare().unwrap();
        let now = unix_seconds();
        let line = |ended| AuditLine {
            ended,
            took_ms: 1_234,
            networks: vec!["203.0.113.0/24".parse().unwrap()],
            profile: Profile::Quick,
            rechecked: None,
            consent: "0123abcd".to_owned(),
            sent: 99,
            finished: true,
        };
        for days_ago in [0, 29, 30, 31, 400] {
            audit.write(&line(now - days_ago * SECONDS_A_DAY));
        }
        audit.write(&line(now));
        let other = folder.path().join("a/b/audit-2001-01-01.txt");
        fs::write(&other, "somebody else's").unwrap();
        audit.sweep();
        let file =
            |days_ago: u64| file_of(&folder.path().join("a/b"), now - days_ago * SECONDS_A_DAY);
        let there: Vec<bool> = [0, 29, 30, 31, 400].map(|days| file(days).exists()).to_vec();
        assert_eq!(there, [true, true, true, false, false]);
        assert!(other.exists());
        let today = fs::read_to_string(file(0)).unwrap();
        assert_eq!(today.lines().count(), 2);
        let read: serde_json::Value = serde_json::from_str(today.lines().next().unwrap()).unwrap();
        assert_eq!(read["networks"][0], "203.0.113.0/24");
        assert_eq!((&read["profile"], &read["sent"]), (&"quick".into(), &99.into()));
    }
}
