//! The line with which SSH begins: protocol, product and version. Knows nothing of what follows.

use klinke_shared::{Protocol, Recognition};

/// The longest line with its end (RFC 4253 4.2).
const LONGEST_LINE: usize = 255;
/// A server may say other lines first (RFC 4253 4.2). Few do, and these are enough for a notice of
/// a company's lawyers.
const MOST_LINES: usize = 30;
/// How the greetings of protocols begin that speak first as well: nothing is waited for after them.
const OTHERS: [&[u8]; 6] = [b"+OK", b"* ", b"RFB ", b"HTTP/", b"<", b"@RSYNCD"];

/// How softwares call themselves, and their names as their makers write them.
const PRODUCTS: [(&str, &str); 29] = [
    ("OpenSSH_for_Windows", "OpenSSH for Windows"),
    ("OpenSSH", "OpenSSH"),
    ("dropbear", "Dropbear"),
    ("ROSSSH", "MikroTik RouterOS"),
    ("Cisco", "Cisco SSH"),
    ("HUAWEI", "Huawei VRP"),
    ("Comware", "Comware"),
    ("lancom", "LANCOM"),
    ("NetScreen", "Juniper NetScreen"),
    ("Zyxel", "Zyxel"),
    ("RomSShell", "RomSShell"),
    ("mpSSH", "HP Integrated Lights-Out mpSSH"),
    ("IPSSH", "VxWorks IPSSH"),
    ("Sun_SSH", "Sun SSH"),
    ("libssh2", "libssh2"),
    ("libssh", "libssh"),
    ("APACHE-SSHD", "Apache MINA SSHD"),
    ("SSHD-CORE", "Apache MINA SSHD"),
    ("SSHD-UNKNOWN", "Apache MINA SSHD"),
    ("mod_sftp", "ProFTPD mod_sftp"),
    ("paramiko", "Paramiko"),
    ("AsyncSSH", "AsyncSSH"),
    ("Twisted", "Twisted Conch"),
    ("Erlang", "Erlang SSH"),
    ("CrushFTPSSHD", "CrushFTP"),
    ("Serv-U", "Serv-U"),
    ("SFTPGo", "SFTPGo"),
    ("tinyssh", "TinySSH"),
    ("Go", "Go SSH"),
];
/// Bitvise puts its library's version first and itself into the comment.
const BITVISE: &str = "Bitvise SSH Server (WinSSHD) ";

/// What was found of a greeting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Greeting<'a> {
    /// Too early to say.
    More,
    /// This is not SSH.
    Other,
    /// The line without its end, and where the next message begins.
    Line(&'a [u8], usize),
}

/// Finds the line.
pub(super) fn find(heard: &[u8]) -> Greeting<'_> {
    let mut start = 0;
    for _ in 0..MOST_LINES {
        let rest = heard.get(start..).unwrap_or_default();
        let end = rest.iter().take(LONGEST_LINE).position(|byte| *byte == b'\n');
        let line = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        if !line.starts_with(b"SSH-") && !can_precede(line) {
            return Greeting::Other;
        }
        let Some(end) = end else {
            let too_long = rest.len() >= LONGEST_LINE;
            return if too_long { Greeting::Other } else { Greeting::More };
        };
        start += end + 1;
        if line.starts_with(b"SSH-") {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            return if parts(line).is_some() {
                Greeting::Line(line, start)
            } else {
                Greeting::Other
            };
        }
    }
    Greeting::Other
}

/// Whether a line (or its beginning) is text that no other protocol greets with.
fn can_precede(line: &[u8]) -> bool {
    let reply = line.len() >= 3 && line.iter().take(3).all(u8::is_ascii_digit);
    let text = |byte: &u8| matches!(byte, b'\t' | b'\r' | 0x1b | b' '..=b'~' | 0x80..);
    !reply && !OTHERS.iter().any(|other| line.starts_with(other)) && line.iter().all(text)
}

/// The protocol's version, the software, and its comment (RFC 4253 4.2).
fn parts(line: &[u8]) -> Option<(&str, &str, &str)> {
    let line = str::from_utf8(line).ok()?.strip_prefix("SSH-")?;
    let (protocol, software) = line.split_once('-')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (major, minor) = protocol.split_once('.')?;
    // Nobody speaks version 3 yet.
    (matches!(major, "1" | "2") && digits(minor)).then_some(())?;
    let (software, comment) = software.split_once(' ').unwrap_or((software, ""));
    (!software.is_empty()).then_some((protocol, software, comment))
}

/// What a complete greeting tells, whoever it was waited from.
pub(crate) fn identify(heard: &[u8]) -> Option<Recognition> {
    match find(heard) {
        Greeting::Line(line, _) => Some(recognition(line)),
        Greeting::More | Greeting::Other => None,
    }
}

/// Whether version 2 of the protocol is spoken; 1.99 says both (RFC 4253 5.1).
pub(super) fn speaks_version_2(line: &[u8]) -> bool {
    parts(line).is_some_and(|(protocol, ..)| protocol == "1.99" || protocol.starts_with("2."))
}

/// What the line tells. A protocol of version 1 shows in it.
pub(super) fn recognition(line: &[u8]) -> Recognition {
    let ssh = Recognition::of(Protocol::Ssh).detail(line);
    let Some((_, software, comment)) = parts(line) else { return ssh };
    if let Some((_, version)) = comment.split_once(BITVISE) {
        return ssh.product("Bitvise SSH Server").version(version.split(':').next().unwrap_or(""));
    }
    let (name, version) = product(software);
    ssh.product(name).version(version)
}

/// Name and version of a software; one that is not known is cut before its first number.
fn product(software: &str) -> (&str, &str) {
    let separators = ['_', '-', '/', ' '];
    let starts_with_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    for (prefix, name) in PRODUCTS {
        let Some(rest) = software.strip_prefix(prefix) else { continue };
        let version = rest.trim_start_matches(separators);
        if rest.is_empty() || starts_with_digit(version) {
            return (name, version);
        }
    }
    let cut = software.match_indices(separators).find_map(|(place, separator)| {
        let version = software.get(place + separator.len()..)?;
        Some((software.get(..place)?, version)).filter(|_| starts_with_digit(version))
    });
    // What is only a number names nothing.
    let unknown = if starts_with_digit(software) { ("", "") } else { (software, "") };
    cut.unwrap_or(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(line: &str) -> (Option<String>, Option<String>) {
        let ssh = recognition(line.as_bytes());
        assert_eq!(ssh.detail.as_deref(), Some(line));
        (ssh.product, ssh.version)
    }

    #[test]
    fn products_and_versions_are_named_as_they_say() {
        let line = |name: &str, version: &str| {
            (Some(name.to_owned()), Some(version.to_owned()).filter(|version| !version.is_empty()))
        };
        for (greeting, name, version) in [
            ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10", "OpenSSH", "9.2p1"),
            ("SSH-2.0-OpenSSH_for_Windows_8.1", "OpenSSH for Windows", "8.1"),
            ("SSH-2.0-dropbear_2022.83", "Dropbear", "2022.83"),
            ("SSH-2.0-dropbear", "Dropbear", ""),
            ("SSH-2.0-ROSSSH", "MikroTik RouterOS", ""),
            ("SSH-1.99-Cisco-1.25", "Cisco SSH", "1.25"),
            ("SSH-2.0-libssh_0.9.6", "libssh", "0.9.6"),
            ("SSH-2.0-APACHE-SSHD-2.8.0", "Apache MINA SSHD", "2.8.0"),
            ("SSH-2.0-mod_sftp/0.9.9", "ProFTPD mod_sftp", "0.9.9"),
            ("SSH-2.0-Go", "Go SSH", ""),
            ("SSH-2.0-GoodTech_7.1", "GoodTech", "7.1"),
            (
                "SSH-2.0-5.36 FlowSsh: Bitvise SSH Server (WinSSHD) 6.07: free only for personal \
              non-commercial use",
                "Bitvise SSH Server",
                "6.07",
            ),
            ("SSH-1.5-Foo_Bar-2.1", "Foo_Bar", "2.1"),
        ] {
            assert_eq!(named(greeting), line(name, version), "{greeting}");
        }
        assert_eq!(named("SSH-2.0-5.1"), (None, None));
    }

    #[test]
    fn the_line_may_come_after_others_and_end_without_a_return() {
        let line = &b"SSH-2.0-x"[..];
        assert_eq!(find(b"SSH-2.0-x\r\nrest"), Greeting::Line(line, 11));
        assert_eq!(find(b"Keep out!\r\n\r\nSSH-2.0-x\n"), Greeting::Line(line, 23));
        assert_eq!(find(b""), Greeting::More);
        assert_eq!(find(b"SSH-2.0-OpenSSH_9"), Greeting::More);
    }

    #[test]
    fn nothing_else_is_waited_for() {
        for other in [
            &b"220 ProFTPD\r\n"[..],
            b"HTTP/1.1 400 Bad Request\r\n",
            b"+OK ready\r\n",
            b"\x15\x03\x01\0\x02\x02\x28",
            b"SSH-two-x\r\n",
            b"SSH-3.0-x\r\n",
            b"SSH-2.0-\r\n",
            b"xSSH-2.0-y\r\n\0",
            b"SSH-\r\n",
            &[b'a'; LONGEST_LINE],
            &b"\n".repeat(MOST_LINES),
        ] {
            assert_eq!(find(other), Greeting::Other, "{other:?}");
        }
    }

    #[test]
    fn a_greeting_is_identified_when_it_is_complete() {
        assert_eq!(identify(b"SSH-2.0-OpenSSH_9"), None);
        let ssh = identify(b"hello\r\nSSH-1.99-Cisco-1.25\n").unwrap();
        assert_eq!(ssh.product.as_deref(), Some("Cisco SSH"));
    }

    #[test]
    fn version_1_is_told_from_version_2() {
        assert!(speaks_version_2(b"SSH-2.0-x"));
        assert!(speaks_version_2(b"SSH-1.99-x"));
        assert!(!speaks_version_2(b"SSH-1.5-x"));
    }
}
