//! rsync: listens to the daemon's greeting (rsync, `csprotocol.txt`). Does not ask for the list of
//! modules.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Rsync,
    ports: &[873],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

const GREETING: &[u8] = b"@RSYNCD: ";

fn read(heard: &[u8], over: bool) -> Reading {
    match identify(heard) {
        Some(recognition) => Reading::known(recognition),
        None if !over
            && text::line(heard).is_none()
            && (heard.starts_with(GREETING) || GREETING.starts_with(heard)) =>
        {
            Reading::More
        }
        None => Reading::Other,
    }
}

/// The greeting: the version of the protocol, and what it can check passwords with.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let line = text::line(heard)?;
    line.strip_prefix(GREETING)?.first().filter(|digit| digit.is_ascii_digit())?;
    Some(Recognition::of(Protocol::Rsync).product("rsync").detail(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn nothing_is_asked() {
        assert_eq!(question(&STEP), b"");
    }

    #[test]
    fn a_real_daemon_is_recognised() {
        let greeting = b"@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\nWelcome to rsync\n\n";
        let recognition = known(&STEP, &[greeting]);
        let detail = "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4";
        assert_eq!(names(&recognition), ("rsync", "", detail));
    }

    #[test]
    fn a_greeting_without_version_is_refused() {
        assert_eq!(tells(&STEP, &[b"@RSYNCD: OK\n"]), None);
    }
}
