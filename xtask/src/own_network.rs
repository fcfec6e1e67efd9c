//! A network namespace for one program, in which nothing else listens and which reaches nobody
//! outside. It does not know what runs in it.

use anyhow::{Context as _, Result, ensure};
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::shell;

/// The beginning of a command that runs in a network of its own; the program comes next. Daemons
/// can use their real ports there.
pub(crate) fn command(klinke: &Path) -> Result<Command> {
    let path = env::var("PATH").context("PATH is not text")?;
    let mut command = bare()?;
    // Through `env`, because sudo keeps neither.
    command.args(["env", &format!("PATH={path}")]);
    command.arg(format!("KLINKE_BIN={}", klinke.display()));
    Ok(command)
}

/// Whether this system lets us make one, with a wire and a firewall; some containers do not.
pub(crate) fn check() -> Result<()> {
    let mut command = bare()?;
    command.args(["sh", "-c", "test -c /dev/net/tun && nft list ruleset"]);
    let status = command.stdout(Stdio::null()).status().context("`unshare` cannot start")?;
    ensure!(status.success(), "this system makes no network namespace with a wire and a firewall");
    Ok(())
}

fn bare() -> Result<Command> {
    let unshare = shell::find("unshare").context("a network of its own needs Linux")?;
    let mut command = shell::as_root(&unshare.to_string_lossy(), "A network of its own")?;
    command.args(["--net", "--"]);
    Ok(command)
}
