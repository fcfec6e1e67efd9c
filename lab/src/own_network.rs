//! Whether this process is in a network namespace of its own, where nobody else can be reached. It
//! makes none: whoever starts the lab does, as `cargo xtask lab` shows.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::process::Command;

/// A device, as `ip -json link` tells it.
#[derive(Deserialize)]
struct Link {
    ifname: String,
    link_type: String,
}

/// Refuses to go on in the machine's own network: the lab attacks what it finds. Our own devices
/// may be there.
pub(crate) fn require_besides(ours: &[&str]) -> Result<()> {
    let output = Command::new("ip")
        .args(["-json", "link"])
        .output()
        .context("there is no `ip`: install iproute2")?;
    let links: Vec<Link> = serde_json::from_slice(&output.stdout).context("`ip -json link`")?;
    let outside: Vec<_> = links.iter().filter(|link| leads_outside(link, ours)).collect();
    ensure!(
        outside.is_empty(),
        "this is not a network of its own: it has {}. Run `cargo xtask lab`.",
        outside.iter().map(|link| link.ifname.as_str()).collect::<Vec<_>>().join(", ")
    );
    Ok(())
}

fn leads_outside(link: &Link, ours: &[&str]) -> bool {
    link.link_type == "ether" && !ours.contains(&link.ifname.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Link, leads_outside};

    #[test]
    fn only_a_namespace_without_a_card_is_ones_own() {
        let leads = |ifname: &str, link_type: &str| {
            let link = Link { ifname: ifname.to_owned(), link_type: link_type.to_owned() };
            leads_outside(&link, &["wire0"])
        };
        assert!(leads("eth0", "ether"));
        assert!(leads("wlan0", "ether"));
        assert!(!leads("wire0", "ether"));
        assert!(!leads("lo", "loopback"));
        assert!(!leads("sit0", "sit"));
    }
}
