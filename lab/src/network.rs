//! The lab's network: the scanner here, a wire, and a firewall before a target in a namespace of
//! its own. Dropping it removes everything. It does not know who scans.

use anyhow::{Context as _, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::process::Command;
use tappers::{Interface, Tap};

use crate::firewall::Firewall;
use crate::namespace::{self, Namespace};
use crate::own_network;
use crate::target;
use crate::wire::{Counts, Settings, Wire};

/// Where the target is.
pub(crate) const TARGET: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 77, 0, 2));
pub(crate) const TARGET6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 0, 2));
/// The target's card, for scanners that ask for it.
pub(crate) const TARGET_CARD: &str = "02:00:00:00:77:02";
/// The scanner's end of the wire.
pub(crate) const SCANNER_END: &str = "wire0";

/// A network all of whose addresses are the target, for many visitors at once.
const VISITORS: &str = "10.78.0.0/16";

const TARGET_END: &str = "wire1";
const SCANNER_CARD: &str = "02:00:00:00:77:01";
const SCANNER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 77, 0, 1));
const SCANNER6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 0, 1));
/// Room for what is sent while the wire's thread waits for a processor: 0.2 s of 50,000 frames/s.
const DEVICE_QUEUE: u32 = 10_000;
/// More than any scanner asks per second.
const UNLIMITED: u32 = 10_000_000;
/// The target answers all that it is asked. Linux limits ICMP errors per peer, and besides that
/// all of them together, where the limit in IPv4's name counts for both families.
const TARGET_SETTINGS: [(&str, u32); 4] = [
    ("ipv4/icmp_ratemask", 0),
    ("ipv4/icmp_msgs_per_sec", UNLIMITED),
    ("ipv4/icmp_msgs_burst", UNLIMITED),
    ("ipv6/icmp/ratelimit", 0),
];

/// A network that stands until it is dropped.
pub(crate) struct Network {
    // In this order: the wire lets its devices go before the namespace with one of them ends.
    wire: Wire,
    _target: Namespace,
}

/// One end of the wire, and who is at the other.
struct End<'a> {
    device: &'a str,
    card: &'a str,
    addresses: [IpAddr; 2],
    other_card: &'a str,
    other_addresses: [IpAddr; 2],
}

impl Network {
    pub(crate) fn open(settings: Settings, firewall: Firewall) -> Result<Self> {
        let target = Namespace::with_inhabitant(target::SUBCOMMAND)?;
        let [ours, theirs] = [tap(SCANNER_END)?, tap(TARGET_END)?];
        ip(&format!("link set dev {TARGET_END} netns {}\n", target.id()))?;
        let scanner = End {
            device: SCANNER_END,
            card: SCANNER_CARD,
            addresses: [SCANNER, SCANNER6],
            other_card: TARGET_CARD,
            other_addresses: [TARGET, TARGET6],
        };
        ip(&scanner.commands())?;
        ip(&format!("route add {VISITORS} via {TARGET}\n"))?;
        target.feed("ip", &["-batch", "-"], &scanner.other(TARGET_END).commands())?;
        target.feed("ip", &["-batch", "-"], &format!("route add local {VISITORS} dev lo\n"))?;
        for (key, value) in TARGET_SETTINGS {
            target.set(key, value)?;
        }
        firewall.raise(&target)?;
        Ok(Self { wire: Wire::between(ours, theirs, settings)?, _target: target })
    }

    /// What the scanner sent so far, and what the target sent.
    pub(crate) fn counts(&self) -> [Counts; 2] {
        self.wire.counts()
    }
}

impl<'a> End<'a> {
    fn other(&self, device: &'a str) -> Self {
        Self {
            device,
            card: self.other_card,
            addresses: self.other_addresses,
            other_card: self.card,
            other_addresses: self.addresses,
        }
    }

    /// For `ip -batch`. Everything is known from the start: nobody looks for a neighbour, and no
    /// address waits for its uniqueness.
    fn commands(&self) -> String {
        let Self { device, card, other_card, .. } = self;
        let mut lines = vec![
            "link set dev lo up".to_owned(),
            format!("link set dev {device} address {card} txqueuelen {DEVICE_QUEUE}"),
            format!("link set dev {device} addrgenmode none up"),
        ];
        for address in self.addresses {
            let (length, dad) = if address.is_ipv4() { (24, "") } else { (64, " nodad") };
            lines.push(format!("address add {address}/{length} dev {device}{dad}"));
        }
        for address in self.other_addresses {
            let at = format!("{address} lladdr {other_card} dev {device}");
            lines.push(format!("neighbour replace {at} nud permanent"));
        }
        lines.join("\n") + "\n"
    }
}

fn tap(name: &str) -> Result<Tap> {
    own_network::require_besides(&[SCANNER_END, TARGET_END])?;
    let device = Interface::new(name).and_then(Tap::new_named);
    device.with_context(|| format!("cannot make the device {name}"))
}

fn ip(batch: &str) -> Result<()> {
    namespace::feed(Command::new("ip").args(["-batch", "-"]), batch)
}
