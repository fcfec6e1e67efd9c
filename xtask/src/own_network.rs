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
    succeeds(command, "this system makes no network namespace with a wire and a firewall")
}

/// Whether daemons can have rooms of their own: processes and mounts.
pub(crate) fn check_rooms() -> Result<()> {
    let mut command = unshare()?;
    command.args(["--mount", "--mount-proc", "--pid", "--fork", "--ipc", "--uts", "--"]);
    command.args(["mount", "-t", "tmpfs", "room", "/tmp"]);
    succeeds(command, "this system makes no namespaces for processes and mounts")
}

fn succeeds(mut command: Command, otherwise: &'static str) -> Result<()> {
    let status = command.stdout(Stdio::null()).status().context("`unshare` cannot start")?;
    ensure!(status.success(), otherwise);
    Ok(())
}

fn bare() -> Result<Command> {
    let mut command = unshare()?;
    command.args(["--net", "--"]);
    Ok(command)
}

fn unshare() -> Result<Command> {
    let unshare = shell::find("unshare").context("a network of its own needs Linux")?;
    shell::as_root(&unshare.to_string_lossy(), "A network of its own")
}
