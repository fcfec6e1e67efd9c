//! Passes on what another program says, and keeps the end of it, for a report that comes much
//! later. It does not know what is said.

use anyhow::Result;
use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// So many lines are kept: a scenario's line in the lab and what fails in a browser are within.
const KEPT: usize = 60;
/// What a program's own children say after its end is waited for this long, and no longer.
const AFTER_ITS_END: Duration = Duration::from_secs(2);

/// Runs `command` with its output passed through, and returns how it ended, together with its last
/// lines. At a terminal there are none: it is left to the program, which draws there as it likes.
pub(crate) fn run(command: &mut Command) -> Result<(ExitStatus, Vec<String>)> {
    if io::stderr().is_terminal() {
        return Ok((command.status()?, Vec::new()));
    }
    listen(command)
}

fn listen(command: &mut Command) -> Result<(ExitStatus, Vec<String>)> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let end = Arc::new(Mutex::new(VecDeque::with_capacity(KEPT)));
    let (hearing, silence) = mpsc::channel();
    if let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) {
        pass_on(out, io::stdout(), &end, hearing.clone());
        pass_on(err, io::stderr(), &end, hearing);
    }
    let status = child.wait()?;
    // An error either way: both have heard everything, or a child's child still holds an end.
    let _ = silence.recv_timeout(AFTER_ITS_END);
    let lines = end.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
    Ok((status, lines))
}

/// Passes on each line at once, until there is nothing more to hear; `hearing` is held so long.
fn pass_on(
    from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    end: &Arc<Mutex<VecDeque<String>>>,
    hearing: Sender<()>,
) {
    let end = Arc::clone(end);
    thread::spawn(move || {
        for line in BufReader::new(from).split(b'\n').map_while(io::Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let passed_on = writeln!(to, "{line}");
            let mut end = end.lock().unwrap_or_else(PoisonError::into_inner);
            if end.len() == KEPT {
                end.pop_front();
            }
            end.push_back(line);
            if passed_on.is_err() {
                break;
            }
        }
        drop(hearing);
    });
}

#[cfg(test)]
mod tests {
    use super::{KEPT, listen};
    use std::process::Command;

    #[test]
    fn what_was_said_last_is_kept_whichever_way_it_was_said() {
        let (status, mut lines) =
            listen(Command::new("sh").args(["-c", "echo 1; echo 2 >&2; exit 3"])).unwrap();
        lines.sort();
        assert_eq!((status.code(), lines), (Some(3), vec!["1".to_owned(), "2".to_owned()]));
    }

    #[test]
    fn of_a_long_story_the_end_is_kept() {
        let (_, lines) = listen(Command::new("seq").arg("100")).unwrap();
        assert_eq!(lines.len(), KEPT);
        assert_eq!(lines.last().map(String::as_str), Some("100"));
    }

    #[test]
    fn a_child_that_is_left_behind_does_not_hold_anybody_up() {
        let (status, lines) =
            listen(Command::new("sh").args(["-c", "sleep 600 & echo $!"])).unwrap();
        assert!(status.success());
        let left = lines.first().unwrap();
        assert!(Command::new("kill").arg(left).status().unwrap().success(), "{left}");
    }
}
