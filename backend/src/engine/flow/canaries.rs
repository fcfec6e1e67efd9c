//! What became of the last canaries: whether chance explains it, and if not, since when. Knows no
//! pace.

use super::Moment;
use std::collections::VecDeque;

/// A canary is judged together with the seven before.
const WINDOW: usize = 8;
/// Where a line loses about a quarter or more, eight lost ones in a row still come by chance. So many do
/// not, up to a share of 0.38: 0.38¹² is once in a hundred thousand.
const WINDOW_OF_A_BAD_LINE: usize = 12;
/// Canaries that are remembered, to know when it began to go wrong.
const HISTORY: usize = 64;

/// A line loses this share of questions at most, as a rule: 13 % in each direction.
const USUAL_MOST: f64 = 0.25;
/// So many more lost ones than that, counted from wherever it makes most, raise a doubt.
const DOUBTFUL: f64 = 5.0;

/// So many, and such a share of all, are enough when nothing is left to be asked.
const DOUBTFUL_AT_THE_END: usize = 3;
const DOUBTFUL_SHARE: f64 = 0.2;

/// The last canaries, oldest first: when each was sent, and whether it was answered.
#[derive(Debug, Default)]
pub(super) struct Canaries {
    /// Since when all of them were sent at the pace of now.
    begin: Moment,
    all: VecDeque<(Moment, bool)>,
    past: Vec<bool>,
}

impl Canaries {
    /// Takes in the fate of one. At a pace that is only being tried (`is_trial`), a loss may be the
    /// limit's, so nothing is learned from it about chance.
    pub(super) fn remember(&mut self, sent: Moment, answered: bool, is_trial: bool) {
        // The answer came after all.
        if let Some(known) = self.all.iter_mut().find(|known| answered && known.0 == sent) {
            known.1 = true;
            return;
        }
        self.all.push_back((sent, answered));
        let judged = self.all.len().checked_sub(WINDOW + 1);
        if let Some((_, answered)) = judged.and_then(|last| self.all.get(last))
            && !is_trial
        {
            self.past.push(*answered);
        }
        if self.all.len() > HISTORY {
            self.all.pop_front();
        }
    }

    /// Those that left the window since the last time.
    pub(super) fn past(&mut self) -> impl Iterator<Item = bool> + '_ {
        self.past.drain(..)
    }

    /// Whether so many of the last ones were lost that chance explains it less than about once in a
    /// hundred thousand windows: the tail of the binomial distribution over eight, or twelve on a bad
    /// line, for a line that loses this share at random.
    pub(super) fn is_too_much(&self, share: f64, is_trial: bool) -> bool {
        let most = match share {
            // A faster pace is only being tried; to go back costs little, and where next to nothing
            // is lost by chance, each port is asked only once.
            share if is_trial && share <= 0.05 => 1,
            share if is_trial && share <= 0.25 => 3,
            share if share <= 0.02 => 4,
            share if share <= 0.04 => 5,
            share if share <= 0.08 => 6,
            share if share <= 0.16 => 7,
            share if share <= 0.24 => 8,
            _ => return self.were_all_lost(WINDOW_OF_A_BAD_LINE),
        };
        self.latest().filter(|answered| !answered).count() >= most
    }

    pub(super) fn were_all_lost(&self, latest: usize) -> bool {
        let lost = self.all.iter().rev().take_while(|(_, answered)| !answered);
        lost.count() >= latest
    }

    /// Whether so many were lost that one should find out why: their cumulative sum (Page 1954).
    pub(super) fn are_doubtful(&self) -> bool {
        let step = |answered: bool| f64::from(u8::from(!answered)) - USUAL_MOST;
        let sum = |sum: f64, (_, answered): &(Moment, bool)| (sum + step(*answered)).max(0.0);
        self.all.iter().fold(0.0, sum) >= DOUBTFUL
    }

    /// The same when no more will come: a short plan has few of them.
    pub(super) fn are_doubtful_at_the_end(&self) -> bool {
        self.lost() >= DOUBTFUL_AT_THE_END && self.share_lost().0 >= DOUBTFUL_SHARE
    }

    /// Which share of them was lost, and how many there are.
    pub(super) fn share_lost(&self) -> (f64, i32) {
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        (
            f64::from(count(self.lost())) / f64::from(count(self.all.len().max(1))),
            count(self.all.len()),
        )
    }

    /// The last moment at which all was well, as far as canaries tell: where the last full window of
    /// answered ones begins, because a limit lets some through; or else the beginning of this pace.
    pub(super) fn last_well(&self) -> Moment {
        // A lost one is known later than an answered one that was sent after it.
        let mut all: Vec<_> = self.all.iter().copied().collect();
        all.sort_unstable_by_key(|(sent, _)| *sent);
        let clean =
            all.windows(WINDOW).rfind(|window| window.iter().all(|(_, answered)| *answered));
        clean.and_then(|window| window.first()).map_or(self.begin, |(sent, _)| *sent)
    }

    /// Whether the last ones were all answered.
    pub(super) fn all_answered(&self) -> bool {
        self.latest().all(|answered| answered)
    }

    /// Since when all of them were sent at one pace.
    pub(super) const fn begin(&self) -> Moment {
        self.begin
    }

    /// Whether each one at this pace was answered.
    pub(super) fn none_lost(&self) -> bool {
        self.lost() == 0
    }

    fn lost(&self) -> usize {
        self.all.iter().filter(|(_, answered)| !answered).count()
    }

    /// Whether there are enough to judge by.
    pub(super) fn fill_a_window(&self) -> bool {
        self.all.len() >= WINDOW
    }

    /// Forgets all: they were about another pace, and from now on there is a new one.
    pub(super) fn begin_anew(&mut self, now: Moment) {
        self.begin = now;
        self.all.clear();
    }

    /// Takes all for chance: what one learns from those that left the window, one may learn from
    /// all of them.
    pub(super) fn are_chance(&mut self) {
        self.past.extend(self.all.drain(..).map(|(_, answered)| answered));
    }

    fn latest(&self) -> impl Iterator<Item = bool> + '_ {
        self.all.iter().rev().take(WINDOW).map(|(_, answered)| *answered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost_in_a_row(count: u64) -> Canaries {
        let mut canaries = Canaries::default();
        canaries.remember(Moment::ZERO, true, false);
        for millisecond in 1..=count {
            canaries.remember(Moment::from_millis(millisecond), false, false);
        }
        canaries
    }

    #[test]
    fn on_a_bad_line_it_takes_twelve_lost_ones_in_a_row() {
        for (share, lost, too_much) in
            [(0.24, 7, false), (0.24, 8, true), (0.3, 8, false), (0.3, 11, false), (0.3, 12, true)]
        {
            assert_eq!(lost_in_a_row(lost).is_too_much(share, false), too_much, "{share}, {lost}");
        }
    }
}
