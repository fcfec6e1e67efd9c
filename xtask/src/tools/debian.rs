//! What the tests that need more than Rust take from the system: browsers, real daemons, a
//! firewall, other scanners, and daemons that are good to have and worth no sacrifice. It does not
//! know what is done with them.

use anyhow::{Result, bail};

use super::Tool;
use crate::shell;

/// Installs the packages in its arguments without starting their services.
const SCRIPT: &str = include_str!("debian.sh");

/// Packages for one purpose.
pub(super) struct DebianPackages {
    name: &'static str,
    /// Debian's package, and the program or file by which we recognise it on any system.
    packages: &'static [(&'static str, &'static str)],
}

/// What the browser journeys need.
pub(super) const JOURNEYS: DebianPackages = DebianPackages {
    name: "browsers and daemons",
    packages: &[
        ("chromium", "chromium"),
        ("firefox-esr", "firefox-esr"),
        ("webkit2gtk-driver", "WebKitWebDriver"),
        ("xvfb", "Xvfb"),
        ("poppler-utils", "pdftotext"),
        ("openssh-server", "sshd"),
        ("nginx-light", "nginx"),
        ("tinyproxy-bin", "tinyproxy"),
        ("dnsmasq-base", "dnsmasq"),
        ("redis-server", "redis-server"),
        ("nftables", "nft"),
        ("iproute2", "ip"),
    ],
};

/// What the Rust tests ask.
pub(super) const TESTS: DebianPackages = DebianPackages {
    name: "daemons that tests ask",
    packages: &[("openssh-server", "sshd"), ("dnsmasq-base", "dnsmasq")],
};

/// What the network with known truth needs.
pub(super) const LAB: DebianPackages = DebianPackages {
    name: "firewall and routes",
    packages: &[("nftables", "nft"), ("iproute2", "ip")],
};

/// What the spelling of the texts is checked with.
pub(super) const DICTIONARIES: DebianPackages = DebianPackages {
    name: "dictionaries",
    packages: &[
        ("hunspell", "hunspell"),
        ("hunspell-de-de", "/usr/share/hunspell/de_DE.dic"),
        ("hunspell-en-gb", "/usr/share/hunspell/en_GB.dic"),
    ],
};

/// What Klinke is compared with.
pub(super) const PEERS: DebianPackages = DebianPackages {
    name: "other scanners",
    packages: &[("nmap", "nmap"), ("masscan", "masscan")],
};

/// What Klinke's web side is compared with, and what asks both.
pub(super) const WEB: DebianPackages = DebianPackages {
    name: "another web server, and what asks it",
    packages: &[("nginx-light", "nginx"), ("wrk", "wrk")],
};

/// What the comparison with real daemons needs besides the daemons.
pub(super) const CERTIFICATES: DebianPackages =
    DebianPackages { name: "certificates", packages: &[("openssl", "openssl")] };

/// Installs packages for good, and says how if this system cannot.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    eprintln!("Packages: {}. Their services will not be started.", packages.join(", "));
    let mut install = shell::as_root("sh", "Installing packages")?;
    install.args(["-c", SCRIPT, "install-packages"]).args(packages);
    shell::run(&mut install, "Check the connection to the package mirror, then try again.")
}

impl DebianPackages {
    fn missing(&self) -> Vec<&'static str> {
        let absent = self.packages.iter().filter(|(_, program)| shell::find(program).is_none());
        absent.map(|(package, _)| *package).collect()
    }
}

impl Tool for DebianPackages {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn place(&self) -> Option<String> {
        let programs = self.packages.iter().map(|(_, program)| shell::find(program));
        let paths: Option<Vec<_>> =
            programs.map(|path| Some(path?.display().to_string())).collect();
        paths.map(|paths| paths.join(" "))
    }

    fn effort(&self) -> &'static str {
        "about 1 minute"
    }

    fn install(&self) -> Result<()> {
        let packages = self.missing();
        if shell::find("apt-get").is_none() {
            bail!(
                "This system has no apt-get. Install what Debian calls {} in your system's way, \
                 then try again.",
                packages.join(", ")
            );
        }
        install(&packages)
    }
}
