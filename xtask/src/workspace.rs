//! Where things are in this repository. It does not read or write any of them.

use anyhow::{Context as _, Result};
use std::env;
use std::path::{Path, PathBuf};

/// The repository, and cargo's target folder.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the repository that this program was started from.
    ///
    /// Cargo says at run time where this crate lives; a copy that is started by hand remembers it
    /// from its build.
    pub(crate) fn open() -> Result<Self> {
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.parent().context("xtask has no folder above it")?.to_owned();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |at| root.join(at));
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The built page, as the server serves it.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }

    pub(crate) fn lock_file(&self) -> PathBuf {
        self.root.join("Cargo.lock")
    }

    /// Remembers which inputs `dist` was built from.
    pub(crate) fn page_stamp(&self) -> PathBuf {
        self.target.join("klinke-page.stamp")
    }

    /// Remembers which page is inside the optimised server.
    pub(crate) fn embedded_stamp(&self) -> PathBuf {
        self.target.join("release/klinke-page.stamp")
    }

    /// Where pictures of the pages go.
    pub(crate) fn screenshots(&self) -> PathBuf {
        self.target.join("screenshots")
    }

    /// What another compiler builds, and the inputs that a fuzzer finds with it.
    pub(crate) fn fuzz_target_dir(&self) -> PathBuf {
        self.target.join("fuzz")
    }

    /// A program that cargo has built; `profile` is the folder's name, `debug` or `release`.
    pub(crate) fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }
}
