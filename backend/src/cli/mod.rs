//! The command line, and the only place that sees every room: it reads the settings, opens the desk
//! and the sockets, and puts them together.

mod arguments;
mod background;
mod descriptors;
mod key;
mod scan;
mod serve;
mod server;

pub use server::{ServeError, Server};

use arguments::{Arguments, Command, ConfigCommand};
use clap::Parser;
use std::process::ExitCode;

/// Wrong use or wrong settings, as `clap` and most programs report it.
const WRONG_USE: u8 = 2;

/// Runs the program to its end.
#[must_use]
#[expect(clippy::print_stdout, reason = "printing the template is what that command is for")]
#[expect(clippy::print_stderr, reason = "the last error goes to the person at the terminal")]
pub fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Scan(arguments) => scan::run(&arguments),
        Command::Config { command: ConfigCommand::Template } => {
            print!("{}", crate::settings::template());
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::WrongUse(message)) => {
            eprintln!("klinke: {message}");
            ExitCode::from(WRONG_USE)
        }
        Err(Failure::Other(error)) => {
            eprintln!("klinke: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Why a command ends without success.
#[derive(Debug)]
enum Failure {
    /// The person can mend it: exit status 2.
    WrongUse(String),
    /// Anything else: exit status 1.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}
