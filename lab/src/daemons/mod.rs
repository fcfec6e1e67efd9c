//! Real daemons from Debian's packages on their usual ports, and what is true of them. It knows no
//! network but the namespace in which it is started, and nothing of who asks.

mod absent;
mod compare;
mod failure;
mod folder;
mod ground;
mod listening;
mod package;
mod room;
mod service;
mod show;
mod table;
mod truth;

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub(crate) use self::absent::Reason;
pub(crate) use self::compare::{Comparison, services};
pub(crate) use self::show::{packages, show};

use self::absent::Absent;
use self::failure::Failure;
use self::listening::Listening;
use self::package::Versions;
use self::room::Room;
use self::table::{DAEMONS, Daemon};
use self::truth::Truth;

/// The databases make their tables first, which takes seconds on a slow and busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
/// Looking is cheap, and nobody wants to wait longer than the slowest daemon.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Makes what the daemons with TLS share.
const CERTIFICATES: &str = include_str!("scripts/certificates.sh");
/// Daemons that give up root go through this folder to their own.
const FOR_EVERYBODY: u32 = 0o755;

/// All daemons that this machine has, until this is dropped.
pub(crate) struct Daemons {
    // In this order: everybody leaves before the folder goes.
    rooms: Vec<Room>,
    truth: Vec<Truth>,
    failures: Vec<Failure>,
    absent: Vec<Absent>,
    _folder: TempDir,
}

impl Daemons {
    /// Starts all in the current network namespace, and waits until each listens or has failed.
    pub(crate) fn start() -> Result<Self> {
        let versions = Versions::ask(DAEMONS)?;
        let missing = |daemon: &&&'static Daemon| versions.missing(daemon);
        let present: Vec<_> = DAEMONS.iter().filter(|it| missing(it).is_none()).copied().collect();
        ensure!(
            !present.is_empty(),
            "not one of the daemons is installed: run `cargo xtask services`"
        );
        require_free_ports(&present)?;
        let folder = folder::make()?;
        make_certificates(folder.path())?;
        let absent = DAEMONS.iter().filter_map(|daemon| {
            Some(Absent { daemon: daemon.name, package: versions.missing(daemon)? })
        });
        let absent = absent.collect();
        let rooms = present.iter().map(|daemon| Room::open(daemon, folder.path()));
        let rooms = rooms.collect::<Result<Vec<_>>>()?;
        let (truth, failures) = (Vec::new(), Vec::new());
        let mut daemons = Self { rooms, truth, failures, absent, _folder: folder };
        daemons.wait(&versions)?;
        Ok(daemons)
    }

    /// What is true of those that listen.
    pub(crate) fn truth(&self) -> &[Truth] {
        &self.truth
    }

    /// Those that do not.
    pub(crate) fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Those that are not on this machine.
    pub(crate) fn absent(&self) -> &[Absent] {
        &self.absent
    }

    fn wait(&mut self, versions: &Versions) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        let mut waiting: Vec<_> = self.rooms.iter_mut().collect();
        while !waiting.is_empty() {
            let is_late = Instant::now() > until;
            let listening = Listening::here()?;
            let mut still = Vec::new();
            for room in waiting {
                let daemon = room.daemon;
                if listening.has_all(daemon.services) {
                    self.truth.extend(Truth::of(daemon, versions));
                } else if room.has_ended()? || is_late {
                    self.failures.push(Failure::of(room));
                } else {
                    still.push(room);
                }
            }
            waiting = still;
            // Nobody wakes us: the kernel tells no one who begins to listen.
            thread::park_timeout(LOOK_EVERY);
        }
        self.truth.sort_by_key(|truth| truth.port);
        Ok(())
    }
}

/// Otherwise somebody else would be taken for one of ours.
fn require_free_ports(daemons: &[&Daemon]) -> Result<()> {
    let listening = Listening::here()?;
    let taken = daemons.iter().find_map(|daemon| listening.first_of(daemon.services));
    ensure!(taken.is_none(), "somebody listens here already: {taken:?}");
    Ok(())
}

fn make_certificates(folder: &Path) -> Result<()> {
    let mut openssl = Command::new("sh");
    openssl.args(["-c", CERTIFICATES]).current_dir(folder);
    let output = openssl.output().context("cannot start `sh`")?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "no certificates: {words}");
    Ok(())
}
