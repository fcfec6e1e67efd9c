//! A tool's place: complete under its final name, or not there at all.
//! It does not know how a tool gets its files.

use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of one version of one tool.
pub(super) struct ToolFolder {
    name: String,
    version: String,
    place: PathBuf,
}

impl ToolFolder {
    pub(super) fn new(tools: &Path, name: &str, version: &str) -> Self {
        let place = tools.join(format!("{name}-{version}"));
        Self { name: name.to_owned(), version: version.to_owned(), place }
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn join(&self, inner: impl AsRef<Path>) -> PathBuf {
        self.place.join(inner)
    }

    /// Lets `fill` work in a sibling folder, which gets the final name only if that succeeds.
    ///
    /// What an interrupted attempt left there stays for the next one to go on with.
    pub(super) fn fill_with(&self, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let mut partial = self.place.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        fs::create_dir_all(&partial)
            .with_context(|| format!("cannot create {}", partial.display()))?;
        fill(&partial)?;
        self.make_room()?;
        fs::rename(&partial, &self.place)
            .with_context(|| format!("cannot rename {}", partial.display()))
    }

    /// Removes a folder that has our name and yet no working tool in it.
    fn make_room(&self) -> Result<()> {
        if self.place.exists() {
            fs::remove_dir_all(&self.place)
                .with_context(|| format!("cannot remove {}", self.place.display()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ToolFolder;
    use anyhow::bail;
    use std::fs;

    #[test]
    fn a_failed_installation_does_not_look_like_a_finished_one() {
        let tools = tempfile::tempdir().unwrap();
        let folder = ToolFolder::new(tools.path(), "trunk", "1.2.3");
        let attempt = folder.fill_with(|place| {
            fs::write(place.join("trunk"), "half a tool")?;
            bail!("no network")
        });
        assert!(attempt.is_err());
        assert!(!tools.path().join("trunk-1.2.3").exists());
    }

    #[test]
    fn a_finished_installation_replaces_what_was_broken() {
        let tools = tempfile::tempdir().unwrap();
        let folder = ToolFolder::new(tools.path(), "trunk", "1.2.3");
        fs::create_dir(tools.path().join("trunk-1.2.3")).unwrap();
        fs::write(folder.join("rest"), "").unwrap();
        folder.fill_with(|place| Ok(fs::write(place.join("trunk"), "a tool")?)).unwrap();
        assert!(folder.join("trunk").is_file());
        assert!(!folder.join("rest").exists());
    }
}
