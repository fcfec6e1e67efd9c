//! `cargo xtask …`: everything a person runs, in one place.
//!
//! This file knows the commands and who answers them. It does not know how anything is installed,
//! built or checked, and nothing in this crate knows what Klinke does: it only runs programs.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "talking to a person is its job")]

mod build;
mod checks;
mod compress;
mod e2e;
mod files;
mod fingerprint;
mod fuzz;
mod lab;
mod last_words;
mod own_network;
mod page;
mod program;
mod shell;
mod summary;
mod tools;
mod transfer;
mod words;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

use crate::build::Profile;
use crate::checks::Part;
use crate::workspace::Workspace;

/// Everything a person runs, in one place. What is missing gets installed on the way.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds everything and serves Klinke on <http://localhost:8080>.
    Run {
        /// Handed on to `klinke serve`, for example `-- --listen 127.0.0.1:9000`.
        #[arg(last = true)]
        serve: Vec<String>,
    },
    /// Runs every check, as CI does, and ends with a table of parts and seconds.
    Test {
        /// Runs these parts only; may be given several times.
        #[arg(long, value_name = "PART", value_delimiter = ',')]
        only: Vec<Part>,
    },
    /// Builds the one binary `klinke`, and says where it is and what a visitor downloads.
    Build {
        /// Optimises, and puts the page into the binary.
        #[arg(long)]
        release: bool,
    },
    /// Formats all Rust code.
    Fmt,
    /// Runs clippy for the host and for the page, and checks the dependencies' licences.
    Lint,
    /// Says how hard the texts are to read, and what is wrong with them.
    Words {
        /// Shows only the files with one of these in their name, one line each.
        names: Vec<String>,
    },
    /// Runs the browser journeys only.
    E2e {
        /// Runs only the files with this in their name.
        name: Option<String>,
    },
    /// Takes pictures of every page and every state of a check, to be looked at; not part of `test`.
    Screenshots {
        /// Only of the pages and states with this in their name, for example `report`.
        name: Option<String>,
    },
    /// Measures with Lighthouse how quick and sound the pages are; not part of `test`.
    Lighthouse {
        /// So often each page is measured; the median counts.
        #[arg(default_value_t = 5)]
        runs: u32,
    },
    /// Scans in a network with known truth only: firewalls, losses, limits.
    Lab {
        /// Runs only the scenarios with this in their name.
        name: Option<String>,
    },
    /// Compares what Klinke says of real daemons with what they are; `--nmap` asks nmap as well.
    Services {
        /// Handed on to `klinke-lab services`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measures the optimised binary, for example `engine --runs 3`, or the `page`; `--help` tells more.
    Bench {
        /// `page`, or what is handed on to `klinke-lab bench`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        arguments: Vec<String>,
    },
    /// Invents hostile bytes for every reader of answers; not part of `test`.
    Fuzz {
        /// Runs only the targets with this in their name, for example `tcp-redis`.
        name: Option<String>,
        /// How long for each target.
        #[arg(long, default_value_t = 10)]
        seconds: u32,
    },
    /// Installs every tool, and says where each one is.
    Tools,
}

fn main() -> ExitCode {
    match Arguments::parse().command.answer() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error}");
            error.chain().skip(1).for_each(|cause| eprintln!("  because: {cause}"));
            ExitCode::FAILURE
        }
    }
}

impl Command {
    fn answer(self) -> Result<ExitCode> {
        let workspace = Workspace::open()?;
        match self {
            Self::Run { serve } => build::serve(&workspace, &serve)?,
            Self::Test { only } => return checks::test(&workspace, &only),
            Self::Build { release } => build::binary(&workspace, Profile::new(release))?,
            Self::Fmt => checks::format(&workspace)?,
            Self::Words { names } => words::measure(&workspace, &names)?,
            Self::Lint => return checks::test(&workspace, &[Part::Lint]),
            Self::E2e { name } => e2e::prepare_and_run(&workspace, name.as_deref())?,
            Self::Screenshots { name } => e2e::screenshots(&workspace, name.as_deref())?,
            Self::Lighthouse { runs } => e2e::lighthouse(&workspace, runs)?,
            Self::Lab { name } => lab::prepare_and_run(&workspace, name.as_deref())?,
            Self::Services { arguments } => lab::services(&workspace, &arguments)?,
            Self::Bench { arguments } if arguments == ["page"] => e2e::bench_page(&workspace)?,
            Self::Bench { arguments } => lab::bench(&workspace, &arguments)?,
            Self::Fuzz { name, seconds } => fuzz::run(&workspace, name.as_deref(), seconds)?,
            Self::Tools => tools::install_all(&workspace)?,
        }
        Ok(ExitCode::SUCCESS)
    }
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
