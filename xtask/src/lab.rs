//! The network with known truth: what it needs, and a network of its own to run in. It does not
//! know what is tested or measured there.

use anyhow::Result;
use std::path::Path;
use std::process::Command;

use crate::build::{self, Profile};
use crate::own_network;
use crate::shell;
use crate::tools::{Absent, Kit, Toolbox};
use crate::workspace::Workspace;

/// Measurements that the server's examples of the same name make.
const EXAMPLES: [&str; 2] = ["visitors", "prefixes"];

/// Installs what is missing, then runs the scenarios.
pub(crate) fn prepare_and_run(workspace: &Workspace, name: Option<&str>) -> Result<()> {
    Toolbox::open(workspace)?.install(&[Kit::Rust, Kit::Lab])?;
    run(workspace, name)
}

/// Runs the scenarios that have `name` in their name.
pub(crate) fn run(workspace: &Workspace, name: Option<&str>) -> Result<()> {
    let klinke = build::host_program(workspace, Profile::Dev, "klinke")?;
    in_own_network(workspace, &klinke, &["test", name.unwrap_or_default()])
}

/// Measures the program that people deploy, beside its peers as far as they are there.
pub(crate) fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let toolbox = Toolbox::open(workspace)?;
    toolbox.install(&[Kit::Rust, Kit::Lab])?;
    let mut arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let what = arguments.first().copied().unwrap_or_default();
    match what {
        "engine" => {
            if let Err(error) = toolbox.install(&[Kit::Peers]) {
                eprintln!("Going on with the scanners that are there: {error:#}");
            }
        }
        "server" => toolbox.install(&[Kit::Web])?,
        _ => {}
    }
    let klinke = build::page_and_server(workspace, Profile::Release)?;
    let program = EXAMPLES.contains(&what).then(|| build::example(workspace, what)).transpose()?;
    let program = program.map(|program| program.display().to_string());
    arguments.extend(program.iter().flat_map(|program| ["--program", program]));
    in_own_network(workspace, &klinke, &[&["bench"], &arguments[..]].concat())
}

/// Installs what is missing, then compares what the program says of real daemons with what they
/// are.
pub(crate) fn services(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let toolbox = Toolbox::open(workspace)?;
    toolbox.install(&[Kit::Rust, Kit::Lab, Kit::Services])?;
    if arguments.iter().any(|argument| argument == "--nmap") {
        toolbox.install(&[Kit::Peers])?;
    }
    compare(workspace, &toolbox, arguments)
}

/// Compares with the daemons that this machine can have without giving anything up.
pub(crate) fn compare(workspace: &Workspace, tools: &Toolbox, arguments: &[String]) -> Result<()> {
    let klinke = build::host_program(workspace, Profile::Dev, "klinke")?;
    let lab = build::host_program(workspace, Profile::Dev, "klinke-lab")?;
    let packages = shell::read(Command::new(lab).arg("packages"))?;
    let absent = tools.install_politely(&packages.lines().collect::<Vec<_>>())?;
    let absent = absent.iter().map(|Absent { package, why }| format!("--absent={package}={why}"));
    let arguments: Vec<_> = absent.chain(arguments.iter().cloned()).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    in_own_network(workspace, &klinke, &[&["services"], &arguments[..]].concat())
}

fn in_own_network(workspace: &Workspace, klinke: &Path, arguments: &[&str]) -> Result<()> {
    let lab = build::host_program(workspace, Profile::Dev, "klinke-lab")?;
    let mut command = own_network::command(klinke)?;
    command.arg(lab).args(arguments);
    shell::run(&mut command, "Its own words are above.")
}
