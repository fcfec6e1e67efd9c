//! The scenarios. Only data.

use std::time::Duration;

use super::{Expected, Scenario};
use crate::firewall::Firewall;
use crate::network::{TARGET, TARGET6};
use crate::port::Transport;
use crate::scanner::Method;
use crate::wire::Settings;

/// A good line to an ordinary office, and a question that takes about a second.
const OFFICE: Scenario = Scenario {
    name: "clean",
    wire: Settings::GOOD,
    firewall: Firewall::Plain,
    address: TARGET,
    transport: Transport::Tcp,
    ports: 100,
    runs: 1,
    rate: None,
    method: Method::Connect,
    descriptors: None,
    expected: Expected::Found(1.0),
    beside_others: false,
    not_yet: None,
};

/// Every port there is.
const ALL: usize = u16::MAX as usize;

pub(crate) const SCENARIOS: [Scenario; 24] = [
    OFFICE,
    Scenario { name: "clean-1000", ports: 1_000, ..OFFICE },
    Scenario { name: "ipv6", address: TARGET6, ..OFFICE },
    // Three tries miss an open port once in 10,000 times, and five runs have 80.
    Scenario { name: "loss-1", wire: Settings::losing(0.01), runs: 5, ..OFFICE },
    // Three tries miss 0.1 % of open ports: of 400, seldom one and never three.
    Scenario {
        name: "loss-5",
        wire: Settings::losing(0.05),
        runs: 25,
        expected: Expected::Found(0.995),
        ..OFFICE
    },
    Scenario {
        name: "jitter",
        wire: Settings { jitter: Duration::from_millis(40), reorder: 0.1, ..Settings::GOOD },
        runs: 3,
        ..OFFICE
    },
    Scenario { name: "openwrt-limit", firewall: Firewall::Limit, ..OFFICE },
    // Banned after about 100 probes, and the ban is over while the check still runs.
    Scenario { name: "ban", firewall: Firewall::Ban { seconds: 5 }, ports: 200, ..OFFICE },
    Scenario {
        name: "synproxy",
        firewall: Firewall::SynProxy,
        expected: Expected::Unreliable(0.9),
        ..OFFICE
    },
    // The same truth by raw packets, which need root.
    Scenario { name: "raw", method: Method::Syn, ports: 300, ..OFFICE },
    Scenario { name: "raw-ipv6", method: Method::Syn, address: TARGET6, ..OFFICE },
    // Three tries here, too: of 400, two are missed now and then, and five once in 20,000 runs of the tests.
    Scenario {
        name: "raw-loss-5",
        method: Method::Syn,
        wire: Settings::losing(0.05),
        runs: 25,
        expected: Expected::Found(0.99),
        ..OFFICE
    },
    Scenario {
        name: "raw-openwrt-limit",
        method: Method::Syn,
        firewall: Firewall::Limit,
        beside_others: true,
        ..OFFICE
    },
    Scenario {
        name: "raw-synproxy",
        method: Method::Syn,
        firewall: Firewall::SynProxy,
        expected: Expected::Unreliable(0.9),
        ..OFFICE
    },
    Scenario {
        name: "raw-rejected",
        method: Method::Syn,
        firewall: Firewall::ProhibitAll,
        ports: 2_000,
        ..OFFICE
    },
    Scenario { name: "reset-everything", firewall: Firewall::ResetAll, ..OFFICE },
    // 100,000 refusals in both families, none of which may look open.
    Scenario {
        name: "rejected",
        firewall: Firewall::ProhibitAll,
        ports: ALL,
        rate: Some(5_000),
        ..OFFICE
    },
    Scenario {
        name: "rejected-ipv6",
        firewall: Firewall::ProhibitAll,
        address: TARGET6,
        ports: 34_465,
        rate: Some(5_000),
        ..OFFICE
    },
    Scenario {
        name: "nat-1024",
        wire: Settings { nat_entries: Some(1_024), ..Settings::GOOD },
        ports: 1_000,
        // Where the table is full, Klinke may wait until entries are forgotten.
        beside_others: true,
        ..OFFICE
    },
    Scenario {
        name: "policing-200",
        wire: Settings { police: Some(200), ..Settings::GOOD },
        ports: 300,
        ..OFFICE
    },
    Scenario {
        name: "vanishes",
        wire: Settings { vanishes_after: Some(60), ..Settings::GOOD },
        expected: Expected::Found(0.0),
        // Klinke waits 150 s for a ban to end before it gives up.
        beside_others: true,
        ..OFFICE
    },
    Scenario { name: "descriptors-64", descriptors: Some(64), ports: 300, ..OFFICE },
    Scenario { name: "udp", transport: Transport::Udp, ports: 20, ..OFFICE },
    Scenario {
        name: "udp-loss-5",
        transport: Transport::Udp,
        ports: 20,
        wire: Settings::losing(0.05),
        runs: 10,
        expected: Expected::Found(0.98),
        ..OFFICE
    },
];
