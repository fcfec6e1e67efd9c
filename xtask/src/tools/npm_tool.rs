//! Tools that come from npm. It does not know what they are for, nor how Node.js gets here.

use anyhow::Result;
use std::path::{Path, PathBuf};

use super::Tool;
use super::folder::ToolFolder;
use super::node;
use crate::shell;

/// Holds wasm-opt, as WebAssembly itself: the same file on every system.
pub(super) const BINARYEN: &str = "132.0.0";

/// Takes out of scripts and style sheets what only people need.
pub(super) const ESBUILD: &str = "0.28.2";

/// One package from npm's registry.
pub(super) struct NpmTool {
    folder: ToolFolder,
    package: &'static str,
    program: &'static str,
}

impl NpmTool {
    pub(super) fn wasm_opt(folder: ToolFolder) -> Self {
        Self { folder, package: "binaryen", program: "wasm-opt" }
    }

    pub(super) fn esbuild(folder: ToolFolder) -> Self {
        Self { folder, package: "esbuild", program: "esbuild" }
    }

    pub(super) fn bin(&self) -> PathBuf {
        self.folder.join("node_modules/.bin")
    }

    fn download_into(&self, place: &Path) -> Result<()> {
        let mut npm = node::npm()?;
        npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
        npm.arg(place).arg(format!("{}@{}", self.package, self.folder.version()));
        npm.current_dir(place);
        shell::run(&mut npm, "Check the connection to registry.npmjs.org, then try again.")
    }
}

impl Tool for NpmTool {
    fn name(&self) -> String {
        format!("{} ({})", self.program, self.folder.name())
    }

    fn place(&self) -> Option<String> {
        let program = self.bin().join(self.program);
        program.is_file().then(|| program.display().to_string())
    }

    fn effort(&self) -> &'static str {
        "about 20 seconds"
    }

    fn install(&self) -> Result<()> {
        self.folder.fill_with(|place| self.download_into(place))
    }
}
