//! The room of one daemon: its folder, its namespaces and its first process. What happens inside is
//! in `scripts/room.sh`; whether the daemon does anything useful, it does not know.

use anyhow::{Context as _, Result};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::FOR_EVERYBODY;
use super::table::Daemon;

/// Runs inside, before and beside the daemon.
const ROOM: &str = include_str!("scripts/room.sh");
/// What runs inside reads the daemon's script from here.
const SCRIPT: &str = "daemon.sh";
const LOG: &str = "log";
/// Mounts, processes, shared memory and the computer's name are the room's own; the network is not.
const NAMESPACES: [&str; 6] = ["--mount", "--mount-proc", "--pid", "--fork", "--ipc", "--uts"];

/// A daemon, running or not.
pub(super) struct Room {
    pub(super) daemon: &'static Daemon,
    folder: PathBuf,
    /// `unshare`, which waits for the room's first process; that one ends when its input does.
    child: Child,
}

impl Room {
    pub(super) fn open(daemon: &'static Daemon, parent: &Path) -> Result<Self> {
        let folder = parent.join(daemon.name);
        fs::create_dir(&folder).context("no folder for a daemon")?;
        fs::set_permissions(&folder, Permissions::from_mode(FOR_EVERYBODY))?;
        fs::write(folder.join(SCRIPT), daemon.script)?;
        let log = File::create(folder.join(LOG))?;
        let mut command = Command::new("unshare");
        command.args(NAMESPACES).args(["--", "sh", "-c", ROOM]).current_dir(&folder);
        command.stdin(Stdio::piped()).stdout(log.try_clone()?).stderr(log);
        // Ctrl-C is for us, and the rooms hear of it by their input.
        let child = command.process_group(0).spawn().context("cannot start `unshare`")?;
        Ok(Self { daemon, folder, child })
    }

    pub(super) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait().context("a room is lost")?.is_some())
    }

    /// What the daemon and its script have said so far.
    pub(super) fn log(&self) -> String {
        let bytes = fs::read(self.folder.join(LOG)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // Everything inside ends with the room's first process; there is nobody to tell.
        let _ = self.child.wait();
    }
}
