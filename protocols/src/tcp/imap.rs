//! IMAP: listens to the greeting with its capabilities (RFC 9051, 7.1). Sends nothing.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Imap,
    ports: &[143],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

/// How servers name themselves in their greetings.
const NAMES: text::Names = &[
    ("Dovecot", "Dovecot"),
    ("Cyrus IMAP", "Cyrus IMAP"),
    ("Courier-IMAP", "Courier-IMAP"),
    ("Microsoft Exchange", "Microsoft Exchange"),
    ("Kerio Connect", "Kerio Connect"),
    ("MailEnable", "MailEnable"),
    ("MDaemon", "MDaemon"),
    ("SmarterMail", "SmarterMail"),
    ("CommuniGate Pro", "CommuniGate Pro"),
    ("Domino IMAP4", "Lotus Domino"),
    ("hMailServer", "hMailServer"),
    ("Zimbra", "Zimbra"),
    ("Stalwart", "Stalwart"),
    ("GreenMail", "GreenMail"),
];

fn read(heard: &[u8], over: bool) -> Reading {
    match text::line(heard) {
        Some(line) => greeting(line).map_or(Reading::Other, Reading::known),
        None if !over && (heard.starts_with(b"* ") || b"* ".starts_with(heard)) => Reading::More,
        None => Reading::Other,
    }
}

fn greeting(line: &[u8]) -> Option<Recognition> {
    let words = line.strip_prefix(b"* ")?;
    let known = Recognition::of(Protocol::Imap);
    let (recognition, words) = if let Some(words) = words.strip_prefix(b"OK ") {
        (known, words)
    } else if let Some(words) = words.strip_prefix(b"PREAUTH ") {
        // It takes everyone for somebody whom it knows.
        (known.note(Note::NoPassword), words)
    } else {
        (known, words.strip_prefix(b"BYE ")?)
    };
    let (recognition, text) = capabilities(recognition, words);
    Some(text::named(recognition, text, NAMES).detail(text))
}

/// The capabilities in brackets, and what stands after them. Without `LOGINDISABLED`, passwords are
/// taken at once (RFC 9051, 6.2.3).
fn capabilities(recognition: Recognition, words: &[u8]) -> (Recognition, &[u8]) {
    let Some(inside) = words.strip_prefix(b"[CAPABILITY ") else { return (recognition, words) };
    let Some(end) = inside.iter().position(|byte| *byte == b']') else {
        return (recognition, words);
    };
    let listed = text::at_most(inside, end);
    let text = inside.get(end + 1..).unwrap_or_default();
    let disabled = listed.split(|byte| *byte == b' ').any(|name| name == b"LOGINDISABLED");
    (if disabled { recognition } else { recognition.note(Note::PasswordLogin) }, text)
}

/// An IMAP greeting at a port where anything might speak.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let line = text::line(heard)?;
    let recognition = greeting(line)?;
    let says_so = text::has(line, b"imap") || recognition.product.is_some();
    says_so.then_some(recognition)
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
    fn dovecot_of_debian_without_tls_offers_a_log_in() {
        let greeting =
            b"* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ \
                         AUTH=PLAIN] Dovecot (Debian) ready.\r\n";
        let recognition = known(&STEP, &[greeting]);
        assert_eq!(names(&recognition), ("Dovecot", "", "Dovecot (Debian) ready."));
        assert!(recognition.has(Note::PasswordLogin));
    }

    #[test]
    fn a_log_in_that_waits_for_tls_and_a_version_are_seen() {
        let greeting = b"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] host Cyrus IMAP \
                         3.6.1-Debian server ready\r\n";
        let recognition = known(&STEP, &[greeting]);
        assert_eq!((names(&recognition).0, names(&recognition).1), ("Cyrus IMAP", "3.6.1-Debian"));
        assert!(recognition.notes.is_empty());
    }

    #[test]
    fn who_is_let_in_at_once_is_noted() {
        assert!(known(&STEP, &[b"* PREAUTH ready\r\n"]).has(Note::NoPassword));
        assert_eq!(identify(b"* OK hello\r\n"), None);
    }
}
