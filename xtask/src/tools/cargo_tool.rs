//! Tools that are Rust programs: compiled here, once per version, as quickly as possible.
//! It does not know what they are for.

use anyhow::{Context as _, Result};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::Tool;
use super::folder::ToolFolder;
use crate::shell;

/// Builds the page from `Trunk.toml`.
pub(super) const TRUNK: &str = "0.21.14";

/// Reads `deny.toml`.
pub(super) const CARGO_DENY: &str = "0.20.2";

/// Builds and runs the targets in `fuzz/`.
pub(super) const CARGO_FUZZ: &str = "0.13.2";

/// One Rust program from crates.io.
pub(super) struct CargoTool {
    folder: ToolFolder,
    package: &'static str,
    program: &'static str,
    options: &'static [&'static str],
    /// These tools run for seconds and compile for minutes: a little optimisation pays only where
    /// the tool works on the whole page.
    optimisation: &'static str,
    effort: &'static str,
}

impl CargoTool {
    pub(super) fn trunk(folder: ToolFolder) -> Self {
        Self {
            folder,
            package: "trunk",
            program: "trunk",
            options: &["--locked", "--no-default-features", "--features", "rustls"],
            optimisation: "0",
            effort: "about 3 minutes",
        }
    }

    /// Not `--locked`: with the versions in its own lock file it does not compile any more.
    pub(super) fn wasm_bindgen(folder: ToolFolder) -> Self {
        Self {
            folder,
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            options: &[],
            optimisation: "1",
            effort: "about 2 minutes",
        }
    }

    pub(super) fn cargo_deny(folder: ToolFolder) -> Self {
        Self {
            folder,
            package: "cargo-deny",
            program: "cargo-deny",
            options: &["--locked"],
            optimisation: "0",
            effort: "about 1 minute",
        }
    }

    pub(super) fn cargo_fuzz(folder: ToolFolder) -> Self {
        Self {
            folder,
            package: "cargo-fuzz",
            program: "cargo-fuzz",
            options: &["--locked"],
            optimisation: "0",
            effort: "about 1 minute",
        }
    }

    pub(super) fn bin(&self) -> PathBuf {
        self.folder.join("bin")
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.bin().join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Away from the repository, whose settings are not meant for these programs.
    fn compile_into(&self, place: &Path) -> Result<()> {
        let build = place.join("build");
        let mut cargo = shell::cargo_anywhere();
        cargo.args(["install", self.package, "--version", self.folder.version()]);
        cargo.args(["--debug", "--root"]).arg(place).args(self.options);
        cargo.current_dir(place).env("CARGO_TARGET_DIR", &build);
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        cargo.env("CARGO_PROFILE_DEV_OPT_LEVEL", self.optimisation);
        shell::run(&mut cargo, "Check the connection to crates.io, then try again.")?;
        fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
    }
}

impl Tool for CargoTool {
    fn name(&self) -> String {
        self.folder.name()
    }

    fn place(&self) -> Option<String> {
        let program = self.program(self.program);
        program.is_file().then(|| program.display().to_string())
    }

    fn effort(&self) -> &'static str {
        self.effort
    }

    fn install(&self) -> Result<()> {
        self.folder.fill_with(|place| self.compile_into(place))
    }
}
