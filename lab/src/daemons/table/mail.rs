//! Mail: sending it and fetching it. It knows no daemon of another kind.

use super::super::service::{Tls, tcp};
use super::{Daemon, daemon};

/// Whoever asks for TLS where it is offered later sees this as well.
const AFTER_STARTTLS: &[&str] = &["certificate-self-signed"];

pub(super) const POSTFIX: Daemon = daemon!(
    "postfix",
    ["postfix"],
    &[
        tcp(25, &["smtp"]).shows(&["Postfix"]).also(AFTER_STARTTLS),
        tcp(587, &["smtp"]).shows(&["Postfix"]).also(AFTER_STARTTLS),
        tcp(465, &["smtp"]).tls(Tls::Yes).shows(&["Postfix"]).notes(&["certificate-self-signed"]),
    ]
);

pub(super) const DOVECOT: Daemon = daemon!(
    "dovecot",
    ["dovecot-imapd", "dovecot-pop3d"],
    &[
        tcp(110, &["pop3"]).shows(&["Dovecot"]).also(AFTER_STARTTLS),
        // Its passwords need TLS first, unless they come from the same machine.
        tcp(143, &["imap"])
            .shows(&["Dovecot"])
            .also(&["certificate-self-signed", "password-login"]),
        tcp(993, &["imap"])
            .tls(Tls::Yes)
            .shows(&["Dovecot"])
            .notes(&["certificate-self-signed", "password-login"]),
        tcp(995, &["pop3"])
            .tls(Tls::Yes)
            .shows(&["Dovecot"])
            .notes(&["certificate-self-signed"])
            .also(&["password-login"]),
    ]
);
