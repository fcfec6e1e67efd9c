//! Which port comes next: those that are due again first, in the order of the plan, because what
//! attackers use most is at its front and should be certain first; then those that go together with
//! what was found; then the rest of the plan. Knows no time.

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

/// A port that is due, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// For the first time.
    First(usize),
    /// Once more.
    Again(usize),
}

/// The ports still to be asked, by their positions in the plan.
#[derive(Debug)]
pub(super) struct Queue {
    again: BTreeSet<usize>,
    soon: VecDeque<usize>,
    /// Those that are due again only if what is learned until then says so.
    later: BTreeSet<usize>,
    fresh: Range<usize>,
    /// Those that do not belong to the plan, and how much of it comes before them.
    guests: Range<usize>,
    guests_after: usize,
}

impl Queue {
    /// A queue of so many ports of a plan, and of guests, which have the positions behind them but
    /// come after only `after` of them.
    pub(super) fn with_guests(planned: usize, after: usize, guests: usize) -> Self {
        Self {
            again: BTreeSet::new(),
            soon: VecDeque::new(),
            later: BTreeSet::new(),
            fresh: 0..planned,
            guests: planned..planned + guests,
            guests_after: after.min(planned),
        }
    }

    /// This one has to be asked again.
    pub(super) fn again(&mut self, index: usize) {
        self.again.insert(index);
    }

    /// This one may have to be asked again, when all others have been.
    pub(super) fn later(&mut self, index: usize) {
        self.later.insert(index);
    }

    /// This one should be asked soon.
    pub(super) fn soon(&mut self, index: usize) {
        if self.fresh.contains(&index) {
            self.soon.push_back(index);
        }
    }

    /// The next one. The same may come more than once; whether it still has to be asked is known
    /// elsewhere.
    pub(super) fn next(&mut self) -> Option<Next> {
        if let Some(index) = self.again.pop_first() {
            return Some(Next::Again(index));
        }
        let guests_turn = self.fresh.start >= self.guests_after;
        let soon = self.soon.pop_front();
        soon.or_else(|| if guests_turn { self.guests.next() } else { None })
            .or_else(|| self.fresh.next())
            .map(Next::First)
            .or_else(|| self.later.pop_first().map(Next::Again))
    }

    /// Whether anything is left.
    pub(super) fn is_empty(&self) -> bool {
        self.again.is_empty()
            && self.later.is_empty()
            && self.soon.is_empty()
            && self.fresh.is_empty()
            && self.guests.is_empty()
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        *self = Self::with_guests(0, 0, 0);
    }
}
