//! What can be typed. The help texts here are the manual.

use clap::{Args, Parser, Subcommand};
use klinke_shared::{Language, PortSet, Profile};
use std::net::IpAddr;
use std::path::PathBuf;

/// Knocks at the doors of your own internet connection and tells you in plain words which are open.
#[derive(Debug, Parser)]
#[command(name = "klinke", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the page: visitors check their own connection
    Serve(ServeArguments),
    /// Check this machine or its own network from the terminal
    Scan(ScanArguments),
    /// Help with the settings
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print a commented file with every setting
    Template,
}

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    /// The file with the settings
    #[arg(long, env = "KLINKE_CONFIG", value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// An address to listen on; may be given more than once
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) listen: Vec<String>,
    /// Any setting, for example --set checks.running=20
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub(super) set: Vec<(String, String)>,
}

#[derive(Debug, Args)]
pub(super) struct ScanArguments {
    /// A loopback or private address
    pub(super) address: IpAddr,
    /// How much to ask: quick, office or thorough
    #[arg(long, default_value_t, conflicts_with_all = ["tcp", "udp"])]
    pub(super) profile: Profile,
    /// TCP ports instead of a profile, for example 22,80-89
    #[arg(long, value_name = "PORTS")]
    pub(super) tcp: Option<PortSet>,
    /// UDP ports instead of a profile, for example 53,161
    #[arg(long, value_name = "PORTS")]
    pub(super) udp: Option<PortSet>,
    /// How to ask TCP ports: by raw packets (syn, needs root or `CAP_NET_RAW`), by connections
    /// (connect), or by raw packets where allowed (auto)
    #[arg(long, default_value = "auto")]
    pub(super) method: Method,
    /// Packets per second, 1 to 50000; common routers lose packets beyond 5000
    #[arg(long, value_name = "PPS", value_parser = clap::value_parser!(u32).range(1..=50_000), default_value_t = crate::engine::Pace::DEFAULT_PER_SECOND)]
    pub(super) rate: u32,
    /// Only find open ports, not what is behind them
    #[arg(long)]
    pub(super) ports_only: bool,
    /// One JSON object per line
    #[arg(long)]
    pub(super) json: bool,
    /// The language of names and sentences: de or en
    #[arg(long, default_value_t = Language::English)]
    pub(super) lang: Language,
}

/// How ports are asked.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Method {
    /// The best that this process may use
    Auto,
    /// Connections of the operating system; needs no privilege
    Connect,
    /// Raw packets
    Syn,
}

impl From<Method> for crate::engine::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Auto => Self::Auto,
            Method::Connect => Self::Connect,
            Method::Syn => Self::Syn,
        }
    }
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) =
        text.split_once('=').ok_or("accepted is KEY=VALUE, for example checks.running=20")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}
