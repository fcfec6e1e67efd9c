//! memcached: asks for its version (memcached, `doc/protocol.txt`). Reads no key and no statistics.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Memcached,
    ports: &[11211],
    listens: false,
    begin: |_| Box::new(Exchange::ask(b"version\r\n".to_vec(), read)),
};

const VERSION: &[u8] = b"VERSION ";

fn read(heard: &[u8], over: bool) -> Reading {
    let Some(line) = text::line(heard) else {
        return if over || heard.len() > 64 { Reading::Other } else { Reading::More };
    };
    let known = Recognition::of(Protocol::Memcached).product("memcached");
    match line {
        // With a password file, `-Y`, every command before the log-in is answered so.
        b"CLIENT_ERROR unauthenticated" => Reading::known(known.note(Note::AsksPassword)),
        _ => match line.strip_prefix(VERSION) {
            Some(version) if version.first().is_some_and(u8::is_ascii_digit) => {
                Reading::known(known.version(version).note(Note::NoPassword))
            }
            _ => Reading::Other,
        },
    }
}

/// The complaint of memcached about a line that is no command: just that, without a word more.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let lines = || text::lines(heard);
    let complains = heard.ends_with(b"ERROR\r\n")
        && lines().count() <= 16
        && lines().all(|line| matches!(line, b"ERROR" | b"CLIENT_ERROR unauthenticated"));
    complains.then(|| Recognition::of(Protocol::Memcached).product("memcached"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"version\r\n");
    }

    #[test]
    fn memcached_of_debian_tells_its_version() {
        let recognition = known(&STEP, &[b"VERSION 1.6.18\r\n"]);
        assert_eq!(names(&recognition), ("memcached", "1.6.18", ""));
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn one_with_passwords_says_so() {
        let recognition = known(&STEP, &[b"CLIENT_ERROR unauthenticated\r\n"]);
        assert_eq!(recognition.notes, [Note::AsksPassword]);
    }

    #[test]
    fn a_bare_complaint_is_its_own() {
        assert_eq!(tells(&STEP, &[b"VERSION x\r\n"]), None);
        assert!(identify(b"ERROR\r\nERROR\r\n").is_some());
        assert_eq!(identify(b"ERROR unknown\r\n"), None);
    }
}
