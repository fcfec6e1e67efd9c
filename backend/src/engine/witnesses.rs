//! Ports that are known to answer and can be asked again, in turn. Knows nothing of pace.

/// So many are enough: one service that falls over must not look like a ban.
const MOST: usize = 8;
/// A witness that stays silent so often while another one answers has fallen over.
const MOST_MISSES: u8 = 3;

#[derive(Debug, Clone, Copy)]
struct Witness {
    index: usize,
    accepts: bool,
    misses: u8,
}

/// The known answerers.
#[derive(Debug, Default)]
pub(super) struct Witnesses {
    known: Vec<Witness>,
    turn: usize,
}

impl Witnesses {
    /// Takes one in. One that refuses replaces one that accepts: being asked again costs it nothing,
    /// while a service that accepts writes a line into its log.
    pub(super) fn add(&mut self, index: usize, accepts: bool) {
        if self.known.iter().any(|witness| witness.index == index) {
            return;
        }
        let witness = Witness { index, accepts, misses: 0 };
        if self.known.len() < MOST {
            self.known.push(witness);
        } else if !accepts && let Some(other) = self.known.iter_mut().find(|other| other.accepts) {
            *other = witness;
        }
    }

    /// It is no witness any more.
    pub(super) fn remove(&mut self, index: usize) {
        self.known.retain(|witness| witness.index != index);
    }

    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whose turn it is.
    pub(super) fn next(&mut self) -> Option<usize> {
        self.turn = self.turn.wrapping_add(1);
        let count = self.known.len();
        (count > 0).then(|| self.known[self.turn % count].index)
    }

    /// It answered; who did not for some times in a row has fallen over.
    pub(super) fn answered(&mut self, index: usize) {
        self.known.retain_mut(|witness| {
            if witness.index == index {
                witness.misses = 0;
            }
            witness.misses < MOST_MISSES
        });
    }

    /// It did not answer.
    pub(super) fn lost(&mut self, index: usize) {
        for witness in self.known.iter_mut().filter(|witness| witness.index == index) {
            witness.misses = witness.misses.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(witnesses: &mut Witnesses) -> Vec<usize> {
        let mut seen: Vec<_> = (0..MOST).filter_map(|_| witnesses.next()).collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    #[test]
    fn everyone_has_a_turn() {
        let mut witnesses = Witnesses::default();
        for index in [4, 5, 6, 4] {
            witnesses.add(index, true);
        }
        assert_eq!(turns(&mut witnesses), [4, 5, 6]);
    }

    #[test]
    fn closed_ports_take_the_place_of_open_ones() {
        let mut witnesses = Witnesses::default();
        (0..10).for_each(|index| witnesses.add(index, true));
        (20..40).for_each(|index| witnesses.add(index, false));
        assert_eq!(turns(&mut witnesses), (20..28).collect::<Vec<_>>());
    }

    #[test]
    fn one_that_falls_over_is_left_out_while_others_answer() {
        let mut witnesses = Witnesses::default();
        for index in [1, 2] {
            witnesses.add(index, true);
        }
        (0..3).for_each(|_| witnesses.lost(1));
        witnesses.answered(2);
        assert_eq!(turns(&mut witnesses), [2]);
    }
}
