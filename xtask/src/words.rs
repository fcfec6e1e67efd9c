//! The texts: how hard they are to read. It does not know the measures.

use anyhow::Result;
use std::process::Command;

use crate::build::{self, Profile};
use crate::shell;
use crate::workspace::Workspace;

/// Shows what the editor measures, for all texts or for those files.
pub(crate) fn measure(workspace: &Workspace, names: &[String]) -> Result<()> {
    let editor = build::host_program(workspace, Profile::Dev, "klinke-editor")?;
    let mut command = Command::new(editor);
    command.arg(workspace.root().join("shared/knowledge")).args(names);
    shell::run(&mut command, "What is wrong stands above.")
}
