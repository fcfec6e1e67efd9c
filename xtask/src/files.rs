//! Walks folders. It does not know what the files in them mean.

use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What other programs put among our files, and nobody wants to find.
const FOREIGN: [&str; 3] = ["node_modules", "target", "dist"];

/// Every file at or below `start`, in a stable order; nothing if there is no `start`.
pub(crate) fn below(start: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(start, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(at: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if at.is_file() {
        found.push(at.to_owned());
        return Ok(());
    }
    if !at.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(at).with_context(|| format!("cannot read {}", at.display()))? {
        let entry = entry.with_context(|| format!("cannot read {}", at.display()))?;
        if !FOREIGN.iter().any(|foreign| entry.file_name() == *foreign) {
            collect(&entry.path(), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::below;
    use std::fs;

    #[test]
    fn files_come_in_order_and_foreign_folders_stay_outside() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("inner")).unwrap();
        fs::create_dir_all(at("node_modules")).unwrap();
        for name in ["z.txt", "inner/a.txt", "node_modules/b.txt"] {
            fs::write(at(name), name).unwrap();
        }
        assert_eq!(below(folder.path()).unwrap(), [at("inner/a.txt"), at("z.txt")]);
        assert_eq!(below(&at("z.txt")).unwrap(), [at("z.txt")]);
        assert!(below(&at("missing")).unwrap().is_empty());
    }
}
