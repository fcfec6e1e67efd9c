//! As many requests as a server answers, by wrk. It does not know who answers.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use super::answer::Request;
use super::ground;

const SCRIPT: &str = include_str!("load.lua");

/// How hard is asked.
#[derive(Clone, Copy, clap::Args)]
pub(crate) struct Load {
    /// How often each server's turn comes.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) rounds: u32,
    /// How long each turn takes, in seconds.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) seconds: u32,
    /// How many connections are open, each with one request at a time.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..10_000))]
    pub(super) connections: u32,
}

/// What came in one turn.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub(super) struct Told {
    pub(super) requests: u32,
    pub(super) seconds: f64,
    bytes: f64,
    /// Answers with a status of an error.
    refused: u32,
    /// Connections that failed, and answers that did not come.
    broken: u32,
    pub(super) median_ms: f64,
    pub(super) p99_ms: f64,
}

impl Load {
    /// One turn; `status` is that of every answer.
    pub(super) fn put(self, at: SocketAddr, request: &Request, status: u16) -> Result<Told> {
        let mut script = tempfile::NamedTempFile::new().context("no place for a script")?;
        script.write_all(SCRIPT.as_bytes())?;
        let Request { method, path, headers, body } = request;
        // Each of wrk's threads has connections of its own.
        let threads = ground::processors().min(usize::try_from(self.connections)?);
        let mut wrk = Command::new("wrk");
        wrk.arg(format!("--threads={threads}")).arg(format!("--connections={}", self.connections));
        wrk.arg(format!("--duration={}s", self.seconds)).arg("--script").arg(script.path());
        wrk.args(
            headers
                .iter()
                .flat_map(|(name, value)| ["--header".to_owned(), format!("{name}: {value}")]),
        );
        wrk.arg(format!("http://{at}{path}")).arg("--").args([*method, body]);
        wrk.stderr(Stdio::inherit());
        let output = wrk.output().context("there is no `wrk`: run `cargo xtask bench server`")?;
        let told = Told::read(&String::from_utf8_lossy(&output.stdout))?;
        let refused = if status < 400 { 0 } else { told.requests };
        ensure!(told.broken == 0, "{path} at {at}: {} answers did not come", told.broken);
        ensure!(told.refused == refused, "{path} at {at}: not every answer had status {status}");
        Ok(told)
    }
}

impl Told {
    fn read(printed: &str) -> Result<Self> {
        let line = printed.lines().find(|line| line.starts_with('{'));
        let line = line.with_context(|| format!("wrk says only: {printed}"))?;
        serde_json::from_str(line).with_context(|| format!("wrk's line: {line}"))
    }

    pub(super) fn per_second(&self) -> f64 {
        f64::from(self.requests) / self.seconds
    }

    pub(super) fn bytes_each(&self) -> f64 {
        self.bytes / f64::from(self.requests)
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    #[test]
    fn what_the_script_prints_is_found_among_the_words_of_wrk() {
        let line = r#"{"requests":8,"seconds":2.0,"bytes":80,"refused":0,"broken":0,"median_ms":1.5,"p99_ms":2}"#;
        let told = Told::read(&format!("Running 1s test\n  8 requests\n\n{line}\n")).unwrap();
        assert_eq!((told.requests, told.median_ms), (8, 1.5));
        assert!(Told::read("unable to connect").is_err());
    }
}
