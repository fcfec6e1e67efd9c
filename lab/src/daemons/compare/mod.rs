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
use std::net::IpAddr;
use std::path::Path;
use std::time::Instant;

#[cfg(test)]
pub(super) use self::judge::TOPICS;

use self::said::{Answers, Said};
use self::table::Table;
use super::absent::{self, Reason};
use super::truth::Truth;
use super::{Daemons, ground};
use crate::port::{Ports, Transport};

/// Whom to ask.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) klinke: &'a Path,
    /// Whether nmap is asked as well.
    pub(crate) nmap: bool,
    /// Why packages are not there, for a person to read.
    pub(crate) reasons: &'a [Reason],
}

/// Starts all daemons in the current network namespace, which must not be the machine's, and fails
/// if Klinke says anything false of them, in IPv4 or in IPv6.
pub(crate) fn services(comparison: &Comparison<'_>) -> Result<()> {
    ground::prepare()?;
    let started = Instant::now();
    let daemons = Daemons::start()?;
    println!("the daemons have started in {:.1} s", started.elapsed().as_secs_f64());
    let mut faults = 0;
    for (family, address) in [("IPv4", ground::ADDRESS), ("IPv6", ground::ADDRESS6)] {
        let table = comparison.table(&daemons, address)?;
        println!("\n== {family}, {address}\n\n{table}");
        faults += table.faults();
    }
    if let Some(left_out) = absent::sentence(daemons.absent(), comparison.reasons) {
        println!("\n{left_out}");
    }
    daemons.failures().iter().for_each(|failure| eprintln!("{failure}"));
    let failures = daemons.failures().len();
    ensure!(failures == 0 && faults == 0, "{failures} daemons did not listen, {faults} faults");
    Ok(())
}

impl Comparison<'_> {
    fn table<'a>(&self, daemons: &'a Daemons, address: IpAddr) -> Result<Table<'a>> {
        let is_there = |truth: &&Truth| truth.in_ipv6 || address.is_ipv4();
        let truth: Vec<_> = daemons.truth().iter().filter(is_there).collect();
        let ports = [Transport::Tcp, Transport::Udp].map(|transport| ports(&truth, transport));
        let mut table = Table::new(&truth);
        let started = Instant::now();
        let answers = klinke::ask(self.klinke, address, &ports)?;
        table.add("klinke", answers, started.elapsed());
        if self.nmap {
            let started = Instant::now();
            let answers = nmap::ask(address, &ports)?;
            table.add("nmap -sV", answers, started.elapsed());
        }
        Ok(table)
    }
}

fn ports(truth: &[&Truth], transport: Transport) -> Ports {
    let ports = truth.iter().map(|truth| truth.port).filter(|it| it.transport == transport);
    let numbers: Vec<_> = ports.map(|port| port.number).collect();
    Ports::with(transport, &[&numbers], numbers.len())
}
