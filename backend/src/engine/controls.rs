//! Control questions: high ports at which nothing can be expected to listen. Where they are open,
//! something on the way (a SYN proxy, a tarpit) answers for every port. Pure: chance comes in as a
//! seed.

use super::mixed::mixed;
use klinke_shared::{Controls, Plan, Port, Transport};

/// So many control ports; that a computer has half of them open by chance is out of the question.
const COUNT: usize = 8;
/// They are asked after so many ports of the plan: what attackers use most must not wait for them,
/// and small limits (`OpenWrt` lets 50 connections through at once) are not wasted on them.
pub(super) const AFTER: usize = 64;
/// From here on; below are registered services and what systems hand out first (RFC 6335, 6).
const FIRST: u64 = 49_152;
const PORTS: u64 = 65_536 - FIRST;
/// A plan that has nearly every port is its own control.
const WHOLE: usize = 50_000;

/// Counts how the control questions are answered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ControlCount {
    total: Controls,
    settled: u8,
}

impl ControlCount {
    pub(super) fn of(count: usize) -> Self {
        let asked = u8::try_from(count).unwrap_or(u8::MAX);
        Self { total: Controls { asked, open: 0 }, settled: 0 }
    }

    /// Takes in what one of them said; the total when that was the last.
    pub(super) fn settle(&mut self, open: bool) -> Option<Controls> {
        self.settled += 1;
        self.total.open += u8::from(open);
        (self.settled == self.total.asked).then_some(self.total)
    }
}

/// The control ports for a plan with TCP ports; none of them is in it.
pub(super) fn ports(plan: &Plan, seed: u64) -> Vec<Port> {
    let asks_tcp = plan.ports().iter().any(|port| port.transport == Transport::Tcp);
    if !asks_tcp || plan.ports().len() >= WHOLE {
        return Vec::new();
    }
    let planned: std::collections::HashSet<_> = plan.ports().iter().copied().collect();
    let mut chosen = Vec::with_capacity(COUNT);
    let mut state = seed;
    while chosen.len() < COUNT {
        state = mixed(state);
        let number = u16::try_from(FIRST + (state >> 32) % PORTS).ok();
        let port = number.and_then(|number| Port::new(Transport::Tcp, number));
        chosen.extend(port.filter(|port| !planned.contains(port) && !chosen.contains(port)));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(ports: std::ops::RangeInclusive<u16>) -> Plan {
        Plan::of_ports(ports.filter_map(|number| Port::new(Transport::Tcp, number)))
    }

    #[test]
    fn controls_are_eight_high_ports_outside_the_plan_and_follow_the_seed() {
        let planned = plan(49_152..=60_000);
        let chosen = ports(&planned, 7);
        assert_eq!(chosen.len(), COUNT);
        assert!(chosen.iter().all(|port| port.number.get() > 60_000));
        assert_eq!(chosen, ports(&planned, 7));
        assert_ne!(chosen, ports(&planned, 8));
    }

    #[test]
    fn a_whole_plan_and_one_without_tcp_have_none() {
        assert!(ports(&plan(1..=u16::MAX), 1).is_empty());
        let udp = Plan::of_ports(Port::new(Transport::Udp, 53));
        assert!(ports(&udp, 1).is_empty());
    }
}
