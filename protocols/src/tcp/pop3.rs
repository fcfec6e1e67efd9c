//! POP3: listens to the greeting (RFC 1939, 4). Sends nothing.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Pop3,
    ports: &[110],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

/// How servers name themselves in their greetings.
const NAMES: text::Names = &[
    ("Dovecot", "Dovecot"),
    ("Cyrus POP3", "Cyrus POP3"),
    ("Microsoft Exchange", "Microsoft Exchange"),
    ("Microsoft Windows POP3 Service", "Microsoft Windows POP3 Service"),
    ("Qpopper", "Qpopper"),
    ("QPOP", "Qpopper"),
    ("Kerio Connect", "Kerio Connect"),
    ("MailEnable", "MailEnable"),
    ("MDaemon", "MDaemon"),
    ("SmarterMail", "SmarterMail"),
    ("CommuniGate Pro", "CommuniGate Pro"),
    ("Lotus Notes POP3", "Lotus Domino"),
    ("Zimbra", "Zimbra"),
    ("Stalwart", "Stalwart"),
];

fn read(heard: &[u8], over: bool) -> Reading {
    let begins = |start: &[u8]| heard.starts_with(start) || start.starts_with(heard);
    match text::line(heard) {
        Some(line) => greeting(line).map_or(Reading::Other, Reading::known),
        None if !over && (begins(b"+OK") || begins(b"-ERR")) => Reading::More,
        None => Reading::Other,
    }
}

fn greeting(line: &[u8]) -> Option<Recognition> {
    let words = line.strip_prefix(b"+OK").or_else(|| line.strip_prefix(b"-ERR"))?;
    let apart = words.first().is_none_or(|next| *next == b' ');
    let recognition = Recognition::of(Protocol::Pop3);
    apart.then(|| text::named(recognition, words, NAMES).detail(words))
}

/// A POP3 greeting at a port where anything might speak: one that says so, or that carries the
/// time stamp for APOP (RFC 1939, 7).
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let line = text::line(heard)?;
    let recognition = greeting(line)?;
    let stamped = line.ends_with(b">") && text::has(line, b"<") && text::has(line, b"@");
    let says_so = text::has(line, b"pop") || recognition.product.is_some() || stamped;
    (line.starts_with(b"+OK") && says_so).then_some(recognition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question};

    #[test]
    fn nothing_is_asked() {
        assert_eq!(question(&STEP), b"");
    }

    #[test]
    fn dovecot_of_debian_is_recognised() {
        let recognition = known(&STEP, &[b"+OK Dovecot (Debian) ready.\r\n"]);
        assert_eq!(names(&recognition), ("Dovecot", "", "Dovecot (Debian) ready."));
    }

    #[test]
    fn a_version_and_the_greeting_of_rfc_1939_are_recognised() {
        let cyrus = known(&STEP, &[b"+OK host Cyrus POP3 3.6.1-Debian server ready <1@host>\r\n"]);
        assert_eq!((names(&cyrus).0, names(&cyrus).1), ("Cyrus POP3", "3.6.1-Debian"));
        assert!(identify(b"+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n").is_some());
    }

    #[test]
    fn what_merely_says_ok_is_not_taken_for_it() {
        assert_eq!(identify(b"+OK\r\n"), None);
        assert_eq!(identify(b"+OKAY pop\r\n"), None);
    }
}
