//! FTP: listens to the greeting (RFC 959, 4.2 and 5.4). Sends nothing: no user name, no AUTH.

use super::{reply::Reply, text};
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Ftp,
    ports: &[21, 2121],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

/// How servers name themselves in their greetings, the more special first.
const NAMES: text::Names = &[
    ("NASFTPD Turbo station", "QNAP NASFTPD Turbo station"),
    ("ProFTPD", "ProFTPD"),
    ("vsFTPd", "vsftpd"),
    ("Pure-FTPd", "Pure-FTPd"),
    ("FileZilla Server", "FileZilla Server"),
    ("Microsoft FTP Service", "Microsoft FTP Service"),
    ("FTP server (MikroTik", "MikroTik"),
    ("FRITZ!Box", "FRITZ!Box"),
    ("DiskStation FTP server", "Synology DiskStation"),
    ("Serv-U FTP", "Serv-U"),
    ("Wing FTP Server", "Wing FTP Server"),
    ("Xlight FTP Server", "Xlight FTP Server"),
    ("Cerberus FTP Server", "Cerberus FTP Server"),
    ("CrushFTP", "CrushFTP"),
    ("Gene6 FTP Server", "Gene6 FTP Server"),
    ("Titan FTP Server", "Titan FTP Server"),
    ("WS_FTP Server", "WS_FTP Server"),
    ("WarFTPd", "WarFTPd"),
    ("pyftpdlib", "pyftpdlib"),
    ("glFTPd", "glFTPd"),
    ("bftpd", "bftpd"),
    ("SwiFTP", "SwiFTP"),
    ("VxWorks", "VxWorks"),
    ("GNU inetutils", "GNU inetutils"),
    ("wu-", "WU-FTPD"),
];

fn read(heard: &[u8], over: bool) -> Reading {
    let Some(reply) = Reply::read(heard) else {
        let early = heard.len() < 3 || heard.starts_with(b"220") || heard.starts_with(b"421");
        return if early && !over { Reading::More } else { Reading::Other };
    };
    let greeting = reply.text();
    let other = ["smtp", "VMware Authentication Daemon"];
    // 421: “service not available, closing”, where a server has enough visitors.
    if !matches!(reply.code, b"220" | b"421")
        || other.iter().any(|word| text::has(&greeting, word.as_bytes()))
    {
        return Reading::Other;
    }
    Reading::known(of_greeting(&greeting))
}

fn of_greeting(greeting: &[u8]) -> Recognition {
    text::named(Recognition::of(Protocol::Ftp), greeting, NAMES).detail(greeting)
}

/// An FTP greeting at a port where anything might speak: one that says that it is FTP.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let reply = Reply::read(heard)?;
    let greeting = reply.text();
    let says_so = text::has(&greeting, b"ftp") && !text::has(&greeting, b"smtp");
    (reply.code == b"220" && says_so).then(|| of_greeting(&greeting))
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
    fn real_greetings_are_recognised() {
        // The first is vsftpd's of Debian 12; the others are as their sources or manuals give them.
        for (greeting, product, version) in [
            (&b"220 (vsFTPd 3.0.3)\r\n"[..], "vsftpd", "3.0.3"),
            (b"220 ProFTPD 1.3.8 Server (Debian) [::ffff:127.0.0.1]\r\n", "ProFTPD", "1.3.8"),
            (b"220 Microsoft FTP Service\r\n", "Microsoft FTP Service", ""),
            (b"220-FileZilla Server 1.8.1\r\n220 Please visit us\r\n", "FileZilla Server", "1.8.1"),
            (b"220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n220-You are user \
               number 1 of 50 allowed.\r\n220 You will be disconnected.\r\n", "Pure-FTPd", ""),
            (b"220 MikroTik FTP server (MikroTik 6.48.6) ready\r\n", "MikroTik", "6.48.6"),
            (b"220 FRITZ!Box7590 FTP server ready.\r\n", "FRITZ!Box", "7590"),
            (b"220 ready\r\n", "", ""),
        ] {
            let recognition = known(&STEP, &[greeting]);
            assert_eq!((names(&recognition).0, names(&recognition).1), (product, version));
        }
    }

    #[test]
    fn a_mail_server_is_not_taken_for_it() {
        assert_eq!(tells(&STEP, &[b"220 mail.example.org ESMTP Postfix\r\n"]), None);
        assert_eq!(identify(b"220 ready\r\n"), None);
        assert!(identify(b"220 (vsFTPd 3.0.3)\r\n").is_some());
    }
}
