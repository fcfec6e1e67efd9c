//! The page: WebAssembly by Trunk, made small, rendered pages per language, and compressed copies.
//! It does not know what is on it.

use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::build::{self, Profile};
use crate::compress;
use crate::fingerprint;
use crate::program;
use crate::shell;
use crate::tools::Toolbox;
use crate::workspace::Workspace;

/// Everything that the page is made from. This step itself is part of it.
const INPUTS: [&str; 14] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "editor",
    "frontend",
    "rust-toolchain.toml",
    "shared/Cargo.toml",
    "shared/build",
    "shared/knowledge",
    "shared/src",
    "static",
    "xtask/src/compress.rs",
    "xtask/src/page.rs",
    "xtask/src/program.rs",
];

/// The last thing that a build makes besides compressed copies: without it, `dist` is somebody
/// else's or half a build.
const SIGN_OF_A_WHOLE_BUILD: &str = "pages";

/// Builds the page, unless `dist` was made from exactly these inputs.
pub(crate) fn build_if_changed(workspace: &Workspace, toolbox: &Toolbox) -> Result<()> {
    let fingerprint = fingerprint::of(workspace.root(), &INPUTS, &toolbox.page_recipe())?;
    let stamp = workspace.page_stamp();
    let same = fs::read_to_string(&stamp).is_ok_and(|last| last == fingerprint);
    if same && workspace.dist().join(SIGN_OF_A_WHOLE_BUILD).is_dir() {
        eprintln!("== The page is up to date");
        return Ok(());
    }
    let start = Instant::now();
    eprintln!("\n== Building the page (about 2 minutes the first time)");
    build(workspace, toolbox)?;
    // The inputs as they were before the build: what changed meanwhile makes the next one build.
    fs::write(&stamp, fingerprint).with_context(|| format!("cannot write {}", stamp.display()))?;
    eprintln!("== Built the page in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn build(workspace: &Workspace, toolbox: &Toolbox) -> Result<()> {
    let dist = workspace.dist();
    empty(&dist)?;
    let mut trunk = Command::new("trunk");
    trunk.args(["build", "--release", "--offline"]).current_dir(workspace.root());
    // Trunk reads NO_COLOR as a switch of its own and stops at the usual `NO_COLOR=1`.
    trunk.env("PATH", toolbox.path()?).env_remove("NO_COLOR");
    shell::run(&mut trunk, "The compiler's words are above.")?;
    program::make_small(&dist, toolbox)?;
    let prerender = build::host_program(workspace, Profile::Dev, "klinke-prerender")?;
    shell::run(Command::new(prerender).arg(&dist), "Its own words are above.")?;
    compress::folder(&dist)
}

/// Names of old files carry old hashes, so that they would stay for ever.
fn empty(dist: &Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("cannot remove {}", dist.display()))?;
    }
    fs::create_dir_all(dist).with_context(|| format!("cannot create {}", dist.display()))
}
