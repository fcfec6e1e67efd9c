//! Finds and reads the files of a folder of knowledge. Knows no form and no rule.

use std::fs;
use std::path::{Path, PathBuf};

/// The TOML files of a folder, each with its name without the ending, in order; none where there is
/// no such folder.
fn toml_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let there = folder.try_exists().map_err(|error| format!("{}: {error}", folder.display()))?;
    if !there {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

/// Every file of one kind below a root, each with its name; what cannot be read is a complaint.
pub(crate) fn all<T: serde::de::DeserializeOwned>(
    root: &Path,
    kind: &str,
    complaints: &mut Vec<String>,
) -> Vec<(String, T)> {
    let files = toml_files(&root.join(kind)).unwrap_or_else(|complaint| {
        complaints.push(complaint);
        Vec::new()
    });
    let mut all = Vec::new();
    for (name, path) in files {
        match read(&format!("{kind}/{name}.toml"), &path) {
            Ok(file) => all.push((name, file)),
            Err(complaint) => complaints.push(complaint),
        }
    }
    all
}

/// One file below a root; what cannot be read is a complaint.
pub(crate) fn one<T: serde::de::DeserializeOwned>(
    root: &Path,
    file: &str,
    complaints: &mut Vec<String>,
) -> Option<T> {
    read(file, &root.join(file)).map_err(|complaint| complaints.push(complaint)).ok()
}

/// Reads one file below a root, if it is there.
pub(crate) fn read_if_there<T: serde::de::DeserializeOwned>(
    root: &Path,
    file: &str,
) -> Result<Option<T>, String> {
    let path = root.join(file);
    match path.try_exists() {
        Ok(true) => read(file, &path).map(Some),
        Ok(false) => Ok(None),
        Err(error) => Err(format!("{file}: {error}")),
    }
}

/// Reads one file of the form `T`; a complaint names it as `file`.
fn read<T: serde::de::DeserializeOwned>(file: &str, path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{file}: {error}"))
}
