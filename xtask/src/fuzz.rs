//! Runs the fuzz targets, one after the other and each for some seconds. Which there are says
//! `fuzz/Cargo.toml`; this room does not know what they read.

use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell;
use crate::tools::nightly::NIGHTLY;
use crate::tools::{Kit, Toolbox};
use crate::workspace::Workspace;

/// Longer than anything is ever heard of one connection, so that this bound is reached too.
const LONGEST_INPUT: usize = 20_000;
/// What takes so many seconds for one input is as bad as a crash.
const LONGEST_RUN: u32 = 5;

/// Runs the targets that have `name` in their name; goes on after a failure, so that one run tells
/// everything.
pub(crate) fn run(workspace: &Workspace, name: Option<&str>, seconds: u32) -> Result<()> {
    let toolbox = Toolbox::open(workspace)?;
    toolbox.install(&[Kit::Fuzzing])?;
    let program = toolbox.cargo_fuzz();
    let listed = shell::read(cargo_fuzz(workspace, &program, "list").arg("--fuzz-dir=fuzz"))?;
    let wanted = |target: &&str| name.is_none_or(|name| target.contains(name));
    let targets: Vec<_> = listed.lines().filter(wanted).collect();
    ensure!(!targets.is_empty(), "no fuzz target has `{}` in its name", name.unwrap_or_default());

    let mut failed = Vec::new();
    for target in targets {
        let mut fuzz = cargo_fuzz(workspace, &program, "run");
        // There is no code without the compiler's protection in ours, so it needs none of clang's.
        fuzz.args(["--fuzz-dir=fuzz", "--sanitizer=none", "--target-dir"]);
        fuzz.arg(workspace.fuzz_target_dir()).args(features(target)).arg(target);
        fuzz.arg(new_inputs(workspace, target)?).args(seeds(workspace, target)?).arg("--");
        fuzz.arg(format!("-max_total_time={seconds}")).arg(format!("-timeout={LONGEST_RUN}"));
        fuzz.arg(format!("-max_len={LONGEST_INPUT}"))
            .args(["-verbosity=0", "-print_final_stats=1"]);
        if let Err(error) = shell::run(&mut fuzz, "The input that did it is named above.") {
            eprintln!("error: {error:#}");
            failed.push(target);
        }
    }
    ensure!(failed.is_empty(), "these targets found something: {}", failed.join(", "));
    Ok(())
}

fn cargo_fuzz(workspace: &Workspace, program: &Path, verb: &str) -> Command {
    let mut command = Command::new(program);
    // Rustup's programs listen to this before they look into `rust-toolchain.toml`.
    command.arg(verb).env("RUSTUP_TOOLCHAIN", NIGHTLY).current_dir(workspace.root());
    command
}

/// What takes long to build is built only for the targets that want it: those whose name begins with
/// the feature's.
fn features(target: &str) -> &'static [&'static str] {
    if target.starts_with("server-") { &["--features", "server"] } else { &[] }
}

/// Where inputs that reach something new are kept, so that the next run goes on from there.
fn new_inputs(workspace: &Workspace, target: &str) -> Result<PathBuf> {
    let folder = workspace.fuzz_target_dir().join("inputs").join(target);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

/// The folders with recorded bytes for a target: its own, or that of the protocol after the first
/// hyphen, and all for a target that reads everything.
fn seeds(workspace: &Workspace, target: &str) -> Result<Vec<PathBuf>> {
    let root = workspace.root().join("fuzz/seeds");
    if let Some((_, protocol)) = target.split_once('-') {
        let folders = [target, protocol].map(|name| root.join(name)).into_iter();
        return Ok(folders.filter(|folder| folder.is_dir()).take(1).collect());
    }
    let entries = fs::read_dir(&root).with_context(|| format!("cannot read {}", root.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}
