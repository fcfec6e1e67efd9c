//! Much is lost: by chance, or by a limit? Canaries at a gentle pace tell, for which a limit has no
//! reason to drop anything. Knows no port.

use super::canaries::Canaries;
use super::{GENTLE, Moment};
use std::time::Duration;

/// A limit that has just dropped something lets through what comes after this.
const BREATH: Duration = Duration::from_millis(200);
/// So many canaries always tell one from the other.
const MOST: i32 = 64;
/// Where a limit drops, a gentle pace loses at most this part of what was lost before: of lines that
/// lose 10 % by chance, and seemed to lose 30 % before, one in ninety looks so.
const PART: f64 = 0.1;
/// While all are answered, fewer do, as soon as chance explains it less often than this.
const UNLIKELY: f64 = 0.000_000_1;
/// If the first ones are all lost, nothing comes through; or so many in a row, later.
const FIRST_LOST: i32 = 5;
const LOST_IN_A_ROW: usize = 12;

/// A doubt that is being cleared up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Doubt {
    /// Since when canaries are sent because of it.
    pub(super) since: Moment,
    /// When the doubtful pace began.
    pub(super) began: Moment,
    /// What it lost.
    share: f64,
    next: Moment,
}

/// What came of a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A limit drops what is too fast.
    Limit,
    /// The line loses much.
    BadLine,
    /// Nothing comes through at all.
    Silence,
}

impl Doubt {
    /// A doubt about what these canaries show; from now on, they are about the gentle pace.
    pub(super) fn about(canaries: &mut Canaries, now: Moment) -> Self {
        let (share, _) = canaries.share_lost();
        let began = canaries.begin();
        canaries.begin_anew(now);
        Self { since: now, began, share, next: now + BREATH }
    }

    /// When the next canary is due.
    pub(super) const fn next(&self) -> Moment {
        self.next
    }

    /// Whether one is due; if so, the next one is due later.
    pub(super) fn is_due(&mut self, now: Moment) -> bool {
        let is_due = now >= self.next;
        if is_due {
            self.next = now + Duration::from_secs(1) / GENTLE;
        }
        is_due
    }

    /// The verdict, once there are enough canaries for one.
    pub(super) fn verdict(&self, canaries: &Canaries) -> Option<Verdict> {
        let (share, asked) = canaries.share_lost();
        if share >= 1.0 && asked >= FIRST_LOST || canaries.were_all_lost(LOST_IN_A_ROW) {
            return Some(Verdict::Silence);
        }
        let may_lose = self.share * PART * f64::from(MOST);
        let is_bad = share * f64::from(asked) > may_lose;
        if is_bad && (asked >= MOST || !canaries.were_all_lost(1)) {
            return Some(Verdict::BadLine);
        }
        let is_clean = canaries.none_lost() && (1.0 - self.share).powi(asked) < UNLIKELY;
        (is_clean || asked >= MOST).then_some(Verdict::Limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict on a pace that lost every other one, after these fates at the gentle one.
    fn verdict(fates: impl IntoIterator<Item = bool>) -> (Option<Verdict>, usize) {
        let mut canaries = Canaries::default();
        let at = |number: usize| Moment::from_millis(u64::try_from(number).unwrap());
        (0..16).for_each(|number| canaries.remember(at(number), number % 2 == 0, false));
        let doubt = Doubt::about(&mut canaries, at(16));
        for (number, answered) in fates.into_iter().enumerate() {
            canaries.remember(at(17 + number), answered, false);
            let verdict = doubt.verdict(&canaries);
            if verdict.is_some() {
                return (verdict, number + 1);
            }
        }
        (None, 0)
    }

    #[test]
    fn where_nothing_is_lost_any_more_it_was_a_limit_and_few_questions_show_it() {
        assert_eq!(verdict([true; 100]), (Some(Verdict::Limit), 24));
    }

    #[test]
    fn where_hardly_anything_is_lost_it_was_a_limit_too() {
        let one_in_thirty = (0..100).map(|number| number % 30 != 3);
        assert_eq!(verdict(one_in_thirty), (Some(Verdict::Limit), 64));
    }

    #[test]
    fn where_as_much_is_lost_the_line_is_bad_and_that_shows_soon() {
        let one_in_four = (0..100).map(|number| number % 4 != 3);
        assert_eq!(verdict(one_in_four), (Some(Verdict::BadLine), 17));
    }

    #[test]
    fn where_nothing_comes_through_nobody_waits_for_all_of_them() {
        assert_eq!(verdict([false; 100]), (Some(Verdict::Silence), 5));
        let from_then_on = (0..100).map(|number| number < 3);
        assert_eq!(verdict(from_then_on), (Some(Verdict::Silence), 15));
    }
}
