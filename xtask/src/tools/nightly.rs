//! Rust's nightly toolchain, without which no fuzz target can be built: only there the compiler
//! counts what was reached. We look for it and say where it comes from; it is large, and which one is
//! there does not matter, so a person decides about it.

use anyhow::{Result, bail};
use std::process::Command;

use super::Tool;
use crate::shell;

/// What rustup calls it.
pub(crate) const NIGHTLY: &str = "nightly";

const ADVICE: &str = "Install it with `rustup toolchain install nightly --profile minimal`, then try \
                      again. Rustup is at https://rustup.rs";

/// The toolchain.
pub(super) struct Nightly;

impl Tool for Nightly {
    fn name(&self) -> String {
        "Rust nightly".to_owned()
    }

    fn place(&self) -> Option<String> {
        let mut rustup = Command::new(shell::find("rustup")?);
        let installed = shell::read(rustup.args(["toolchain", "list"])).ok()?;
        installed.lines().find(|line| line.starts_with(NIGHTLY)).map(str::to_owned)
    }

    fn effort(&self) -> &'static str {
        "by hand"
    }

    fn install(&self) -> Result<()> {
        bail!(ADVICE)
    }
}
