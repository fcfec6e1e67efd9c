//! Node.js, which runs wasm-opt and esbuild, the WebAssembly tests and the browser journeys. We look for it and
//! say where it comes from; installing it is left to the person, who may have a way of their own.

use anyhow::{Context as _, Result, bail};
use std::path::PathBuf;
use std::process::Command;

use super::Tool;
use crate::shell;

/// The oldest that playwright-core accepts.
const OLDEST: u32 = 20;

const ADVICE: &str = "Install Node.js 20 or newer, with npm, then try again: https://nodejs.org";

/// Node.js together with npm.
pub(super) struct Node;

/// npm, ready for arguments.
pub(crate) fn npm() -> Result<Command> {
    shell::find("npm").map(Command::new).context(ADVICE)
}

/// Where `node` is.
pub(crate) fn program() -> Result<PathBuf> {
    shell::find("node").context(ADVICE)
}

impl Tool for Node {
    fn name(&self) -> String {
        format!("Node.js {OLDEST} or newer")
    }

    fn place(&self) -> Option<String> {
        let node = program().ok().filter(|_| npm().is_ok())?;
        let version = shell::read(Command::new(&node).arg("--version")).ok()?;
        (major(&version)? >= OLDEST).then(|| format!("{} ({version})", node.display()))
    }

    fn effort(&self) -> &'static str {
        "by hand"
    }

    fn install(&self) -> Result<()> {
        bail!(ADVICE)
    }
}

/// 20 for `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.11.1"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("something else"), None);
    }
}
