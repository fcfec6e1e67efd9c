//! `klinke-lab daemons`: starts all, says what is true of each, and waits for Ctrl-C. It does not
//! know who comes to ask them.

use anyhow::{Result, ensure};
use nix::sys::signal::{SigSet, Signal};
use std::collections::BTreeSet;
use std::time::Instant;

use super::service::Tls;
use super::table::DAEMONS;
use super::truth::Truth;
use super::{Daemons, absent, ground};

/// The columns.
const HEAD: &str = "\
port        daemon           protocol          product        version     notes";

/// Starts all daemons in the current network namespace, which must not be the machine's.
pub(crate) fn show() -> Result<()> {
    ground::prepare()?;
    let started = Instant::now();
    let daemons = Daemons::start()?;
    println!("{HEAD}");
    daemons.truth().iter().for_each(|truth| println!("{}", line(truth)));
    let count = daemons.truth().len();
    println!("{count} ports listen after {:.1} s", started.elapsed().as_secs_f64());
    if let Some(left_out) = absent::sentence(daemons.absent(), &[]) {
        println!("{left_out}");
    }
    daemons.failures().iter().for_each(|failure| eprintln!("{failure}"));
    wait_for_the_end()?;
    ensure!(daemons.failures().is_empty(), "{} daemons did not listen", daemons.failures().len());
    Ok(())
}

/// Names the packages that all daemons need.
pub(crate) fn packages() {
    let all: BTreeSet<_> = DAEMONS.iter().flat_map(|daemon| daemon.packages).collect();
    for package in all {
        println!("{package}");
    }
}

fn line(truth: &Truth) -> String {
    let Truth { daemon, protocols, tls, products, version, notes, in_ipv6, .. } = truth;
    let secure = if *tls == Tls::Yes { " (TLS)" } else { "" };
    let product = first(products);
    let product = if truth.shows_product { product.to_owned() } else { format!("({product})") };
    let version = version.as_deref().unwrap_or("-");
    let families = if *in_ipv6 { "" } else { "(IPv4 only)" };
    let (place, protocol) = (truth.place(), format!("{}{secure}", first(protocols)));
    let notes = notes.join(", ") + families;
    format!("{place:<12}{daemon:<17}{protocol:<18}{product:<15}{version:<12}{notes}")
}

fn first(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

/// Only now: a daemon inherits which signals we hold back.
fn wait_for_the_end() -> Result<()> {
    let ends = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP]);
    ends.thread_block()?;
    ends.wait()?;
    Ok(())
}
