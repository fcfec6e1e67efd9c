//! Runs one program and measures the whole of it: seconds from start to exit, processor time, the
//! most memory. It does not know what the program does.
//!
//! The kernel tells a process's peak of memory including what its parent had when it started it,
//! and tells it for all children together. So a small process of its own starts each program, and
//! only peaks below that process's own 4 MiB cannot be told.

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike as _};
use serde::{Deserialize, Serialize};
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How this program is told to measure another.
pub(crate) const SUBCOMMAND: &str = "measure";

/// Seconds after which a program counts as hung.
const PATIENCE: &str = "900";

/// What a run took.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_bytes: u64,
    success: bool,
}

/// What a program printed, and what it took.
pub(crate) struct Run {
    pub(crate) printed: String,
    pub(crate) cost: Cost,
}

/// Runs a program given with its arguments, and reads what it prints.
pub(crate) fn run(command: &[String]) -> Result<Run> {
    let report = tempfile::NamedTempFile::new().context("no place for a report")?;
    let myself = env::current_exe().context("where is this program?")?;
    let output = Command::new(myself)
        .arg(SUBCOMMAND)
        .arg(report.path())
        .arg("--")
        .args(command)
        .stdin(Stdio::null())
        .output()
        .context("cannot start myself")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let told = fs::read(report.path()).context("no report")?;
    let cost: Cost = serde_json::from_slice(&told)
        .with_context(|| format!("`{}` did not run: {said}", command.join(" ")))?;
    ensure!(cost.success, "`{}` failed: {said}", command.join(" "));
    Ok(Run { printed: String::from_utf8_lossy(&output.stdout).into_owned(), cost })
}

/// What the small process does: runs the program to its end, and writes a report.
pub(crate) fn measure(report: &Path, command: &[String]) -> Result<()> {
    let start = Instant::now();
    let status = Command::new("timeout")
        .args(["--kill-after=5", PATIENCE])
        .args(command)
        .status()
        .context("cannot start `timeout`")?;
    let seconds = start.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("no measurements")?;
    let cost = Cost {
        seconds,
        cpu_seconds: in_seconds(usage.user_time()) + in_seconds(usage.system_time()),
        // The kernel counts in units of 1,024 bytes.
        peak_bytes: u64::try_from(usage.max_rss()).unwrap_or_default() * 1024,
        success: status.success(),
    };
    fs::write(report, serde_json::to_vec(&cost)?).context("cannot write the report")
}

fn in_seconds(time: TimeVal) -> f64 {
    std::time::Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or_default())
        .as_secs_f64()
}
