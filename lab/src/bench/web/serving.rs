//! A server that runs until it is dropped, and what it takes from the machine meanwhile: by the kernel's
//! own books, of its first process and those that this one has started.

use anyhow::{Context as _, Result, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A release build listens within a second; a busy machine takes longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Looking is cheap.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// A tenth of a second is many times what a server takes to let a connection go.
const LOOKS: u32 = 5;
/// Linux tells processor time in hundredths of a second (`USER_HZ`), on whichever machine.
const TICKS_PER_SECOND: f64 = 100.0;
/// Where `utime` and `stime` are behind the program's name in `/proc/PID/stat`.
const USER_AND_SYSTEM: std::ops::Range<usize> = 11..13;

/// A server, running.
pub(super) struct Serving {
    child: Child,
}

impl Serving {
    /// Starts the program in the arguments, and waits until it can be reached at that address. It ends
    /// with the lab, however the lab ends.
    pub(super) fn start(command: &[String], at: SocketAddr) -> Result<Self> {
        let mut guarded = Command::new("setpriv");
        guarded.args(["--pdeathsig", "TERM", "--"]).args(command);
        guarded.stdin(Stdio::null()).stdout(Stdio::null());
        let child = guarded.spawn().context("cannot start `setpriv`")?;
        let mut serving = Self { child };
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(at).is_err() {
            let has_ended = serving.child.try_wait()?.is_some();
            ensure!(
                !has_ended && Instant::now() < until,
                "`{}` does not listen",
                command.join(" ")
            );
            thread::sleep(LOOK_EVERY);
        }
        Ok(serving)
    }

    /// Klinke, optimised as people deploy it, for several visitors.
    pub(super) fn klinke(program: &Path, at: &[SocketAddr], settings: &[&str]) -> Result<Self> {
        let first = at.first().context("no address")?;
        let mut command = vec![program.display().to_string(), "serve".to_owned()];
        command.extend(at.iter().map(|address| format!("--listen={address}")));
        command.extend(["log=warn"].iter().chain(settings).map(|set| format!("--set={set}")));
        Self::start(&command, *first)
    }

    /// Processor time so far, the kernel's on its behalf included.
    pub(super) fn cpu_seconds(&self) -> Result<f64> {
        let ticks = self.processes()?.into_iter().map(|process| {
            let stat = fs::read_to_string(process.join("stat"))?;
            ticks(&stat).context("the kernel tells no processor time")
        });
        Ok(ticks.sum::<Result<f64>>()? / TICKS_PER_SECOND)
    }

    /// How many sockets it has for longer than a moment: it may just be letting one go.
    pub(super) fn sockets(&self) -> Result<usize> {
        let mut fewest = self.sockets_now()?;
        for _ in 0..LOOKS {
            thread::sleep(LOOK_EVERY);
            fewest = fewest.min(self.sockets_now()?);
        }
        Ok(fewest)
    }

    fn sockets_now(&self) -> Result<usize> {
        let count = |process: PathBuf| {
            let descriptors = fs::read_dir(process.join("fd"))?.flatten();
            let leads = descriptors.filter_map(|descriptor| fs::read_link(descriptor.path()).ok());
            Ok(leads.filter(|lead| lead.to_string_lossy().starts_with("socket:")).count())
        };
        self.processes()?.into_iter().map(count).sum()
    }

    /// What it has in memory, in bytes; the kernel's buffers are not in it.
    pub(super) fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(self.first().join("status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        Ok(kibibytes.context("the kernel tells no memory")? * 1_024)
    }

    fn first(&self) -> PathBuf {
        // `setpriv` becomes the program that it starts, so the process is the same.
        PathBuf::from(format!("/proc/{}", self.child.id()))
    }

    fn processes(&self) -> Result<Vec<PathBuf>> {
        let first = self.first();
        let children = first.join(format!("task/{}/children", self.child.id()));
        let children = fs::read_to_string(children).context("the kernel names no children")?;
        let children = children.split_whitespace().map(|id| Path::new("/proc").join(id));
        Ok(children.chain([first.clone()]).collect())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = i32::try_from(self.child.id()).map(|id| kill(Pid::from_raw(id), Signal::SIGTERM));
        let _ = self.child.wait();
    }
}

/// Reads lines like `7 (a name) S 1 … 12 34 …`; the name may have anything in it.
fn ticks(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<_> = fields.split(' ').collect();
    fields.get(USER_AND_SYSTEM)?.iter().map(|ticks| ticks.parse::<f64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn processor_time_is_read_whatever_the_name() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 100 0 0 0 12 34 5 6 20 0 2 0 99";
        assert_eq!(ticks(stat), Some(46.0));
        assert_eq!(ticks("7 (a) S 1 7"), None);
    }
}
