//! Redis: PING, and only when that is answered without a password, INFO about the server itself
//! (Redis documentation, “PING”, “INFO” and “Redis serialization protocol specification”). Reads no
//! key and changes nothing.

use super::dialogue::{Dialogue, Turn};
use super::text;
use crate::Step;
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Redis,
    ports: &[6379, 6380],
    listens: false,
    begin: |_| Dialogue::open(b"PING\r\n".to_vec(), read),
};

const INFO: &[u8] = b"INFO server\r\n";
const PONG: &[u8] = b"+PONG";
/// The answer to INFO is some 600 bytes; after so many without a version there will be none.
const LONGEST_INFO: usize = 4096;

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let Some(line) = text::line(heard) else {
        let early = heard.first().is_none_or(|first| b"+-".contains(first));
        return if early && !over { Turn::More } else { Turn::Other };
    };
    if line != PONG {
        return complaint(line).map_or(Turn::Other, Turn::known);
    }
    if said == 0 {
        return Turn::Say(INFO.to_vec());
    }
    let open = Recognition::of(Protocol::Redis).product("Redis").note(Note::NoPassword);
    let value = |key: &[u8]| text::lines(heard).find_map(|line| line.strip_prefix(key));
    let valkey =
        value(b"valkey_version:").map(|version| open.clone().product("Valkey").version(version));
    let refused = text::lines(heard).skip(1).any(|line| line.starts_with(b"-"));
    match (valkey, value(b"redis_version:")) {
        (Some(valkey), _) => Turn::known(valkey),
        // Valkey says both versions, its own behind the one it is compatible with.
        (None, Some(version)) if over || refused || text::has(heard, b"gcc_version:") => {
            Turn::known(open.version(version))
        }
        _ if over || refused || heard.len() > LONGEST_INFO => Turn::known(open),
        _ => Turn::More,
    }
}

/// What Redis says when it will not talk, or does not understand.
fn complaint(line: &[u8]) -> Option<Recognition> {
    let known = Recognition::of(Protocol::Redis).product("Redis");
    let refuses: [&[u8]; 3] = [
        b"-NOAUTH ",
        b"-DENIED Redis is running in protected mode",
        b"-ERR operation not permitted",
    ];
    if refuses.iter().any(|words| line.starts_with(words)) {
        return Some(known.note(Note::AsksPassword).detail(line));
    }
    // The second is what it says to the first line of a question for a web page.
    let misunderstands: [&[u8]; 2] =
        [b"-ERR unknown command", b"-ERR wrong number of arguments for 'get' command"];
    if misunderstands.iter().any(|words| line.starts_with(words)) {
        return Some(known);
    }
    let fails: [&[u8]; 3] =
        [b"-ERR max number of clients reached", b"-LOADING Redis is loading", b"-MASTERDOWN "];
    fails.iter().any(|words| line.starts_with(words)).then(|| known.detail(line))
}

/// A complaint of Redis about what it does not understand.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    complaint(text::line(heard)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, names, tells};

    const INFO_ANSWER: &[u8] =
        b"$60\r\n# Server\r\nredis_version:7.0.15\r\nredis_git_sha1:00000000\r\n\
                                 gcc_version:12.2.0\r\n\r\n";

    #[test]
    fn it_asks_for_the_version_only_when_it_is_let_in() {
        assert_eq!(drive(&STEP, &[b"+PONG\r\n"]).0, [&b"PING\r\n"[..], INFO]);
        assert_eq!(drive(&STEP, &[b"-NOAUTH Authentication required.\r\n"]).0, [b"PING\r\n"]);
    }

    #[test]
    fn redis_of_debian_without_password_is_open() {
        let recognition = known(&STEP, &[b"+PONG\r\n", INFO_ANSWER]);
        assert_eq!(names(&recognition), ("Redis", "7.0.15", ""));
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn redis_of_debian_with_password_or_protected_asks_for_it() {
        for answer in [
            &b"-NOAUTH Authentication required.\r\n"[..],
            b"-DENIED Redis is running in protected mode because protected mode is enabled\r\n",
        ] {
            assert_eq!(known(&STEP, &[answer]).notes, [Note::AsksPassword]);
        }
    }

    #[test]
    fn valkey_says_its_own_name() {
        let info = b"$99\r\n# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n";
        assert_eq!(names(&known(&STEP, &[b"+PONG\r\n", info])).0, "Valkey");
    }

    #[test]
    fn other_complaints_are_refused() {
        assert_eq!(tells(&STEP, &[b"-ERR what\r\n"]), None);
        assert_eq!(tells(&STEP, &[b"+OK ready\r\n"]), None);
        assert!(identify(b"-ERR unknown command 'OPTIONS', with args\r\n").is_some());
        assert!(identify(b"-ERR wrong number of arguments for 'get' command\r\n").is_some());
    }
}
