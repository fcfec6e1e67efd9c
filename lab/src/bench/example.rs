//! Programs that measure themselves. It lends them the network in which it runs, and does not know
//! what they do.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::process::Command;

/// Runs one to its end; what it prints is for the person.
pub(crate) fn run(program: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new(program).args(arguments).status();
    let status = status.with_context(|| format!("cannot start {}", program.display()))?;
    ensure!(status.success(), "{} {}: {status}", program.display(), arguments.join(" "));
    Ok(())
}
