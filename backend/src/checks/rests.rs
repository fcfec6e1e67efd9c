//! Until when lines are left in peace: the bookkeeping of pauses. It starts nothing, and is told the time.
//!
//! A person who has shut a door wants to know now, so the pause after a check holds no recheck up, nor the
//! other way round. What bounds rechecks instead: each asks few ports at the pace of any check; then its line
//! rests from rechecks for a moment; and the doors of one report are not asked again without end. So in no
//! minute does a line get more from rechecks than a check might send to it.

use klinke_shared::{CheckId, line_of};
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;
use tokio::time::Instant;

/// After a recheck the next one of its line waits so long, or as long as a check where that is shorter:
/// nobody shuts a door in less.
const AFTER_RECHECK: Duration = Duration::from_secs(5);
/// So often the doors of one report are asked again within [`WINDOW`]: who tries something new every
/// minute is never held up.
const MOST_RECHECKS: u32 = 60;
const WINDOW: Duration = Duration::from_hours(1);

/// Who is to be left in peace.
#[derive(Debug, Default)]
pub(super) struct Rests {
    /// Until when each line has its pause after a check, and after a recheck.
    after_checks: HashMap<IpAddr, Instant>,
    after_rechecks: HashMap<IpAddr, Instant>,
    /// Of each report, when its window opened, and how many rechecks began since.
    rechecks: HashMap<CheckId, (Instant, u32)>,
}

impl Rests {
    /// How long a check of these addresses has to wait, or a recheck of that report.
    pub(super) fn left(
        &self,
        addresses: &[IpAddr],
        again_of: Option<CheckId>,
        now: Instant,
    ) -> Option<Duration> {
        let latest = |pauses: &HashMap<IpAddr, Instant>| {
            addresses.iter().filter_map(|own| pauses.get(&line_of(*own))).max().copied()
        };
        let until = match again_of {
            Some(report) => latest(&self.after_rechecks).max(self.free_at(report)),
            None => latest(&self.after_checks),
        }?;
        (now < until).then(|| until - now)
    }

    /// When the doors of a report may be asked again, if they were as often as they may.
    fn free_at(&self, report: CheckId) -> Option<Instant> {
        let (opened, count) = self.rechecks.get(&report)?;
        (*count >= MOST_RECHECKS).then(|| *opened + WINDOW)
    }

    /// A recheck of that report was admitted.
    pub(super) fn recheck_began(&mut self, report: CheckId, now: Instant) {
        self.rechecks.retain(|_, (opened, _)| now < *opened + WINDOW);
        self.rechecks.entry(report).or_insert((now, 0)).1 += 1;
    }

    /// A check of these addresses ended, or a recheck.
    pub(super) fn ended(
        &mut self,
        addresses: &[IpAddr],
        is_recheck: bool,
        cool_down: Duration,
        now: Instant,
    ) {
        let (pauses, pause) = if is_recheck {
            (&mut self.after_rechecks, cool_down.min(AFTER_RECHECK))
        } else {
            (&mut self.after_checks, cool_down)
        };
        pauses.retain(|_, until| now < *until);
        if !pause.is_zero() {
            pauses.extend(addresses.iter().map(|own| (line_of(*own), now + pause)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klinke_shared::api::MOST_ASKED_AGAIN;
    use klinke_shared::{Plan, Profile};

    const COOL_DOWN: Duration = Duration::from_secs(30);

    fn addresses(text: &str) -> Vec<IpAddr> {
        text.split(' ').map(|address| address.parse().unwrap()).collect()
    }

    fn report(number: u8) -> CheckId {
        CheckId::from_random([number; 16])
    }

    #[test]
    fn neither_a_check_nor_a_recheck_waits_for_the_pause_after_the_other() {
        let now = Instant::now();
        let mut rests = Rests::default();
        let (own, again) = (addresses("1.2.3.4 2a00:1:2:3::4"), Some(report(1)));
        rests.ended(&own, false, COOL_DOWN, now);
        assert_eq!(rests.left(&own, None, now), Some(COOL_DOWN));
        assert_eq!(rests.left(&own, again, now), None);
        let soon = now + Duration::from_secs(1);
        rests.ended(&own, true, COOL_DOWN, soon);
        let neighbour = addresses("9.9.9.9 2a00:1:2:3::99");
        assert_eq!(rests.left(&neighbour, again, soon), Some(AFTER_RECHECK));
        assert_eq!(rests.left(&addresses("9.9.9.9"), again, soon), None);
        assert_eq!(rests.left(&own, again, soon + AFTER_RECHECK), None);
        assert_eq!(rests.left(&own, None, soon), Some(Duration::from_secs(29)));
        rests.ended(&own, true, COOL_DOWN, now + COOL_DOWN);
        assert_eq!(rests.left(&own, None, now + COOL_DOWN), None);
    }

    #[test]
    fn the_rest_after_a_recheck_is_never_longer_than_after_a_check() {
        let now = Instant::now();
        for (cool_down, left) in [(2, Some(Duration::from_secs(2))), (0, None)] {
            let mut rests = Rests::default();
            rests.ended(&addresses("1.2.3.4"), true, Duration::from_secs(cool_down), now);
            assert_eq!(rests.left(&addresses("1.2.3.4"), Some(report(1)), now), left);
        }
    }

    #[test]
    fn the_doors_of_a_report_are_asked_again_so_often_in_an_hour() {
        let start = Instant::now();
        let own = addresses("1.2.3.4");
        let mut rests = Rests::default();
        let every = WINDOW / (2 * MOST_RECHECKS);
        for number in 0..MOST_RECHECKS {
            let now = start + every * number;
            assert_eq!(rests.left(&own, Some(report(1)), now), None, "{number}");
            rests.recheck_began(report(1), now);
        }
        let half = start + WINDOW / 2;
        assert_eq!(rests.left(&own, Some(report(1)), half), Some(WINDOW / 2));
        assert_eq!(rests.left(&own, Some(report(2)), half), None);
        assert_eq!(rests.left(&own, None, half), None);
        assert_eq!(rests.left(&own, Some(report(1)), start + WINDOW), None);
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let now = Instant::now();
        let mut rests = Rests::default();
        for is_recheck in [false, true] {
            rests.ended(&addresses("1.2.3.4"), is_recheck, COOL_DOWN, now);
            rests.ended(&[], is_recheck, COOL_DOWN, now + COOL_DOWN);
        }
        rests.recheck_began(report(1), now);
        rests.recheck_began(report(2), now + WINDOW);
        assert!(rests.after_checks.is_empty() && rests.after_rechecks.is_empty());
        assert_eq!(rests.rechecks.len(), 1);
    }

    #[test]
    fn a_day_of_rechecks_asks_fewer_ports_than_one_thorough_check() {
        /// The control questions of a plan, at each address.
        const CONTROLS: usize = 8;
        let hours = usize::try_from(MOST_RECHECKS).unwrap() * (MOST_ASKED_AGAIN + CONTROLS);
        assert!(hours * 24 < Plan::of_profile(Profile::Thorough).ports().len());
    }
}
