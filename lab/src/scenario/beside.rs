//! A scenario that runs beside the others: in a process and a network of its own, so that neither
//! meets the other's devices. It does not know what is tested there.

use anyhow::{Context as _, Result};
use clap::ValueEnum as _;
use std::env;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::scanner::Method;

/// This very program, which tests one scenario.
pub(super) struct Beside {
    name: &'static str,
    child: Child,
}

impl Beside {
    pub(super) fn start(name: &'static str, klinke: &Path, how: Option<Method>) -> Result<Self> {
        let myself = env::current_exe().context("where is this program?")?;
        let mut command = Command::new("unshare");
        command.args(["--net", "--"]).arg(myself).args(["test", name, "--klinke"]).arg(klinke);
        if let Some(method) = how.and_then(|method| method.to_possible_value()) {
            command.args(["--method", method.get_name()]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let child = command.spawn().context("cannot start `unshare`")?;
        Ok(Self { name, child })
    }

    /// Waits for it and repeats what it has said; its name if it failed.
    pub(super) fn end(self) -> Result<Option<&'static str>> {
        let output = self.child.wait_with_output().context("a scenario is lost")?;
        print!("{}", String::from_utf8_lossy(&output.stdout));
        Ok((!output.status.success()).then_some(self.name))
    }
}
