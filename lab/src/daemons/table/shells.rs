//! Terminals and files from afar. It knows no daemon of another kind.

use super::super::service::{Version, tcp, udp};
use super::{Daemon, daemon};

pub(super) const OPENSSH: Daemon = daemon!(
    "openssh",
    ["openssh-server"],
    &[tcp(22, &["ssh"]).shows(&["OpenSSH"]).version(Version::OfPackage).notes(&["password-login"])]
);

pub(super) const OPENSSH_KEYS: Daemon = daemon!(
    "openssh-keys",
    ["openssh-server"],
    &[tcp(2222, &["ssh"]).shows(&["OpenSSH"]).version(Version::OfPackage).notes(&["key-only"])]
);

/// It asks for a name only after it knows the terminal, which takes a client that negotiates.
pub(super) const TELNETD: Daemon = daemon!(
    "telnetd",
    ["inetutils-telnetd"],
    &[tcp(23, &["telnet"]).hides(&["inetutils", "Linux telnetd"]).also(&["asks-password"])]
);

pub(super) const VSFTPD: Daemon = daemon!(
    "vsftpd",
    ["vsftpd"],
    &[tcp(21, &["ftp"])
        .shows(&["vsFTPd"])
        .version(Version::OfPackage)
        .also(&["asks-password", "password-login"])]
);

/// It shows the version of its protocol, and not its own.
pub(super) const RSYNC: Daemon =
    daemon!("rsync", ["rsync"], &[tcp(873, &["rsync"]).shows(&["rsync"]).also(&["no-password"])]);

pub(super) const TFTPD: Daemon = daemon!(
    "tftpd",
    ["tftpd-hpa"],
    &[udp(69, &["tftp"]).hides(&["tftpd-hpa"]).also(&["no-password"])]
);
