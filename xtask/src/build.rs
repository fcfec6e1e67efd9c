//! The server's binary: built, and started. It does not know what the server does with its
//! arguments.

use anyhow::{Context as _, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::page;
use crate::shell;
use crate::tools::{Kit, Toolbox};
use crate::transfer::Transfer;
use crate::workspace::Workspace;

/// What every command compiles for the host: always the same packages and features, so that cargo
/// compiles each dependency once and not once per choice of features.
pub(crate) const SELECTION: [&str; 3] = ["--workspace", "--features", "klinke-page/prerender"];

/// How the server is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Quickly; the server reads the page from `dist`.
    Dev,
    /// Optimised, and the page is inside.
    Release,
}

impl Profile {
    pub(crate) const fn new(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    /// A released binary has the features that it asks for itself, and no others.
    const fn selection(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &SELECTION,
            Self::Release => &["--package", "klinke", "--release"],
        }
    }
}

/// Builds everything and turns into the server, which says by itself where it listens.
pub(crate) fn serve(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let server = page_and_server(workspace, Profile::Dev)?;
    shell::become_program(Command::new(server).arg("serve").args(arguments))
}

/// Builds everything and says where the result is.
pub(crate) fn binary(workspace: &Workspace, profile: Profile) -> Result<()> {
    let server = page_and_server(workspace, profile)?;
    let size = fs::metadata(&server).with_context(|| format!("no {}", server.display()))?.len();
    println!("{} ({size} bytes)", server.display());
    println!("what a browser downloads, in brotli bytes:\n{}", Transfer::of(&workspace.dist())?);
    Ok(())
}

/// Builds the page and the server around it.
pub(crate) fn page_and_server(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    let toolbox = Toolbox::open(workspace)?;
    toolbox.install(&[Kit::Rust, Kit::Page])?;
    page::build_if_changed(workspace, &toolbox)?;
    match profile {
        Profile::Dev => host_program(workspace, profile, "klinke"),
        Profile::Release => server_with_page(workspace),
    }
}

/// Builds the server with exactly this page inside.
///
/// Cargo notices when a file that it embedded changes, and not when one is added; so it starts
/// over with the server, though not with its dependencies, whenever the page is another one.
fn server_with_page(workspace: &Workspace) -> Result<PathBuf> {
    let page = fs::read(workspace.page_stamp()).context("the page has no stamp")?;
    let embedded = workspace.embedded_stamp();
    if fs::read(&embedded).ok().as_ref() != Some(&page) {
        let mut clean = shell::cargo(workspace);
        clean.args(["clean", "--quiet", "--package", "klinke", "--release"]);
        shell::run(&mut clean, "Its own words are above.")?;
    }
    let server = host_program(workspace, Profile::Release, "klinke")?;
    fs::write(&embedded, page).with_context(|| format!("cannot write {}", embedded.display()))?;
    Ok(server)
}

/// Builds one of the server's examples, optimised.
pub(crate) fn example(workspace: &Workspace, name: &str) -> Result<PathBuf> {
    let mut cargo = shell::cargo(workspace);
    cargo.arg("build").args(Profile::Release.selection()).args(["--example", name]);
    shell::run(&mut cargo, "The compiler's words are above.")?;
    Ok(workspace.program(Profile::Release.folder(), &format!("examples/{name}")))
}

/// Builds one of the workspace's programs for this machine.
pub(crate) fn host_program(workspace: &Workspace, profile: Profile, name: &str) -> Result<PathBuf> {
    let mut cargo = shell::cargo(workspace);
    cargo.arg("build").args(profile.selection()).args(["--bin", name]);
    shell::run(&mut cargo, "The compiler's words are above.")?;
    Ok(workspace.program(profile.folder(), name))
}
