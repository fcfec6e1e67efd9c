//! What all checks share: the packets a second and the descriptors of this machine, divided fairly
//! among those that run, and the numbers that tell the operator how the engine is doing.

use super::conntrack;
use super::transport::{Fault, Outcome};
use klinke_shared::{Evidence, IpFamily, Observation, Port, Slowing, Transport};
use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{PoisonError, RwLock};

/// From here on the table of connections is nearly full, and visitors of the page need room, too.
const FULL_PER_CENT: u64 = 80;
/// Then so many times less is sent: below what Linux's default table of 262,144 entries forgets in a
/// second.
const TIGHT: u32 = 20;
/// Open attempts that every check may have, however many run, as far as there are descriptors.
const FEWEST_ATTEMPTS: usize = 24;
/// One open attempt for so many packets a second, which is a quarter of a second's: enough for the
/// answers of most lines, and a visitor costs the kernel about half a megabyte, at some 5 KiB for
/// each connection that is being made.
const ATTEMPTS_PER_PACKETS: usize = 4;

/// The engine's view of the machine that it runs on.
#[derive(Debug)]
pub struct Machine {
    per_second: u32,
    descriptors: usize,
    running: AtomicUsize,
    /// Whether this machine's own firewall is about to run out of memory for connections.
    is_tight: AtomicBool,
    /// TCP ports, by family, that this machine cannot reach anywhere: its hoster blocks them.
    blocked: RwLock<HashSet<(IpFamily, u16)>>,
    counters: Counters,
}

#[derive(Debug, Default)]
struct Counters {
    probes: AtomicU64,
    answers: AtomicU64,
    talks: AtomicU64,
    ports: AtomicU64,
    timed: AtomicU64,
    micros: AtomicU64,
    exhausted: AtomicU64,
    throttled: AtomicU64,
    banned: AtomicU64,
    shared: AtomicU64,
}

/// One number for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Its name, in the form of Prometheus.
    pub name: &'static str,
    /// What it counts.
    pub help: &'static str,
    /// How many since the start.
    pub value: u64,
}

impl Machine {
    /// Packets a second over all checks: about two thirds of what one core can send.
    pub const DEFAULT_PER_SECOND: u32 = 20_000;
    /// The most that may be set; beyond it the network card's queue is the limit.
    pub const MOST_PER_SECOND: u32 = 200_000;

    /// A machine that may send so many packets a second and hold so many descriptors for probes.
    #[must_use]
    pub fn new(per_second: u32, descriptors: usize) -> Self {
        Self {
            per_second: per_second.max(1),
            descriptors,
            running: AtomicUsize::new(0),
            is_tight: AtomicBool::new(false),
            blocked: RwLock::default(),
            counters: Counters::default(),
        }
    }

    /// Counts an address as being asked for as long as the place is kept.
    pub(super) fn enter(&self) -> Place<'_> {
        self.running.fetch_add(1, Relaxed);
        Place(self)
    }

    /// Packets a second and open attempts for each of those that run now.
    pub(super) fn share(&self) -> (u32, usize) {
        let running = self.running.load(Relaxed).max(1);
        let slower = if self.is_tight.load(Relaxed) { TIGHT } else { 1 };
        let each =
            u32::try_from(running).map_or(1, |running| self.per_second / slower / running).max(1);
        let packets = usize::try_from(each).unwrap_or(usize::MAX);
        let attempts = (packets / ATTEMPTS_PER_PACKETS).max(FEWEST_ATTEMPTS);
        (each, attempts.min(self.descriptors / running).max(1))
    }

    /// Looks whether this machine's own firewall still has room for connections, and sends much less
    /// until it has. To be called about once a second.
    pub fn look_after_itself(&self) {
        let full = conntrack::per_cent_full().unwrap_or_default();
        let is_tight = full >= FULL_PER_CENT;
        if self.is_tight.swap(is_tight, Relaxed) != is_tight {
            tracing::warn!(
                full,
                is_tight,
                "this machine's table of connections (nf_conntrack); exempt the engine with notrack"
            );
        }
    }

    /// Notes which TCP ports this machine cannot reach in each family.
    pub fn cannot_reach(&self, blocked: HashSet<(IpFamily, u16)>) {
        *self.blocked.write().unwrap_or_else(PoisonError::into_inner) = blocked;
    }

    /// Whether this machine can reach that port at an address at all.
    #[must_use]
    pub fn can_reach(&self, address: IpAddr, port: Port) -> bool {
        let blocked = self.blocked.read().unwrap_or_else(PoisonError::into_inner);
        port.transport != Transport::Tcp
            || !blocked.contains(&(IpFamily::of(address), port.number.get()))
    }

    pub(super) fn sent(&self, is_talk: bool) {
        let counter = if is_talk { &self.counters.talks } else { &self.counters.probes };
        counter.fetch_add(1, Relaxed);
    }

    pub(super) fn happened(&self, outcome: Outcome) {
        match outcome {
            Outcome::Fault(Fault::Exhausted) => &self.counters.exhausted,
            Outcome::Accepted | Outcome::Answered { .. } | Outcome::Refused => {
                &self.counters.answers
            }
            _ => return,
        }
        .fetch_add(1, Relaxed);
    }

    pub(super) fn observed(&self, observation: &Observation) {
        self.counters.ports.fetch_add(1, Relaxed);
        let (Evidence::Accepted { rtt_us }
        | Evidence::Answered { rtt_us, .. }
        | Evidence::Refused { rtt_us }) = observation.evidence
        else {
            return;
        };
        self.counters.timed.fetch_add(1, Relaxed);
        self.counters.micros.fetch_add(rtt_us.into(), Relaxed);
    }

    pub(super) fn slowed(&self, slowing: Slowing) {
        match slowing {
            Slowing::Throttled => &self.counters.throttled,
            Slowing::Banned => &self.counters.banned,
        }
        .fetch_add(1, Relaxed);
    }

    /// Counts a check that gets less than it might send, because others run.
    pub(super) fn held_back(&self) {
        self.counters.shared.fetch_add(1, Relaxed);
    }

    /// Every number.
    #[must_use]
    pub fn counts(&self) -> Vec<Count> {
        let all = &self.counters;
        let running = u64::try_from(self.running.load(Relaxed)).unwrap_or(u64::MAX);
        [
            ("klinke_addresses_running", "Addresses that are being asked now", running),
            ("klinke_probes_total", "Questions sent", all.probes.load(Relaxed)),
            ("klinke_answers_total", "Answers received in time or late", all.answers.load(Relaxed)),
            (
                "klinke_ports_total",
                "Ports observed; questions by ports are the tries",
                all.ports.load(Relaxed),
            ),
            ("klinke_round_trips_total", "Round trips measured", all.timed.load(Relaxed)),
            (
                "klinke_round_trip_microseconds_total",
                "Time of all round trips measured; by their number it is the mean",
                all.micros.load(Relaxed),
            ),
            ("klinke_talks_total", "Conversations with open ports", all.talks.load(Relaxed)),
            (
                "klinke_exhausted_total",
                "Questions put off for want of descriptors, ports or memory",
                all.exhausted.load(Relaxed),
            ),
            ("klinke_throttled_total", "Addresses behind a limit", all.throttled.load(Relaxed)),
            ("klinke_banned_total", "Addresses that banned us", all.banned.load(Relaxed)),
            (
                "klinke_held_back_total",
                "Times that an address was asked more slowly because others run",
                all.shared.load(Relaxed),
            ),
        ]
        .into_iter()
        .map(|(name, help, value)| Count { name, help, value })
        .collect()
    }
}

impl Default for Machine {
    fn default() -> Self {
        Self::new(Self::DEFAULT_PER_SECOND, usize::from(u16::MAX))
    }
}

/// An address that is being asked.
pub(super) struct Place<'a>(&'a Machine);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_is_divided_by_those_who_run() {
        let machine = Machine::new(1_000, 400);
        let first = machine.enter();
        assert_eq!(machine.share(), (1_000, 250));
        let second = machine.enter();
        assert_eq!(machine.share(), (500, 125));
        let third = (machine.enter(), machine.enter());
        assert_eq!(machine.share(), (250, 62));
        drop((first, second, third));
        assert_eq!(machine.share(), (1_000, 250));
    }

    #[test]
    fn a_port_that_is_blocked_here_is_blocked_in_its_family_and_transport_only() {
        let machine = Machine::default();
        machine.cannot_reach(HashSet::from([(IpFamily::V4, 25)]));
        let [v4, v6] = ["1.2.3.4", "2a00::1"].map(|address| address.parse().unwrap());
        let port = |transport, number| Port::new(transport, number).unwrap();
        for (address, port, reachable) in [
            (v4, port(Transport::Tcp, 25), false),
            (v6, port(Transport::Tcp, 25), true),
            (v4, port(Transport::Udp, 25), true),
            (v4, port(Transport::Tcp, 26), true),
        ] {
            assert_eq!(machine.can_reach(address, port), reachable, "{address} {port}");
        }
    }

    #[test]
    fn everyone_gets_something_however_many_run() {
        let machine = Machine::new(10, 10);
        let places: Vec<_> = (0..100).map(|_| machine.enter()).collect();
        assert_eq!(machine.share(), (1, 1));
        drop(places);
    }
}
