//! The Rust toolchain's parts: the target of the page, clippy and rustfmt.
//! It does not install Rust itself: without it, nobody could have started us.

use anyhow::{Context as _, Result};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Tool;
use crate::shell;
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Rustup's name of a component, and the program by which we recognise it.
const COMPONENTS: [(&str, &str); 2] = [("clippy", "cargo-clippy"), ("rustfmt", "rustfmt")];

/// The toolchain that compiles the repository.
pub(super) struct Toolchain {
    root: PathBuf,
    sysroot: PathBuf,
}

impl Toolchain {
    pub(super) fn of(workspace: &Workspace) -> Result<Self> {
        let root = workspace.root().to_owned();
        let mut rustc = Command::new("rustc");
        let sysroot = shell::read(rustc.args(["--print", "sysroot"]).current_dir(&root))
            .context("Rust is incomplete. Install it from https://rustup.rs, then try again.")?;
        Ok(Self { root, sysroot: sysroot.into() })
    }

    fn has_target(&self) -> bool {
        self.sysroot.join("lib/rustlib").join(TARGET).is_dir()
    }

    fn has_program(&self, program: &str) -> bool {
        self.sysroot.join("bin").join(format!("{program}{}", env::consts::EXE_SUFFIX)).is_file()
    }

    fn add(&self, rustup: &Path, kind: &str, name: &str) -> Result<()> {
        let mut command = Command::new(rustup);
        command.args([kind, "add", name]).current_dir(&self.root);
        shell::run(&mut command, "Check the connection to static.rust-lang.org, then try again.")
    }
}

impl Tool for Toolchain {
    fn name(&self) -> String {
        format!("Rust with {TARGET}")
    }

    fn place(&self) -> Option<String> {
        let complete =
            self.has_target() && COMPONENTS.iter().all(|(_, program)| self.has_program(program));
        complete.then(|| self.sysroot.display().to_string())
    }

    fn effort(&self) -> &'static str {
        "about 10 seconds"
    }

    fn install(&self) -> Result<()> {
        let rustup = shell::find("rustup").context(
            "This Rust does not come from rustup, which installs the parts that are missing. \
             Install it from https://rustup.rs, then try again.",
        )?;
        if !self.has_target() {
            self.add(&rustup, "target", TARGET)?;
        }
        for (component, program) in COMPONENTS {
            if !self.has_program(program) {
                self.add(&rustup, "component", component)?;
            }
        }
        Ok(())
    }
}
