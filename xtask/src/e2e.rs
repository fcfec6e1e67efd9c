//! The browser journeys: everything they need, and a network of their own to run in.
//! It does not know what happens in them.

use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::build::{self, Profile};
use crate::files;
use crate::own_network;
use crate::page;
use crate::shell;
use crate::tools::{Kit, Toolbox, node};
use crate::workspace::Workspace;

/// How the files are called that node shall run.
const TEST_ENDINGS: [&str; 2] = [".test.js", ".test.mjs"];

/// Installs what is missing, then runs the journeys.
pub(crate) fn prepare_and_run(workspace: &Workspace, name: Option<&str>) -> Result<()> {
    run(workspace, &toolbox(workspace)?, name)
}

/// Takes pictures of every page and state, or of those with `name` in their name.
pub(crate) fn screenshots(workspace: &Workspace, name: Option<&str>) -> Result<()> {
    let mut command = in_own_network(workspace, &toolbox(workspace)?, Profile::Dev)?;
    command.arg("screenshots.mjs").arg(workspace.screenshots()).args(name);
    shell::run(&mut command, "The browser's own words are above.")
}

/// Measures how the page bears a check in which thousands of doors are observed each second.
pub(crate) fn bench_page(workspace: &Workspace) -> Result<()> {
    let mut command = in_own_network(workspace, &toolbox(workspace)?, Profile::Release)?;
    command.arg("busy.mjs");
    shell::run(&mut command, "The browser's own words are above.")
}

/// Measures the pages with Lighthouse, each so often.
pub(crate) fn lighthouse(workspace: &Workspace, runs: u32) -> Result<()> {
    let folder = workspace.e2e().join("lighthouse");
    install_packages(&folder)?;
    let mut command = in_own_network(workspace, &toolbox(workspace)?, Profile::Release)?;
    command.current_dir(folder).arg("measure.mjs").arg(runs.to_string());
    shell::run(&mut command, "Lighthouse's own words are above.")
}

/// What all of it needs, installed.
fn toolbox(workspace: &Workspace) -> Result<Toolbox> {
    let toolbox = Toolbox::open(workspace)?;
    toolbox.install(&[Kit::Rust, Kit::Page, Kit::Journeys])?;
    Ok(toolbox)
}

/// Runs the journeys whose files have `name` in their name.
pub(crate) fn run(workspace: &Workspace, toolbox: &Toolbox, name: Option<&str>) -> Result<()> {
    let tests = test_files(&workspace.e2e(), name.unwrap_or_default())?;
    let mut command = in_own_network(workspace, toolbox, Profile::Dev)?;
    // One file at a time, because they share the ports of one network.
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).args(tests);
    shell::run(&mut command, "The journeys' own words are above.")
}

/// The beginning of a command for node in a network of its own, with everything built that is driven there.
fn in_own_network(workspace: &Workspace, toolbox: &Toolbox, profile: Profile) -> Result<Command> {
    install_packages(&workspace.e2e())?;
    page::build_if_changed(workspace, toolbox)?;
    let klinke = build::host_program(workspace, profile, "klinke")?;
    let mut command = own_network::command(&klinke)?;
    command.arg(node::program()?).current_dir(workspace.e2e());
    Ok(command)
}

fn test_files(e2e: &Path, name: &str) -> Result<Vec<PathBuf>> {
    let mut tests = files::below(e2e)?;
    tests.retain(|file| {
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        file.contains(name) && TEST_ENDINGS.iter().any(|ending| file.ends_with(ending))
    });
    if tests.is_empty() {
        bail!("no journey in {} has {name:?} in its file's name", e2e.display());
    }
    Ok(tests)
}

/// Installs what `package-lock.json` says, unless exactly that was done after its last change.
fn install_packages(e2e: &Path) -> Result<()> {
    let installed = changed(&e2e.join("node_modules/.package-lock.json"));
    let wanted = changed(&e2e.join("package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    eprintln!("\n== Installing the journeys' packages (about 10 seconds)");
    let mut npm = node::npm()?;
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(e2e);
    shell::run(&mut npm, "Check the connection to registry.npmjs.org, then try again.")
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::test_files;
    use std::fs;

    fn journeys() -> tempfile::TempDir {
        let e2e = tempfile::tempdir().unwrap();
        for name in ["german.test.js", "english.test.mjs", "daemons.js", "package.json"] {
            fs::write(e2e.path().join(name), "").unwrap();
        }
        e2e
    }

    #[test]
    fn only_test_files_are_journeys() {
        assert_eq!(test_files(journeys().path(), "").unwrap().len(), 2);
    }

    #[test]
    fn a_name_chooses_and_an_unknown_name_is_an_error() {
        let e2e = journeys();
        let chosen = test_files(e2e.path(), "german").unwrap();
        assert_eq!(chosen, [e2e.path().join("german.test.js")]);
        assert!(test_files(e2e.path(), "daemons").is_err());
        assert!(test_files(e2e.path(), "french").is_err());
    }
}
