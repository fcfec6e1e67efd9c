//! Many visitors at once. It lends them the network; the program that asks measures itself.

use anyhow::Result;
use std::path::Path;

use super::example;
use crate::firewall::Firewall;
use crate::network::Network;
use crate::wire::Settings;

/// Visitors, and the ports of each.
const CROWDS: [[&str; 2]; 2] = [["50", "1000"], ["1000", "100"]];

/// Runs the program once for each crowd, each before a network of its own.
pub(crate) fn measure(program: &Path) -> Result<()> {
    for crowd in CROWDS {
        let _network = Network::open(Settings::GOOD, Firewall::Plain)?;
        example::run(program, &crowd)?;
        println!();
    }
    Ok(())
}
