//! Many visitors at once. It lends them the network; the program that asks measures itself.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::process::Command;

use crate::firewall::Firewall;
use crate::network::Network;
use crate::wire::Settings;

/// Visitors, and the ports of each.
const CROWDS: [[&str; 2]; 2] = [["50", "1000"], ["1000", "100"]];

/// Runs the program once for each crowd, each before a network of its own.
pub(crate) fn measure(program: &Path) -> Result<()> {
    for crowd in CROWDS {
        let _network = Network::open(Settings::GOOD, Firewall::Plain)?;
        let status = Command::new(program).args(crowd).status();
        let status = status.with_context(|| format!("cannot start {}", program.display()))?;
        ensure!(status.success(), "{} {}: {status}", program.display(), crowd.join(" "));
        println!();
    }
    Ok(())
}
