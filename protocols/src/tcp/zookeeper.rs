//! `ZooKeeper`: the command `srvr`, the only one that is allowed by itself (`ZooKeeper` Administrator's
//! Guide, “The Four Letter Words” and `4lw.commands.whitelist`). Opens no session, reads no node. It is
//! answered whether or not sessions need a log-in, and therefore says nothing about that.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Zookeeper,
    ports: &[2181],
    listens: false,
    begin: |_| Box::new(Exchange::ask(b"srvr".to_vec(), read)),
};

const VERSION: &[u8] = b"Zookeeper version: ";
const FORBIDDEN: &[u8] = b"srvr is not executed because it is not in the whitelist.";

fn read(heard: &[u8], over: bool) -> Reading {
    let known = Recognition::of(Protocol::Zookeeper).product("ZooKeeper");
    if heard.starts_with(FORBIDDEN) {
        return Reading::known(known);
    }
    match text::line(heard) {
        Some(line) => match line.strip_prefix(VERSION) {
            // `3.8.0-5a02a05eddb59aee6ac762f7ea82e92a68eb9c0f, built on …`
            Some(rest) => {
                let version = rest.split(|byte| b"-, ".contains(byte)).next().unwrap_or_default();
                Reading::known(known.version(version))
            }
            None => Reading::Other,
        },
        None if !over && heard.len() < VERSION.len() + 128 => Reading::More,
        None => Reading::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"srvr");
    }

    #[test]
    fn zookeeper_of_debian_tells_its_version() {
        let answer =
            b"Zookeeper version: 3.8.0-${mvngit.commit.id}, built on 2024-12-29 17:54 UTC\n\
                       Latency min/avg/max: 0/0.0/0\n";
        let recognition = known(&STEP, &[answer]);
        assert_eq!(names(&recognition), ("ZooKeeper", "3.8.0", ""));
        assert!(recognition.notes.is_empty());
    }

    #[test]
    fn one_that_forbids_the_command_is_recognised_too() {
        assert!(known(&STEP, &[&[FORBIDDEN, b"\n"].concat()]).notes.is_empty());
        assert_eq!(tells(&STEP, &[b"ruok is not executed\n"]), None);
    }
}
