//! The folder in which the daemons live: made for one start, and taken away with it. What an
//! interrupted start has left goes at the next one.

use anyhow::{Context as _, Result};
use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process;
use tempfile::TempDir;

use super::FOR_EVERYBODY;

/// The number of the process to which a folder belongs comes next.
const PREFIX: &str = "klinke-daemons-";

pub(super) fn make() -> Result<TempDir> {
    sweep(&env::temp_dir(), |owner| Path::new("/proc").join(owner).exists());
    let folder = TempDir::with_prefix(format!("{PREFIX}{}-", process::id()));
    let folder = folder.context("no temporary folder")?;
    fs::set_permissions(folder.path(), Permissions::from_mode(FOR_EVERYBODY))?;
    Ok(folder)
}

/// Takes away the folders whose owner is gone.
fn sweep(parent: &Path, lives: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        if rest.and_then(|rest| rest.split_once('-')).is_some_and(|(owner, _)| !lives(owner)) {
            // Somebody else may be doing the same.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sweep;
    use std::fs;

    #[test]
    fn only_folders_whose_owner_is_gone_are_taken_away() {
        let parent = tempfile::tempdir().unwrap();
        let at = |name: &str| parent.path().join(name);
        for name in ["klinke-daemons-7-a", "klinke-daemons-8-b", "klinke-daemons-x", "7-other"] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("log"), "").unwrap();
        }
        sweep(parent.path(), |owner| owner == "8");
        assert!(!at("klinke-daemons-7-a").exists());
        assert!(at("klinke-daemons-8-b").join("log").exists());
        assert!(at("klinke-daemons-x").exists() && at("7-other").exists());
    }
}
