//! What the browser journeys need from the system: a browser and real daemons.
//! It does not know what the journeys do with them.

use anyhow::{Result, bail};

use super::Tool;
use crate::shell;

/// Debian's package, and the program by which we recognise it on any system.
const PACKAGES: [(&str, &str); 6] = [
    ("chromium", "chromium"),
    ("openssh-server", "sshd"),
    ("nginx-light", "nginx"),
    ("redis-server", "redis-server"),
    ("nftables", "nft"),
    ("iproute2", "ip"),
];

/// Installs the packages in its arguments without starting their services.
const SCRIPT: &str = include_str!("debian.sh");

/// The packages of [`PACKAGES`].
pub(super) struct DebianPackages;

fn missing() -> Vec<&'static str> {
    let absent = PACKAGES.iter().filter(|(_, program)| shell::find(program).is_none());
    absent.map(|(package, _)| *package).collect()
}

impl Tool for DebianPackages {
    fn name(&self) -> String {
        "Chromium and daemons".to_owned()
    }

    fn place(&self) -> Option<String> {
        let programs = PACKAGES.iter().map(|(_, program)| shell::find(program));
        let paths: Option<Vec<_>> =
            programs.map(|path| Some(path?.display().to_string())).collect();
        paths.map(|paths| paths.join(" "))
    }

    fn effort(&self) -> &'static str {
        "about 1 minute"
    }

    fn install(&self) -> Result<()> {
        let packages = missing();
        if shell::find("apt-get").is_none() {
            bail!(
                "This system has no apt-get. Install what Debian calls {} in your system's way, \
                 then try again.",
                packages.join(", ")
            );
        }
        eprintln!("Packages: {}. Their services will not be started.", packages.join(", "));
        let mut install = shell::as_root("sh", "Installing packages")?;
        install.args(["-c", SCRIPT, "install-packages"]).args(packages);
        shell::run(&mut install, "Check the connection to the package mirror, then try again.")
    }
}
