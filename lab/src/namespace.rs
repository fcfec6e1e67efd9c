//! A network namespace that lives as long as one process in it, and how to do things inside. It
//! does not know what for.

use anyhow::{Context as _, Result, ensure};
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

/// What a program prints once it serves.
pub(crate) const READY: &str = "ready";

/// A namespace, and the program that lives in it.
pub(crate) struct Namespace {
    /// It ends when its standard input does, so that nothing of it outlives the lab.
    inhabitant: Child,
}

impl Namespace {
    /// Makes a namespace in which this very program serves, as the given subcommand.
    pub(crate) fn with_inhabitant(subcommand: &str) -> Result<Self> {
        let myself = env::current_exe().context("where is this program?")?;
        let mut command = Command::new("unshare");
        command.args(["--net", "--"]).arg(myself).arg(subcommand);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut inhabitant = command.spawn().context("cannot start `unshare`")?;
        let mut first = String::new();
        if let Some(stdout) = inhabitant.stdout.take() {
            BufReader::new(stdout).read_line(&mut first).context("the target is silent")?;
        }
        let namespace = Self { inhabitant };
        ensure!(first.trim() == READY, "the target did not start; its words are above");
        Ok(namespace)
    }

    /// As `ip link set … netns` takes it.
    pub(crate) fn id(&self) -> String {
        // `unshare` becomes the program that it starts, so the process is the same.
        self.inhabitant.id().to_string()
    }

    /// Runs a program inside and gives it `input` to read.
    pub(crate) fn feed(&self, program: &str, arguments: &[&str], input: &str) -> Result<()> {
        let mut command = Command::new("nsenter");
        command.arg(format!("--net=/proc/{}/ns/net", self.id())).arg(program).args(arguments);
        feed(&mut command, input)
    }

    /// Sets one of the network's settings under `/proc/sys/net`.
    pub(crate) fn set(&self, key: &str, value: u32) -> Result<()> {
        self.feed("sh", &["-c", &format!("echo {value} > /proc/sys/net/{key}")], "")
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        drop(self.inhabitant.stdin.take());
        // It is gone in any case; there is nobody to tell.
        let _ = self.inhabitant.wait();
    }
}

/// Runs a program, gives it `input` to read, and wants it to succeed.
pub(crate) fn feed(command: &mut Command, input: &str) -> Result<()> {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let shown = words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ");
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`: is its package installed?"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that has stopped reading says why by its status.
        let _ = stdin.write_all(input.as_bytes());
    }
    let status = child.wait().context("a child is lost")?;
    ensure!(status.success(), "`{shown}` failed; its words are above");
    Ok(())
}
