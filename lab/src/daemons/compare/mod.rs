//! `klinke-lab services`: starts all daemons, has Klinke and on demand nmap look at them, and
//! compares what they say with what is true, service by service. It does not know how either of
//! them looks.

mod judge;
mod klinke;
mod nmap;
mod row;
mod said;
mod table;

use anyhow::{Result, ensure};
use std::path::Path;
use std::time::Instant;

use self::said::{Answers, Said};
use self::table::Table;
use super::truth::Truth;
use super::{Daemons, ground};
use crate::port::{Ports, Transport};

/// Whom to ask, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) klinke: &'a Path,
    /// Whether nmap is asked as well.
    pub(crate) nmap: bool,
    pub(crate) ipv6: bool,
}

/// Starts all daemons in the current network namespace, which must not be the machine's, and fails
/// if Klinke says anything false of them.
pub(crate) fn services(comparison: Comparison<'_>) -> Result<()> {
    ground::prepare()?;
    let daemons = Daemons::start()?;
    daemons.failures().iter().for_each(|failure| eprintln!("{failure}"));
    let truth: Vec<_> =
        daemons.truth().iter().filter(|it| it.in_ipv6 || !comparison.ipv6).collect();
    let ports = [Transport::Tcp, Transport::Udp].map(|transport| ports(&truth, transport));
    let address = if comparison.ipv6 { ground::ADDRESS6 } else { ground::ADDRESS };

    let mut table = Table::new(&truth);
    let started = Instant::now();
    let answers = klinke::ask(comparison.klinke, address, &ports)?;
    table.add("klinke", answers, started.elapsed());
    if comparison.nmap {
        let started = Instant::now();
        let answers = nmap::ask(address, &ports)?;
        table.add("nmap -sV", answers, started.elapsed());
    }
    println!("{table}");
    let (failures, faults) = (daemons.failures().len(), table.faults());
    ensure!(failures == 0 && faults == 0, "{failures} daemons did not listen, {faults} faults");
    Ok(())
}

fn ports(truth: &[&Truth], transport: Transport) -> Ports {
    let ports = truth.iter().map(|truth| truth.port).filter(|it| it.transport == transport);
    let numbers: Vec<_> = ports.map(|port| port.number).collect();
    Ports::with(transport, &[&numbers], numbers.len())
}
