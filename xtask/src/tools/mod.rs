//! The programs that Klinke's builds and checks need besides cargo: which ones, for what, and how
//! they come onto this machine. It does not know how they are used.
//!
//! They live in a folder of their own that survives `cargo clean`, one folder per tool and version.
//! A tool's folder has its final name only once the tool is complete.

mod cargo_tool;
mod debian;
mod folder;
mod lock_file;
pub(crate) mod nightly;
pub(crate) mod node;
mod npm_tool;
mod polite;
mod toolchain;

use anyhow::{Context as _, Result};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use self::cargo_tool::CargoTool;
use self::folder::ToolFolder;
use self::nightly::Nightly;
use self::node::Node;
use self::npm_tool::NpmTool;
pub(crate) use self::polite::{Absent, require_debian};
use self::toolchain::Toolchain;
use crate::workspace::Workspace;

/// What a person wants to do, as far as it needs tools.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kit {
    /// Formatting, linting, compiling for the host and for the page.
    Rust,
    /// Running the Rust tests.
    Tests,
    /// Checking the spelling of the texts.
    Words,
    /// Building the page.
    Page,
    /// Running the shared crate's tests as WebAssembly.
    WasmTests,
    /// Checking the dependencies' licences and sources.
    Licences,
    /// Driving a real browser against real daemons.
    Journeys,
    /// A network with known truth.
    Lab,
    /// Scanners to compare Klinke with.
    Peers,
    /// A web server to compare Klinke with, and what asks both.
    Web,
    /// A comparison with real daemons, besides the daemons themselves.
    Services,
    /// Inventing hostile bytes.
    Fuzzing,
}

/// One thing that a person would otherwise have to install by hand.
trait Tool {
    /// What it is, with its version where that matters.
    fn name(&self) -> String;
    /// Where it is, or nothing if it is missing or incomplete.
    fn place(&self) -> Option<String>;
    /// About how long installing takes, on two cores.
    fn effort(&self) -> &'static str;
    fn install(&self) -> Result<()>;
}

/// All tools, and the folder in which they live.
pub(crate) struct Toolbox {
    folder: PathBuf,
    toolchain: Toolchain,
    trunk: CargoTool,
    wasm_bindgen: CargoTool,
    cargo_deny: CargoTool,
    cargo_fuzz: CargoTool,
    wasm_opt: NpmTool,
    esbuild: NpmTool,
}

/// Installs every tool, and says where each one is.
pub(crate) fn install_all(workspace: &Workspace) -> Result<()> {
    let toolbox = Toolbox::open(workspace)?;
    let all = [
        Kit::Rust,
        Kit::Tests,
        Kit::Words,
        Kit::Page,
        Kit::WasmTests,
        Kit::Licences,
        Kit::Journeys,
        Kit::Lab,
    ];
    toolbox.install(&all)?;
    for tool in toolbox.tools(&all) {
        println!("{:<34}{}", tool.name(), tool.place().unwrap_or_else(|| "missing".to_owned()));
    }
    Ok(())
}

impl Toolbox {
    pub(crate) fn open(workspace: &Workspace) -> Result<Self> {
        let folder = folder_for_tools()?;
        let wasm_bindgen = lock_file::version_of(&workspace.lock_file(), "wasm-bindgen")?;
        let at = |name: &str, version: &str| ToolFolder::new(&folder, name, version);
        Ok(Self {
            toolchain: Toolchain::of(workspace)?,
            trunk: CargoTool::trunk(at("trunk", cargo_tool::TRUNK)),
            wasm_bindgen: CargoTool::wasm_bindgen(at("wasm-bindgen", &wasm_bindgen)),
            cargo_deny: CargoTool::cargo_deny(at("cargo-deny", cargo_tool::CARGO_DENY)),
            cargo_fuzz: CargoTool::cargo_fuzz(at("cargo-fuzz", cargo_tool::CARGO_FUZZ)),
            wasm_opt: NpmTool::wasm_opt(at("binaryen", npm_tool::BINARYEN)),
            esbuild: NpmTool::esbuild(at("esbuild", npm_tool::ESBUILD)),
            folder,
        })
    }

    /// Installs what these kits need and is missing.
    pub(crate) fn install(&self, kits: &[Kit]) -> Result<()> {
        let missing = || self.tools(kits).into_iter().filter(|tool| tool.place().is_none());
        if missing().next().is_none() {
            return Ok(());
        }
        // Held until the end, so that two runs at once do not install the same thing.
        let _turn = self.wait_for_our_turn()?;
        missing().try_for_each(install)
    }

    /// Installs those of these Debian packages that take no other package away, and tells of the
    /// others why they are not there.
    pub(crate) fn install_politely(&self, packages: &[&str]) -> Result<Vec<Absent>> {
        let _turn = self.wait_for_our_turn()?;
        polite::install(packages)
    }

    /// The names of the tools that these kits need and that are still missing.
    pub(crate) fn missing(&self, kits: &[Kit]) -> Vec<String> {
        let tools = self.tools(kits).into_iter();
        tools.filter(|tool| tool.place().is_none()).map(Tool::name).collect()
    }

    /// The search path with our tools first, so that Trunk finds exactly these versions.
    pub(crate) fn path(&self) -> Result<OsString> {
        let cargo_tools = [&self.trunk, &self.wasm_bindgen, &self.cargo_deny].map(CargoTool::bin);
        let ours = cargo_tools.into_iter().chain([&self.wasm_opt, &self.esbuild].map(NpmTool::bin));
        let path = env::var_os("PATH").unwrap_or_default();
        env::join_paths(ours.chain(env::split_paths(&path)))
            .with_context(|| format!("{} cannot be part of PATH", self.folder.display()))
    }

    /// Runs tests that were compiled to WebAssembly.
    pub(crate) fn wasm_test_runner(&self) -> PathBuf {
        self.wasm_bindgen.program("wasm-bindgen-test-runner")
    }

    /// Builds and runs fuzz targets.
    pub(crate) fn cargo_fuzz(&self) -> PathBuf {
        self.cargo_fuzz.program("cargo-fuzz")
    }

    /// The versions that decide what the built page looks like.
    pub(crate) fn page_recipe(&self) -> String {
        [&self.trunk as &dyn Tool, &self.wasm_bindgen, &self.wasm_opt, &self.esbuild]
            .map(Tool::name)
            .join(", ")
    }

    fn tools(&self, kits: &[Kit]) -> Vec<&dyn Tool> {
        let needed_for = |all: &[Kit]| all.iter().any(|kit| kits.contains(kit));
        let table: [(&dyn Tool, &[Kit]); 16] = [
            (&self.toolchain, &[Kit::Rust, Kit::Page, Kit::WasmTests]),
            (&Node, &[Kit::Page, Kit::WasmTests, Kit::Journeys]),
            (&self.wasm_opt, &[Kit::Page]),
            (&self.esbuild, &[Kit::Page]),
            (&self.wasm_bindgen, &[Kit::Page, Kit::WasmTests]),
            (&self.trunk, &[Kit::Page]),
            (&self.cargo_deny, &[Kit::Licences]),
            (&Nightly, &[Kit::Fuzzing]),
            (&self.cargo_fuzz, &[Kit::Fuzzing]),
            (&debian::TESTS, &[Kit::Tests]),
            (&debian::JOURNEYS, &[Kit::Journeys]),
            (&debian::DICTIONARIES, &[Kit::Words]),
            (&debian::LAB, &[Kit::Lab]),
            (&debian::PEERS, &[Kit::Peers]),
            (&debian::WEB, &[Kit::Web]),
            (&debian::CERTIFICATES, &[Kit::Services]),
        ];
        table.into_iter().filter(|(_, kits)| needed_for(kits)).map(|(tool, _)| tool).collect()
    }

    fn wait_for_our_turn(&self) -> Result<fs::File> {
        let at = self.folder.join("installing.lock");
        let lock = || {
            fs::create_dir_all(&self.folder)?;
            let file = fs::File::create(&at)?;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        };
        lock().with_context(|| format!("cannot lock {}", at.display()))
    }
}

fn install(tool: &dyn Tool) -> Result<()> {
    eprintln!("\n== Installing {} ({})", tool.name(), tool.effort());
    let start = Instant::now();
    tool.install().with_context(|| format!("{} could not be installed", tool.name()))?;
    let place = tool.place().with_context(|| {
        format!("{} was installed without an error, and yet is not there", tool.name())
    })?;
    eprintln!("== Installed {} in {:.0} s: {place}", tool.name(), start.elapsed().as_secs_f64());
    Ok(())
}

/// Outside the repository, so that `cargo clean` and `git clean` leave the tools alone.
fn folder_for_tools() -> Result<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let chosen = folder("KLINKE_TOOLS")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("klinke/tools")))
        .or_else(|| env::home_dir().map(|home| home.join(".cache/klinke/tools")))
        .context("this system names no home folder. Set KLINKE_TOOLS to a folder for tools.")?;
    std::path::absolute(&chosen).with_context(|| format!("{} is no folder", chosen.display()))
}
