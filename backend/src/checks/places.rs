//! Who runs, who waits, and who has to come back later: the bookkeeping of the desk. Starts nothing, and
//! is told the time.

use super::check::Check;
use super::rests::Rests;
use super::wish::Wish;
use crate::visitor::shortened;
use klinke_shared::{CheckId, line_of};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// A check whose turn it is and that nobody has followed since it came so long ago was given up: a page
/// connects again within seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many places there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceLimits {
    /// Checks that may run at once.
    pub running: usize,
    /// Checks that may wait for a place.
    pub waiting: usize,
    /// Checks that may run or wait in one `/24` or `/48`.
    pub per_network: usize,
    /// How long a line is left in peace after a check. A recheck need not wait for it, and starts none.
    pub cool_down: Duration,
}

/// A check that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) check: Arc<Check>,
    pub(super) task: AbortHandle,
}

/// A check that waits for its turn.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) check: Arc<Check>,
    pub(super) wish: Wish,
    pub(super) since: Instant,
}

/// Whether a check may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// At once.
    Now,
    /// When others are done.
    Later,
    /// Its line is being checked, or waits for it.
    SameLine,
    /// Its line was checked a moment ago, or its report was asked again too often.
    CoolDown(Duration),
    /// Too many of its neighbours are there.
    NetworkBusy,
    /// Too many wait.
    Full,
}

/// Everybody who has a place.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) running: Vec<Running>,
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) rests: Rests,
}

impl Places {
    /// Whether there is room for a check of these addresses, or for asking doors of a report again.
    pub(super) fn room(
        &self,
        addresses: &[IpAddr],
        again_of: Option<CheckId>,
        limits: &PlaceLimits,
        now: Instant,
    ) -> Room {
        let there = |test: &dyn Fn(IpAddr, IpAddr) -> bool| {
            let shares = |check: &Check| {
                check.addresses.iter().any(|known| addresses.iter().any(|own| test(*known, *own)))
            };
            self.checks().filter(|check| shares(check)).count()
        };
        if there(&|known, own| line_of(known) == line_of(own)) > 0 {
            Room::SameLine
        } else if let Some(left) = self.rests.left(addresses, again_of, now) {
            Room::CoolDown(left)
        } else if there(&|known, own| shortened(known) == shortened(own)) >= limits.per_network {
            Room::NetworkBusy
        } else if self.running.len() < limits.running && self.waiting.is_empty() {
            Room::Now
        } else if self.waiting.len() < limits.waiting {
            Room::Later
        } else {
            Room::Full
        }
    }

    /// Takes a check that ran or waited from its place; nothing where it has none. The line of one that
    /// ran is left in peace.
    pub(super) fn leave(
        &mut self,
        id: CheckId,
        cool_down: Duration,
        now: Instant,
    ) -> Option<AbortHandle> {
        self.waiting.retain(|place| place.check.id != id);
        let place = self.running.iter().position(|place| place.check.id == id)?;
        let left = self.running.swap_remove(place);
        let is_recheck = left.check.again_of.is_some();
        self.rests.ended(&left.check.addresses, is_recheck, cool_down, now);
        Some(left.task)
    }

    /// The next check that may begin, and those before it whom nobody follows any more.
    pub(super) fn next(
        &mut self,
        limits: &PlaceLimits,
        now: Instant,
    ) -> (Vec<Arc<Check>>, Option<Waiting>) {
        let mut given_up = Vec::new();
        while self.running.len() < limits.running {
            let Some(next) = self.waiting.pop_front() else { break };
            if next.check.is_followed() || now < next.since + PATIENCE {
                return (given_up, Some(next));
            }
            given_up.push(next.check);
        }
        (given_up, None)
    }

    fn checks(&self) -> impl Iterator<Item = &Check> {
        let waiting = self.waiting.iter().map(|place| &*place.check);
        self.running.iter().map(|place| &*place.check).chain(waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klinke_shared::{Line, Profile};

    const LIMITS: PlaceLimits =
        PlaceLimits { running: 2, waiting: 2, per_network: 2, cool_down: Duration::from_secs(30) };

    fn addresses(text: &str) -> Vec<IpAddr> {
        text.split(' ').map(|address| address.parse().unwrap()).collect()
    }

    fn check(number: u8, text: &str) -> Arc<Check> {
        Arc::new(Check::new(CheckId::from_random([number; 16]), addresses(text), None))
    }

    fn running(checks: &[(u8, &str)]) -> Places {
        let task = || tokio::spawn(std::future::pending::<()>()).abort_handle();
        let place =
            |(number, text): &(u8, &str)| Running { check: check(*number, text), task: task() };
        Places { running: checks.iter().map(place).collect(), ..Places::default() }
    }

    fn waits(places: &mut Places, number: u8, text: &str, since: Instant) -> Arc<Check> {
        let check = check(number, text);
        let wish = Wish {
            addresses: Vec::new(),
            profile: Profile::Quick,
            again: None,
            first_rtt: None,
            line: Line::default(),
            consent: String::new(),
        };
        places.waiting.push_back(Waiting { check: Arc::clone(&check), wish, since });
        check
    }

    #[tokio::test]
    async fn one_line_has_one_check_and_a_network_has_few() {
        let now = Instant::now();
        let places = running(&[(1, "1.2.3.4 2a00:1:2:3::4")]);
        for (text, room) in [
            ("1.2.3.4", Room::SameLine),
            ("2a00:1:2:3::99", Room::SameLine),
            ("9.9.9.9 2a00:1:2:3::99", Room::SameLine),
            ("1.2.3.5", Room::Now),
            ("2a00:1:2:4::1", Room::Now),
        ] {
            assert_eq!(places.room(&addresses(text), None, &LIMITS, now), room, "{text}");
        }
        let two = running(&[(1, "1.2.3.4"), (2, "1.2.3.200 2a00:1:2::1")]);
        let more = PlaceLimits { running: 9, ..LIMITS };
        assert_eq!(two.room(&addresses("1.2.3.9"), None, &more, now), Room::NetworkBusy);
        assert_eq!(two.room(&addresses("1.2.4.9"), None, &more, now), Room::Now);
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_waits_and_then_is_sent_away() {
        let now = Instant::now();
        let mut places = running(&[(1, "1.0.0.1"), (2, "2.0.0.1")]);
        assert_eq!(places.room(&addresses("3.0.0.1"), None, &LIMITS, now), Room::Later);
        waits(&mut places, 3, "3.0.0.1", now);
        waits(&mut places, 4, "4.0.0.1", now);
        assert_eq!(places.room(&addresses("5.0.0.1"), None, &LIMITS, now), Room::Full);
        assert_eq!(places.room(&addresses("4.0.0.1"), None, &LIMITS, now), Room::SameLine);
    }

    #[tokio::test]
    async fn a_line_is_left_in_peace_after_a_check_that_ran() {
        let now = Instant::now();
        let mut places = running(&[(1, "1.2.3.4 2a00:1:2:3::4")]);
        waits(&mut places, 2, "2.0.0.1", now);
        assert!(places.leave(check(1, "1.2.3.4").id, LIMITS.cool_down, now).is_some());
        assert!(places.leave(check(2, "2.0.0.1").id, LIMITS.cool_down, now).is_none());
        let later = now + Duration::from_secs(10);
        let rest = Room::CoolDown(Duration::from_secs(20));
        assert_eq!(places.room(&addresses("1.2.3.4"), None, &LIMITS, later), rest);
        assert_eq!(places.room(&addresses("2a00:1:2:3::9"), None, &LIMITS, later), rest);
        assert_eq!(places.room(&addresses("2.0.0.1"), None, &LIMITS, later), Room::Now);
        let over = now + LIMITS.cool_down;
        assert_eq!(places.room(&addresses("1.2.3.4"), None, &LIMITS, over), Room::Now);
    }

    #[tokio::test]
    async fn a_recheck_takes_a_place_like_any_check_and_only_the_pause_is_another() {
        let now = Instant::now();
        let again = Some(CheckId::from_random([1; 16]));
        let mut places = running(&[(1, "1.2.3.4"), (2, "1.2.3.200")]);
        for (text, room) in
            [("1.2.3.4", Room::SameLine), ("1.2.3.9", Room::NetworkBusy), ("3.0.0.1", Room::Later)]
        {
            assert_eq!(places.room(&addresses(text), again, &LIMITS, now), room, "{text}");
        }
        places.leave(check(1, "1.2.3.4").id, LIMITS.cool_down, now);
        let rest = Room::CoolDown(LIMITS.cool_down);
        assert_eq!(places.room(&addresses("1.2.3.4"), None, &LIMITS, now), rest);
        assert_eq!(places.room(&addresses("1.2.3.4"), again, &LIMITS, now), Room::Now);
    }

    #[tokio::test]
    async fn the_next_is_who_came_first_and_still_listens() {
        let now = Instant::now();
        let mut places = running(&[(1, "1.0.0.1")]);
        let gone = waits(&mut places, 2, "2.0.0.1", now);
        let there = waits(&mut places, 3, "3.0.0.1", now);
        let _follower = there.follow(0);
        let (given_up, next) = places.next(&LIMITS, now + PATIENCE);
        assert_eq!(given_up.iter().map(|check| check.id).collect::<Vec<_>>(), [gone.id]);
        assert_eq!(next.map(|place| place.check.id), Some(there.id));
        waits(&mut places, 4, "4.0.0.1", now);
        let full = PlaceLimits { running: 1, ..LIMITS };
        assert!(places.next(&full, now).1.is_none(), "nobody's turn while all places are taken");
        assert!(places.next(&LIMITS, now).1.is_some(), "a page may need a moment to connect");
    }
}
