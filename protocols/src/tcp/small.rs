//! The small services of the eighties: chargen (RFC 864) and quote of the day (RFC 865), which
//! speak without being asked, and finger (RFC 1288), which answers an empty line.

use super::{identify, text};
use crate::{Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// Generates characters.
pub(super) const CHARGEN: Step = Step {
    protocol: Protocol::Chargen,
    ports: &[19],
    listens: true,
    begin: |_| Box::new(Exchange::listen(chargen)),
};

/// Quote of the day.
pub(super) const QOTD: Step = Step {
    protocol: Protocol::Qotd,
    ports: &[17],
    listens: true,
    begin: |_| Box::new(Exchange::listen(qotd)),
};

/// Finger: the empty line asks who is logged in (RFC 1288, 2.3: `{C}`).
pub(super) const FINGER: Step = Step {
    protocol: Protocol::Finger,
    ports: &[79],
    listens: false,
    begin: |_| Box::new(Exchange::ask(b"\r\n".to_vec(), finger)),
};

/// RFC 864 shows lines of 72 characters, each the next of the 95 printable ones.
const PATTERN_LINE: usize = 72;
/// RFC 865 allows a quote of 512 characters; a long one of the program `fortune` has more.
const LONGEST_QUOTE: usize = 2048;
/// Words of a list of users, or of a refusal to give one, in lower case.
const USERS: [&[u8]; 7] =
    [b"login", b"no one logged", b"nobody", b"finger", b"user", b"no one is logged", b"idle"];

fn chargen(heard: &[u8], over: bool) -> Reading {
    if is_pattern(heard) {
        Reading::known(Recognition::of(Protocol::Chargen))
    } else if over || heard.len() >= PATTERN_LINE {
        Reading::Other
    } else {
        Reading::More
    }
}

/// A whole line of characters that follow each other.
pub(super) fn is_pattern(heard: &[u8]) -> bool {
    let follows = |pair: &[u8]| match *pair {
        [b'~', second] => second == b' ' || second == b'!',
        [first, second] => (b' '..b'~').contains(&first) && second == first + 1,
        _ => false,
    };
    heard.get(..PATTERN_LINE).is_some_and(|line| line.windows(2).all(follows))
}

fn qotd(heard: &[u8], over: bool) -> Reading {
    let printable = |byte: &u8| !byte.is_ascii_control() || b"\r\n\t\x08".contains(byte);
    let readable = std::str::from_utf8(heard).is_ok() && heard.iter().all(printable);
    let protocol = heard.starts_with(b"HTTP/") || is_pattern(heard) || identify(heard).is_some();
    match over {
        false if heard.len() <= LONGEST_QUOTE => Reading::More,
        true if readable && !protocol && heard.iter().any(u8::is_ascii_alphabetic) => {
            Reading::known(Recognition::of(Protocol::Qotd).detail(heard))
        }
        _ => Reading::Other,
    }
}

fn finger(heard: &[u8], over: bool) -> Reading {
    if !over {
        return Reading::More;
    }
    let foreign = heard.starts_with(b"HTTP/") || text::has(heard, b"<html") || heard.contains(&0);
    let lists = USERS.iter().any(|words| text::has(heard, words));
    if foreign || !lists || identify(heard).is_some() {
        return Reading::Other;
    }
    let words = text::lines(heard).find(|line| !line.is_empty()).unwrap_or_default();
    Reading::known(Recognition::of(Protocol::Finger).note(Note::NoPassword).detail(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, question, tells};

    #[test]
    fn only_finger_is_asked_and_with_an_empty_line() {
        assert_eq!(question(&CHARGEN), b"");
        assert_eq!(question(&QOTD), b"");
        assert_eq!(question(&FINGER), b"\r\n");
    }

    #[test]
    fn the_real_chargen_of_inetd_is_recognised() {
        known(&CHARGEN, &[include_bytes!("../../../fuzz/seeds/chargen/inetd")]);
        assert_eq!(tells(&CHARGEN, &[&[b'a'; 200]]), None);
    }

    #[test]
    fn a_quote_is_recognised_and_another_greeting_is_not() {
        let quote =
            b"\"When a stupid man is doing something he is ashamed of\" George Bernard Shaw\r\n";
        assert!(known(&QOTD, &[quote]).detail.is_some());
        assert_eq!(tells(&QOTD, &[b"220 (vsFTPd 3.0.3)\r\n"]), None);
    }

    #[test]
    fn a_list_of_users_is_finger() {
        // RFC 1288, 3.1.
        let list = b"\nLogin       Name               TTY Idle    When            Office\n\
                     rinehart Mark J. Rinehart      p0  1:11 Mon 12:15  019 Hill       x3166\n";
        let recognition = known(&FINGER, &[list]);
        assert!(recognition.has(Note::NoPassword));
        known(&FINGER, &[b"No one logged on\r\n"]);
    }
}
