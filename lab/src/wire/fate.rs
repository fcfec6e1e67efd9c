//! What becomes of a frame: when it arrives, or why it does not. Pure: it knows no device, and
//! gets the time told.

use std::time::Duration;

use super::bucket::Bucket;
use super::counters::Cause;
use super::frame::{Kind, Seen};
use super::nat::Table;
use super::random::Random;
use super::settings::Settings;

/// Which way a frame goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the scanner to the target, through the router's table of connections.
    Out,
    Back,
}

/// What becomes of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    ArrivesAt(Duration),
    Dropped(Cause),
}

/// One direction of a wire.
pub(super) struct Lane {
    settings: Settings,
    random: Random,
    police: Option<Bucket>,
    nat: Option<Table>,
    /// SYNs until the other side vanishes.
    syns_left: Option<u64>,
    /// When the frame before arrives: jitter alone does not change the order.
    last: Duration,
}

impl Lane {
    pub(super) fn new(settings: Settings, direction: Direction) -> Self {
        let out = direction == Direction::Out;
        Self {
            settings,
            // Another chance in each direction, or both would lose the same frames.
            random: Random::new(settings.seed.wrapping_mul(2).wrapping_add(u64::from(out))),
            police: settings.police.map(Bucket::new),
            nat: settings.nat_entries.filter(|_| out).map(Table::new),
            syns_left: settings.vanishes_after.filter(|_| out),
            last: Duration::ZERO,
        }
    }

    /// What becomes of a frame that was sent now.
    pub(super) fn judge(&mut self, seen: Seen, now: Duration) -> Fate {
        if seen.kind == Kind::Neighbour {
            return Fate::ArrivesAt(now + self.settings.one_way);
        }
        self.obstacle(seen, now).map_or_else(|| Fate::ArrivesAt(self.arrival(now)), Fate::Dropped)
    }

    /// Whether nothing comes through any more.
    pub(super) fn has_vanished(&self) -> bool {
        self.syns_left == Some(0)
    }

    /// Lets nothing through from now on.
    pub(super) fn vanish(&mut self) {
        self.syns_left = Some(0);
    }

    fn obstacle(&mut self, seen: Seen, now: Duration) -> Option<Cause> {
        if self.has_vanished() {
            return Some(Cause::Vanished);
        }
        if let Some(left) = self.syns_left.as_mut().filter(|_| seen.kind == Kind::Syn) {
            *left -= 1;
        }
        if self.police.as_mut().is_some_and(|bucket| !bucket.takes(now)) {
            return Some(Cause::Police);
        }
        let full = |table: &mut Table| seen.flow.is_some_and(|flow| !table.admits(flow, now));
        if self.nat.as_mut().is_some_and(full) {
            return Some(Cause::NatFull);
        }
        self.random.happens(self.settings.loss).then_some(Cause::Loss)
    }

    fn arrival(&mut self, now: Duration) -> Duration {
        let Settings { one_way, jitter, reorder, .. } = self.settings;
        if self.random.happens(reorder) {
            // Half the way: it overtakes what was sent shortly before.
            return now + one_way / 2;
        }
        let jitter = if jitter.is_zero() { jitter } else { jitter.mul_f64(self.random.share()) };
        self.last = self.last.max(now + one_way + jitter);
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Direction, Fate, Lane, Settings};
    use crate::wire::frame::{Seen, made};
    use std::time::Duration;

    const SYN: u8 = 2;

    fn lane(settings: Settings) -> Lane {
        Lane::new(settings, Direction::Out)
    }

    fn fates(lane: &mut Lane, frames: u16) -> Vec<Fate> {
        let syns = (0..frames).map(|port| Seen::of(&made::tcp(SYN, port, 22)));
        syns.enumerate()
            .map(|(i, seen)| lane.judge(seen, Duration::from_millis(i as u64)))
            .collect()
    }

    #[test]
    fn a_good_wire_delays_and_does_nothing_else() {
        let arrivals = fates(&mut lane(Settings::GOOD), 3);
        let expected = [15, 16, 17].map(|at| Fate::ArrivesAt(Duration::from_millis(at)));
        assert_eq!(arrivals, expected);
    }

    #[test]
    fn jitter_keeps_the_order_and_reordering_does_not() {
        let ordered = |settings| fates(&mut lane(settings), 500).is_sorted_by_key(arrival);
        let jitter = Duration::from_millis(10);
        assert!(ordered(Settings { jitter, ..Settings::GOOD }));
        assert!(!ordered(Settings { jitter, reorder: 0.1, ..Settings::GOOD }));
    }

    fn arrival(fate: &Fate) -> Option<Duration> {
        match fate {
            Fate::ArrivesAt(at) => Some(*at),
            Fate::Dropped(_) => None,
        }
    }

    #[test]
    fn loss_takes_its_share_and_never_a_neighbour() {
        let mut lane = lane(Settings::losing(0.05));
        let lost = fates(&mut lane, 10_000);
        let lost = lost.iter().filter(|fate| **fate == Fate::Dropped(Cause::Loss)).count();
        assert!((400..600).contains(&lost), "{lost}");
        let mut deaf = Lane::new(Settings::losing(1.0), Direction::Back);
        let fate = deaf.judge(Seen::of(&made::arp()), Duration::ZERO);
        assert_eq!(fate, Fate::ArrivesAt(Settings::GOOD.one_way));
    }

    #[test]
    fn a_host_vanishes_after_so_many_syns() {
        let mut lane = lane(Settings { vanishes_after: Some(2), ..Settings::GOOD });
        let fates = fates(&mut lane, 4);
        assert!(arrival(&fates[1]).is_some());
        assert_eq!(fates[2..], [Fate::Dropped(Cause::Vanished); 2]);
        assert!(lane.has_vanished());
    }

    #[test]
    fn a_router_remembers_connections_on_the_way_out_only() {
        let settings = Settings { nat_entries: Some(1), ..Settings::GOOD };
        assert_eq!(fates(&mut lane(settings), 2)[1], Fate::Dropped(Cause::NatFull));
        let mut back = Lane::new(settings, Direction::Back);
        assert!(fates(&mut back, 9).iter().all(|fate| arrival(fate).is_some()));
    }
}
