//! The binary `klinke`. What it can do is in [`klinke::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    klinke::cli::main()
}
