//! Runs other programs, shows which, and turns their failure into a sentence with a way out.
//! It does not know what any of them is for.

use anyhow::{Context as _, Result, ensure};
use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::last_words;
use crate::workspace::Workspace;

/// Debian keeps the daemons here, where an ordinary user's `PATH` does not look.
const SYSTEM_FOLDERS: [&str; 2] = ["/usr/sbin", "/sbin"];

/// A program that ran and was not content.
#[derive(Debug)]
pub(crate) struct Failed {
    /// Which program, how it ended, and the one thing to do.
    pub(crate) sentence: String,
    /// What it said last, as far as it was heard.
    pub(crate) words: Vec<String>,
}

/// The cargo that started us, in the repository's root.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let mut command = cargo_anywhere();
    command.current_dir(workspace.root());
    command
}

/// The cargo that started us, without what `cargo run` told *us* about this crate: build scripts
/// that watch those variables would run again whenever a person and xtask take turns.
pub(crate) fn cargo_anywhere() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let about_us = |prefix| name.to_string_lossy().starts_with(prefix);
        if about_us("CARGO_PKG_") || about_us("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs `command`, its output passed through; `advice` is the one thing to do if it fails.
pub(crate) fn run(command: &mut Command, advice: &str) -> Result<()> {
    let shown = shown(command);
    eprintln!("$ {shown}");
    let ran = last_words::run(command);
    let (status, words) = ran.with_context(|| format!("`{shown}` cannot start. {advice}"))?;
    let failed = || Failed { sentence: format!("`{shown}` failed ({status}). {advice}"), words };
    if status.success() { Ok(()) } else { Err(failed().into()) }
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

impl Error for Failed {}

/// Runs `command` like [`run`], and also returns what it printed.
pub(crate) fn run_and_read(command: &mut Command, advice: &str) -> Result<String> {
    let shown = shown(command);
    eprintln!("$ {shown}");
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{shown}` cannot start. {advice}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    print!("{printed}");
    ensure!(output.status.success(), "`{shown}` failed ({}). {advice}", output.status);
    Ok(printed)
}

/// Runs `command` and returns what it printed, without the white space around it.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{shown}` cannot start"))?;
    ensure!(output.status.success(), "`{shown}` failed ({})", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Replaces this program by `command`, so that Ctrl-C reaches it and nothing stands between.
#[cfg(unix)]
pub(crate) fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(error).with_context(|| format!("`{}` cannot start", shown(command)))
}

/// Where programs cannot be replaced: runs `command` and waits for its end.
#[cfg(not(unix))]
pub(crate) fn become_program(command: &mut Command) -> Result<()> {
    run(command, "Its own words are above.")
}

/// Finds a program in `PATH`, and where systems keep daemons.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(SYSTEM_FOLDERS.map(PathBuf::from))
        .map(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

/// `program` run by the system's administrator: as it is for root, otherwise through sudo.
pub(crate) fn as_root(program: &str, why: &str) -> Result<Command> {
    if read(Command::new("id").arg("-u"))? == "0" {
        return Ok(Command::new(program));
    }
    let sudo = find("sudo").with_context(|| {
        format!("{why} needs root, and there is no sudo. Run the same command again as root.")
    })?;
    let mut command = Command::new(sudo);
    command.arg(program);
    Ok(command)
}

/// The command as a person would type it; folders of programs only get in the reader's way.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy);
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{cargo_anywhere, find, read, run};
    use std::process::Command;

    #[test]
    fn a_failed_command_is_named_together_with_the_way_out() {
        let error = run(Command::new("sh").args(["-c", "exit 3"]), "Do this.").unwrap_err();
        let sentence = error.to_string();
        assert!(sentence.contains("`sh -c exit 3` failed"), "{sentence}");
        assert!(sentence.ends_with("Do this."), "{sentence}");
    }

    #[test]
    fn a_command_that_does_not_exist_is_an_error_with_the_way_out() {
        let error = run(&mut Command::new("klinke-no-such-program"), "Install it.").unwrap_err();
        assert!(error.to_string().ends_with("cannot start. Install it."), "{error}");
    }

    #[test]
    fn what_a_command_printed_comes_back_trimmed() {
        assert_eq!(read(Command::new("echo").arg("hello")).unwrap(), "hello");
    }

    #[test]
    fn programs_are_found_by_name_or_not_at_all() {
        assert!(find("sh").is_some());
        assert!(find("klinke-no-such-program").is_none());
    }

    #[test]
    fn cargo_hears_nothing_about_this_crate() {
        let removed = |command: &Command, name: &str| {
            command.get_envs().any(|(key, value)| key == name && value.is_none())
        };
        // Cargo sets this one for its tests too.
        assert!(removed(&cargo_anywhere(), "CARGO_PKG_NAME"));
    }
}
