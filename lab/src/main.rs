//! A network with known truth. This file knows the commands; nothing in this crate knows how Klinke
//! is made: it runs the binary and reads what it answers.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "talking to a person is its job")]

mod bench;
mod daemons;
mod firewall;
mod measure;
mod namespace;
mod network;
mod own_network;
mod port;
mod scanner;
mod scenario;
mod target;
mod truth;
mod wire;

use anyhow::{Context as _, Result, ensure};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::bench::web::Load;
use crate::daemons::{Comparison, Reason};
use crate::network::Network;
use crate::scanner::{Klinke, Method, Scanner};

/// A network with known truth, to compare what Klinke says with what is.
#[derive(Parser)]
#[command(name = "klinke-lab", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scans behind firewalls and bad wires, and fails if Klinke says anything false.
    Test {
        /// Runs only the scenarios with this in their name.
        #[arg(default_value = "")]
        name: String,
        /// How Klinke asks, instead of what each scenario says.
        #[arg(long)]
        method: Option<Method>,
        #[command(flatten)]
        klinke: Program,
    },
    /// Measures; passes and fails nothing.
    #[command(subcommand)]
    Bench(Bench),
    /// Runs any program in the network of one scenario, and says what the wire carried.
    With {
        /// The scenario.
        name: String,
        /// The program, with its arguments; the target is 10.77.0.2 and `fd77::2`.
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
    /// Starts real daemons in this network, which must not be the machine's, until Ctrl-C.
    Daemons,
    /// Names the Debian packages of these daemons, one on a line.
    Packages,
    /// Compares what Klinke says of real daemons with what they are, in IPv4 and in IPv6.
    Services {
        /// Asks nmap as well.
        #[arg(long)]
        nmap: bool,
        /// Why a package is not installed; may be given several times.
        #[arg(long, value_name = "PACKAGE=WHY", value_parser = Reason::read)]
        absent: Vec<Reason>,
        #[command(flatten)]
        klinke: Program,
    },
    /// Starts this program as the target.
    #[command(name = target::SUBCOMMAND, hide = true)]
    Target,
    /// Starts this program as the parent of a measured one.
    #[command(name = measure::SUBCOMMAND, hide = true)]
    Measure {
        report: PathBuf,
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

#[derive(Subcommand)]
enum Bench {
    /// Klinke and its peers, as far as they are installed, before the same networks.
    Engine {
        /// How often each scanner runs.
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
        /// Only the networks with this in their name.
        #[arg(long, default_value = "")]
        scenario: String,
        /// How Klinke asks; may be given several times. By default, in all ways that it knows.
        #[arg(long, value_delimiter = ',')]
        method: Vec<Method>,
        /// Klinke without its peers.
        #[arg(long)]
        alone: bool,
        /// One JSON object per line.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        klinke: Program,
    },
    /// Many visitors at once, in one process: 50 with 1,000 ports each, then 1,000 with 100.
    Visitors {
        /// The program that asks for all of them.
        #[arg(long, value_name = "PATH")]
        program: PathBuf,
    },
    /// A list of a million networks: how long a look-up takes, and what memory the list needs.
    Prefixes {
        /// The program that makes the list and asks it.
        #[arg(long, value_name = "PATH")]
        program: PathBuf,
    },
    /// Requests per second of the start page and of a start that is refused, beside nginx.
    Server {
        #[command(flatten)]
        load: Load,
        #[command(flatten)]
        klinke: Program,
    },
    /// A visitor among 1,000 who are slow on purpose: how long the start page takes, and how many of
    /// them are held.
    Slow {
        /// How often each crowd comes.
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        #[command(flatten)]
        klinke: Program,
    },
    /// The wire itself: how exact it is and what it costs.
    Wire {
        /// Datagrams per second, there and back.
        #[arg(long, default_value_t = 25_000)]
        rate: u32,
    },
}

#[derive(clap::Args)]
struct Program {
    /// The program under test.
    #[arg(long, value_name = "PATH", env = "KLINKE_BIN", default_value = "target/debug/klinke")]
    klinke: PathBuf,
}

fn main() -> ExitCode {
    match Arguments::parse().command.answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            error.chain().skip(1).for_each(|cause| eprintln!("  because: {cause}"));
            ExitCode::FAILURE
        }
    }
}

impl Command {
    fn answer(self) -> Result<()> {
        match self {
            Self::Test { name, method, klinke } => {
                scenario::test(klinke.existing()?, &name, method)
            }
            Self::Bench(bench) => bench.answer(),
            Self::With { name, command } => with(&name, &command),
            Self::Daemons => daemons::show(),
            Self::Packages => {
                daemons::packages();
                Ok(())
            }
            Self::Services { nmap, absent, klinke } => {
                let (klinke, reasons) = (klinke.existing()?, &absent[..]);
                daemons::services(&Comparison { klinke, nmap, reasons })
            }
            Self::Target => target::serve(),
            Self::Measure { report, command } => measure::measure(&report, &command),
        }
    }
}

impl Bench {
    fn answer(self) -> Result<()> {
        match self {
            Self::Engine { runs, scenario, method, alone, json, klinke } => {
                let klinke = klinke.existing()?;
                let known = || Klinke::methods(klinke);
                let method = if method.is_empty() { known()? } else { method };
                let ours = method.iter().map(|how| Scanner::Klinke(Klinke::new(klinke, *how)));
                let peers = if alone { Vec::new() } else { Scanner::peers() };
                let scanners: Vec<_> = ours.chain(peers).collect();
                bench::engine::compare(&scanners, &scenario, runs, json)
            }
            Self::Visitors { program } => bench::visitors::measure(&program),
            Self::Prefixes { program } => bench::example::run(&program, &[]),
            Self::Server { load, klinke } => bench::web::compare(klinke.existing()?, load),
            Self::Slow { rounds, klinke } => bench::web::slow(klinke.existing()?, rounds),
            Self::Wire { rate } => bench::wire::measure(rate),
        }
    }
}

impl Program {
    fn existing(&self) -> Result<&Path> {
        let Self { klinke } = self;
        ensure!(klinke.is_file(), "there is no {}: run `cargo xtask lab`", klinke.display());
        Ok(klinke)
    }
}

fn with(name: &str, command: &[String]) -> Result<()> {
    let scenario = scenario::find(name)?;
    let network = Network::open(scenario.wire, scenario.firewall)?;
    let (program, arguments) = command.split_first().context("no program")?;
    let mut program = std::process::Command::new(program);
    let status = program.args(arguments).status().context("it cannot start")?;
    let [sent, returned] = network.counts();
    eprintln!("sent: {sent:?}\nreturned: {returned:?}\n{status}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory as _;

    #[test]
    fn the_table_of_commands_is_consistent() {
        Arguments::command().debug_assert();
    }
}
