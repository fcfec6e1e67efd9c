//! SMTP: listens to the greeting, says EHLO and reads the extensions, says QUIT (RFC 5321, 3.1,
//! 4.1.1.1 and 4.1.1.10). Names no sender and no recipient, and does not log in.

use super::dialogue::{Dialogue, Turn};
use super::{reply::Reply, text};
use crate::Step;
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Smtp,
    ports: &[25, 587, 2525, 26],
    listens: true,
    begin: |_| Dialogue::open(Vec::new(), read),
};

/// A name that cannot exist (RFC 2606, 2), so it claims to be nobody.
const HELLO: &[u8] = b"EHLO klinke.invalid\r\n";
const GOODBYE: &[u8] = b"QUIT\r\n";

/// How servers name themselves in their greetings.
const NAMES: text::Names = &[
    ("Postfix", "Postfix"),
    ("Exim", "Exim"),
    ("Sendmail", "Sendmail"),
    ("OpenSMTPD", "OpenSMTPD"),
    ("Microsoft ESMTP MAIL Service", "Microsoft ESMTP MAIL Service"),
    ("Kerio Connect", "Kerio Connect"),
    ("hMailServer", "hMailServer"),
    ("MailEnable", "MailEnable"),
    ("MDaemon", "MDaemon"),
    ("SmarterMail", "SmarterMail"),
    ("Lotus Domino", "Lotus Domino"),
    ("HCL Domino", "HCL Domino"),
    ("CommuniGate Pro", "CommuniGate Pro"),
    ("Axigen", "Axigen"),
    ("Haraka", "Haraka"),
    ("Stalwart", "Stalwart"),
    ("Proxmox", "Proxmox Mail Gateway"),
    ("Courier", "Courier"),
];

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let Some(greeting) = Reply::read(heard) else {
        let early = heard.len() < 3 || matches!(heard.get(..3), Some(b"220" | b"421" | b"554"));
        return if early && !over { Turn::More } else { Turn::Other };
    };
    let text = greeting.text();
    let foreign = text::has(&text, b"ftp") && !text::has(&text, b"smtp");
    match (greeting.code, said) {
        _ if foreign => Turn::Other,
        (b"220", 0) => Turn::Say(HELLO.to_vec()),
        (b"220", _) => after_hello(of_greeting(&text), greeting.rest, said, over),
        // “No service here” and “closing”, which take the place of the greeting.
        (b"554" | b"421", _) => Turn::known(of_greeting(&text)),
        _ => Turn::Other,
    }
}

fn after_hello(recognition: Recognition, rest: &[u8], said: u8, over: bool) -> Turn {
    let Some(hello) = Reply::read(rest) else {
        return if over { Turn::known(recognition) } else { Turn::More };
    };
    if said == 1 {
        return Turn::Say(GOODBYE.to_vec());
    }
    if !over && Reply::read(hello.rest).is_none() {
        return Turn::More;
    }
    // Here nothing is encrypted yet: who offers AUTH now takes passwords that anyone can read.
    let offers = hello.lines.iter().any(|line| text::starts(line, b"AUTH"));
    Turn::known(if offers { recognition.note(Note::PasswordLogin) } else { recognition })
}

fn of_greeting(greeting: &[u8]) -> Recognition {
    text::named(Recognition::of(Protocol::Smtp), greeting, NAMES).detail(greeting)
}

/// An SMTP greeting at a port where anything might speak: one that says that it is SMTP.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let reply = Reply::read(heard)?;
    let greeting = reply.text();
    let says_so = text::has_word(&greeting, b"ESMTP") || text::has_word(&greeting, b"SMTP");
    (matches!(reply.code, b"220" | b"554") && says_so).then(|| of_greeting(&greeting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, names, tells};

    /// Postfix 3.7 of Debian 12.
    const POSTFIX: [&[u8]; 3] = [
        b"220 mail.example.org ESMTP Postfix\r\n",
        b"250-mail.example.org\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 CHUNKING\r\n",
        b"221 2.0.0 Bye\r\n",
    ];

    #[test]
    fn it_says_who_it_is_not_and_goodbye() {
        let (said, recognition) = drive(&STEP, &POSTFIX);
        assert_eq!(said, [HELLO, GOODBYE]);
        assert!(recognition.is_some());
    }

    #[test]
    fn postfix_is_recognised() {
        let recognition = known(&STEP, &POSTFIX);
        assert_eq!(names(&recognition), ("Postfix", "", "mail.example.org ESMTP Postfix"));
        assert!(recognition.notes.is_empty());
    }

    #[test]
    fn a_log_in_without_encryption_is_noted() {
        let exim = [
            &b"220 host ESMTP Exim 4.96 Mon, 23 Nov 2026 00:49:45 +0000\r\n"[..],
            b"250-host Hello klinke.invalid [192.0.2.7]\r\n250-AUTH PLAIN LOGIN\r\n250 HELP\r\n",
        ];
        let recognition = known(&STEP, &exim);
        assert_eq!((names(&recognition).0, names(&recognition).1), ("Exim", "4.96"));
        assert!(recognition.has(Note::PasswordLogin));
    }

    #[test]
    fn exchange_and_a_refusal_are_recognised() {
        let greeting = b"220 EX01 Microsoft ESMTP MAIL Service ready at Mon, 23 Nov 2026\r\n";
        let exchange = tells(&STEP, &[greeting]).unwrap();
        assert_eq!(names(&exchange).0, "Microsoft ESMTP MAIL Service");
        assert!(tells(&STEP, &[b"554 5.7.1 No SMTP service here\r\n"]).is_some());
    }

    #[test]
    fn an_ftp_server_is_not_taken_for_it() {
        assert_eq!(tells(&STEP, &[b"220 ProFTPD Server ready.\r\n"]), None);
        assert_eq!(identify(b"220 ready\r\n"), None);
        assert!(identify(b"220 mail ESMTP\r\n").is_some());
    }
}
