//! The ground on which the daemons stand: a network of its own, with loopback and a card that has
//! the lab's addresses. The card has a broadcast address, without which Samba tells no names; what
//! is sent to it stays here. It knows no daemon.

use anyhow::{Context as _, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::process::Command;

use crate::{namespace, own_network};

/// The same as the target's behind the lab's wire.
pub(super) const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 77, 0, 2));
pub(super) const ADDRESS6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 0, 2));

const CARD: &str = "office0";

/// Refuses the machine's own network, and puts the addresses into this one.
pub(super) fn prepare() -> Result<()> {
    own_network::require_besides(&[CARD])?;
    let mut lines = vec!["link set dev lo up".to_owned()];
    if !Path::new("/sys/class/net").join(CARD).exists() {
        lines.push(format!("tuntap add dev {CARD} mode tap"));
    }
    lines.push(format!("link set dev {CARD} up"));
    lines.push(format!("address replace {ADDRESS}/24 broadcast + dev {CARD}"));
    // Nobody else is there who could have the address already.
    lines.push(format!("address replace {ADDRESS6}/64 dev {CARD} nodad"));
    let mut ip = Command::new("ip");
    ip.args(["-batch", "-"]);
    namespace::feed(&mut ip, &(lines.join("\n") + "\n")).context("no addresses")
}
