//! The networks and questions that scanners are compared with. Only data.

use crate::firewall::Firewall;
use crate::port::Transport;
use crate::wire::Settings;

/// One question to all scanners.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) wire: Settings,
    pub(super) firewall: Firewall,
    pub(super) transport: Transport,
    pub(super) ports: usize,
    /// Probes per second for scanners that can be told.
    pub(super) rate: u32,
}

const ROW: Row = Row {
    name: "tcp-100",
    wire: Settings::GOOD,
    firewall: Firewall::Plain,
    transport: Transport::Tcp,
    ports: 100,
    rate: 1_000,
};
const LOSS_1: Settings = Settings::losing(0.01);
const LOSS_5: Settings = Settings::losing(0.05);

pub(super) const ROWS: [Row; 10] = [
    Row { rate: 5_000, ..ROW },
    Row { name: "tcp-100-loss-1", wire: LOSS_1, rate: 5_000, ..ROW },
    Row { name: "tcp-1000-loss-1", wire: LOSS_1, ports: 1_000, ..ROW },
    Row { name: "tcp-1000-loss-1-fast", wire: LOSS_1, ports: 1_000, rate: 5_000, ..ROW },
    Row { name: "tcp-1000-loss-5-fast", wire: LOSS_5, ports: 1_000, rate: 5_000, ..ROW },
    Row { name: "tcp-65535-loss-1-fast", wire: LOSS_1, ports: 65_535, rate: 5_000, ..ROW },
    Row { name: "tcp-65535-loss-1-raw", wire: LOSS_1, ports: 65_535, rate: 20_000, ..ROW },
    Row { name: "openwrt-limit", firewall: Firewall::Limit, ports: 1_000, ..ROW },
    Row { name: "ban", firewall: Firewall::Ban { seconds: 60 }, ports: 1_000, ..ROW },
    Row { name: "udp-20-loss-5", wire: LOSS_5, transport: Transport::Udp, ports: 20, ..ROW },
];
