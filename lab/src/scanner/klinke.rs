//! Klinke's terminal form: its arguments and its lines of JSON. It knows the contract, and nothing
//! of how Klinke keeps it.

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Job, words};
use crate::port::{Port, Transport};
use crate::truth::{Said, State};

/// How Klinke asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Method {
    Auto,
    Connect,
    Syn,
}

/// Klinke, and how it is started.
#[derive(Clone, Debug)]
pub(crate) struct Klinke {
    pub(crate) program: PathBuf,
    pub(crate) method: Method,
    /// The most descriptors that it may have open.
    pub(crate) descriptors: Option<u32>,
}

/// A line of `--json`: a port, or the summary at the end.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Port {
        #[serde(flatten)]
        port: Port,
        state: State,
    },
    Summary {
        #[expect(dead_code, reason = "only its presence is part of the truth")]
        summary: serde_json::Value,
    },
}

impl Klinke {
    pub(crate) fn new(program: &Path, method: Method) -> Self {
        Self { program: program.to_owned(), method, descriptors: None }
    }

    /// The ways of asking that this binary knows and a comparison is about, by its help.
    pub(crate) fn methods(program: &Path) -> Result<Vec<Method>> {
        let help = Command::new(program).args(["scan", "--help"]).output();
        let help =
            String::from_utf8_lossy(&help.context("klinke cannot start")?.stdout).into_owned();
        let knows = |method: &Method| help.contains(&format!("- {}:", method.word()));
        Ok([Method::Connect, Method::Syn].into_iter().filter(knows).collect())
    }

    pub(super) fn name(&self) -> String {
        format!("klinke {}", self.method.word())
    }

    pub(super) fn command(&self, job: &Job) -> Vec<String> {
        let option = match job.ports.transport {
            Transport::Tcp => "--tcp",
            Transport::Udp => "--udp",
        };
        let (program, address) = (self.program.display().to_string(), job.address.to_string());
        let limit = self.descriptors.map(|most| format!("--nofile={most}:{most}"));
        let mut command = limit.map_or_else(Vec::new, |limit| words(&["prlimit", &limit]));
        command.extend(words(&[&program, "scan", &address, option, &job.ports.list(), "--json"]));
        // The peers are not asked what is behind a port either.
        command.push("--ports-only".to_owned());
        command.extend(words(&["--method", self.method.word()]));
        if let Some(rate) = job.rate {
            command.extend(words(&["--rate", &rate.to_string()]));
        }
        command
    }
}

impl Method {
    const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Connect => "connect",
            Self::Syn => "syn",
        }
    }
}

pub(super) fn read(printed: &str) -> Result<Said> {
    let mut said = Said::new();
    let mut is_whole = false;
    for line in printed.lines() {
        match serde_json::from_str(line).with_context(|| format!("this line: {line}"))? {
            Line::Port { port, state } => drop(said.insert(port, state)),
            Line::Summary { .. } => is_whole = true,
        }
    }
    is_whole.then_some(said).context("there is no summary")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::port::{Port, Transport};
    use crate::truth::State;

    const OPEN: &str =
        r#"{"transport":"tcp","port":22,"state":"open","service":"ssh","evidence":{}}"#;

    #[test]
    fn a_report_has_ports_and_a_summary() {
        let said = read(&format!("{OPEN}\n{{\"summary\":{{\"seconds\":1.5}}}}\n")).unwrap();
        assert_eq!(said[&Port { transport: Transport::Tcp, number: 22 }], State::Open);
    }

    #[test]
    fn half_a_report_is_none() {
        assert!(read(OPEN).is_err());
        assert!(read("oops").is_err());
    }
}
