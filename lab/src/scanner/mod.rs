//! The scanners that the lab can start, side by side: how each is asked, and how its answer is
//! read. It does not know what is true.

mod klinke;
mod lines;
mod nmap;

use anyhow::{Context as _, Result};
use std::env;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

pub(crate) use self::klinke::{Klinke, Method};

use crate::network::{SCANNER_END, TARGET_CARD};
use crate::port::{Ports, Transport};
use crate::truth::Said;

/// What is to be scanned, and how hard.
pub(crate) struct Job<'a> {
    pub(crate) address: IpAddr,
    pub(crate) ports: &'a Ports,
    /// Probes per second, for scanners that take it; otherwise their own default.
    pub(crate) rate: Option<u32>,
}

/// A scanner, and how it is set.
#[derive(Clone, Debug)]
pub(crate) enum Scanner {
    Klinke(Klinke),
    /// `nmap -T4` with further options.
    Nmap {
        name: &'static str,
        options: &'static [&'static str],
    },
    Masscan,
    Rustscan,
}

/// A run that a person at a terminal would start.
const NMAP: Scanner = Scanner::Nmap { name: "nmap -T4", options: &[] };
/// What people set who find that too slow.
const NMAP_FAST: Scanner =
    Scanner::Nmap { name: "nmap fast", options: &["--min-rate", "5000", "--max-retries", "2"] };
/// Without privilege: the operating system connects.
const NMAP_CONNECT: Scanner = Scanner::Nmap { name: "nmap -sT", options: &["-sT"] };
/// Seconds that masscan waits for late answers; its default of 10 would be most of every run.
const MASSCAN_WAIT: &str = "1";
/// How many packets per second masscan sends if nobody says; its default of 100 is for nobody.
const MASSCAN_RATE: u32 = 1_000;

impl Scanner {
    /// The peers that are installed here.
    pub(crate) fn peers() -> Vec<Self> {
        let all = [NMAP, NMAP_FAST, NMAP_CONNECT, Self::Masscan, Self::Rustscan];
        all.into_iter().filter(|peer| find(peer.program()).is_some()).collect()
    }

    /// The scanner that the others are compared with.
    pub(crate) fn is_yardstick(&self) -> bool {
        self.name() == NMAP.name()
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Self::Klinke(klinke) => klinke.name(),
            Self::Nmap { name, .. } => (*name).to_owned(),
            Self::Masscan | Self::Rustscan => self.program().to_owned(),
        }
    }

    /// Whether it can ask these ports at all.
    pub(crate) fn knows(&self, transport: Transport) -> bool {
        let connects = matches!(self, Self::Rustscan) || self.name() == NMAP_CONNECT.name();
        transport == Transport::Tcp || !connects
    }

    /// Whether it sends at the rate that a job has.
    pub(crate) fn takes_rate(&self) -> bool {
        matches!(self, Self::Klinke(_) | Self::Masscan)
    }

    pub(crate) fn command(&self, job: &Job) -> Vec<String> {
        match self {
            Self::Klinke(klinke) => klinke.command(job),
            Self::Nmap { options, .. } => nmap::command(options, job),
            Self::Masscan => masscan(job),
            Self::Rustscan => rustscan(job),
        }
    }

    pub(crate) fn read(&self, printed: &str, job: &Job) -> Result<Said> {
        let said = match self {
            Self::Klinke(_) => klinke::read(printed),
            Self::Nmap { .. } => nmap::read(printed),
            Self::Masscan => Ok(lines::masscan(printed)),
            Self::Rustscan => Ok(lines::rustscan(printed, job.ports.transport)),
        };
        said.with_context(|| format!("what {} says cannot be read", self.name()))
    }

    fn program(&self) -> &str {
        match self {
            Self::Klinke(_) => "klinke",
            Self::Nmap { .. } => "nmap",
            Self::Masscan => "masscan",
            Self::Rustscan => "rustscan",
        }
    }
}

/// Masscan has a TCP of its own, and asks no system where the target is.
fn masscan(job: &Job) -> Vec<String> {
    let letter = if job.ports.transport == Transport::Udp { "U:" } else { "" };
    let rate = job.rate.unwrap_or(MASSCAN_RATE).to_string();
    let ports =
        job.ports.list().split(',').map(|range| format!("{letter}{range}")).collect::<Vec<_>>();
    let (address, ports) = (job.address.to_string(), ports.join(","));
    words(&["masscan", &address, "-p", &ports, "--rate", &rate, "--wait", MASSCAN_WAIT])
        .into_iter()
        .chain(words(&["--interface", SCANNER_END, "--router-mac", TARGET_CARD, "-oL", "-"]))
        .collect()
}

fn rustscan(job: &Job) -> Vec<String> {
    let (address, ports) = (job.address.to_string(), one_by_one(job.ports));
    words(&["rustscan", "--no-config", "--greppable", "-a", &address, "-p", &ports])
}

/// Rustscan takes one range or a list of numbers, and nothing mixed.
fn one_by_one(ports: &Ports) -> String {
    ports.iter().map(|port| port.number.to_string()).collect::<Vec<_>>().join(",")
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Finds a program where people install programs.
fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(program));
    found.into_iter().find(|candidate: &PathBuf| Path::is_file(candidate))
}
