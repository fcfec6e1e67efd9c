//! What offices have: screens, shares and printers. It knows no daemon of another kind.

use super::super::service::{Tls, Version, tcp, udp};
use super::{Daemon, daemon};

/// What the X server with VNC is made of, by `Xtigervnc -version`; both Debian 12 and 13 have it.
const XORG: Version = Version::Exactly("21.1");

pub(super) const XRDP: Daemon = daemon!(
    "xrdp",
    ["xrdp"],
    &[tcp(3389, &["rdp"])
        .tls(Tls::Inside)
        .shows(&["xrdp"])
        .notes(&["no-nla"])
        .also(&["certificate-self-signed"])]
);

pub(super) const XVNC: Daemon = daemon!(
    "xvnc",
    ["tigervnc-standalone-server"],
    &[
        tcp(5900, &["vnc"]).hides(&["TigerVNC"]).notes(&["asks-password"]),
        tcp(6000, &["x11"]).shows(&["X.Org"]).version(XORG).notes(&["no-password"]),
    ]
);

pub(super) const XVNC_OPEN: Daemon = daemon!(
    "xvnc-open",
    ["tigervnc-standalone-server"],
    &[
        tcp(5901, &["vnc"]).hides(&["TigerVNC"]).notes(&["no-password"]),
        tcp(6001, &["x11"]).shows(&["X.Org"]).version(XORG).notes(&["no-password"]),
    ]
);

pub(super) const SMBD: Daemon = daemon!(
    "smbd",
    ["samba"],
    &[
        tcp(445, &["smb"]).shows(&["Samba"]).notes(&["signing-not-required"]),
        tcp(139, &["netbios-session", "smb"]).shows(&["Samba"]).also(&["signing-not-required"]),
    ]
);

pub(super) const NMBD: Daemon =
    daemon!("nmbd", ["samba"], &[udp(137, &["netbios-name"]).shows(&["Samba"]).in_ipv4_only()]);

pub(super) const CUPS: Daemon = daemon!(
    "cups",
    ["cups-daemon"],
    &[tcp(631, &["ipp"]).shows(&["CUPS"]).version(Version::OfPackage).also(&["no-password"])]
);
