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

/// The last canaries, oldest first: when each was sent, and whether it was answered.
#[derive(Debug, Default)]
pub(super) struct Canaries {
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
            // A faster pace is only being tried; to go back costs little.
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

    fn were_all_lost(&self, latest: usize) -> bool {
        let lost = self.all.iter().rev().take_while(|(_, answered)| !answered);
        lost.count() >= latest
    }

    /// Since when, as far as canaries tell: from there on, losses outweigh answers most.
    pub(super) fn onset(&self) -> Moment {
        let mut weight = 0;
        let mut heaviest = (0, Moment::MAX);
        for (sent, answered) in self.all.iter().rev() {
            weight += if *answered { -1 } else { 1 };
            if weight >= heaviest.0 {
                heaviest = (weight, *sent);
            }
        }
        heaviest.1
    }

    /// Whether the last ones were all answered.
    pub(super) fn all_answered(&self) -> bool {
        self.latest().all(|answered| answered)
    }

    /// Whether there are enough to judge by.
    pub(super) fn fill_a_window(&self) -> bool {
        self.all.len() >= WINDOW
    }

    /// Forgets all: they were about another pace.
    pub(super) fn clear(&mut self) {
        self.all.clear();
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
