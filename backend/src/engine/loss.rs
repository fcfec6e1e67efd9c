//! How much the line loses at random, learned from ports that answer, and how often a silent port
//! has to be asked because of it. Knows no port and no clock.

/// The chance to miss an open port that is accepted: one in a thousand. With the usual handful of
/// open ports, one check in some hundred misses one.
const MISSED: f64 = 0.001;
/// A line that needs more than two tries loses in bursts, too, which no estimate shows: half of it.
const MISSED_ON_BAD_LINES: f64 = 0.000_5;
/// Fewer answers than this say nothing about loss.
const FEWEST: u32 = 10;
/// Loss comes in bursts; one try is never enough while there is no need to hurry.
const FEWEST_TRIES: u8 = 2;
/// At 30 % loss per direction; such a line has other worries.
const MOST_TRIES: u8 = 10;

/// What became of questions that had to be answered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Loss {
    answered: u32,
    lost: u32,
}

impl Loss {
    /// A question was answered.
    pub(super) fn answered(&mut self) {
        self.answered += 1;
    }

    /// A question to a port that answers was not answered in time.
    pub(super) fn lost(&mut self) {
        self.lost += 1;
    }

    /// The share of questions that stay without an answer, as far as one knows. It begins with what
    /// a bad line loses, as if ten answers had shown it.
    pub(super) fn share(self) -> f64 {
        const USUAL: (f64, u32) = (1.0, 10);
        (f64::from(self.lost) + USUAL.0) / f64::from(self.known() + USUAL.1)
    }

    /// The same by the rule of succession: careful while little is known.
    fn careful_share(self) -> f64 {
        f64::from(self.lost + 1) / f64::from(self.known() + 2)
    }

    /// How many tries bring the chance to miss an open port below [`MISSED`]; `unknown` while
    /// there is too little to go by.
    pub(super) fn tries(self, unknown: u8) -> u8 {
        if self.known() < FEWEST {
            return unknown;
        }
        let fewest = FEWEST_TRIES.min(unknown);
        let share = self.careful_share();
        let is_enough = |tries: &u8| {
            let accepted = if *tries <= FEWEST_TRIES { MISSED } else { MISSED_ON_BAD_LINES };
            share.powi(i32::from(*tries)) <= accepted
        };
        (fewest..MOST_TRIES).find(is_enough).unwrap_or(MOST_TRIES)
    }

    fn known(self) -> u32 {
        self.answered + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(answered: u32, lost: u32) -> Loss {
        Loss { answered, lost }
    }

    #[test]
    fn while_little_is_known_the_operators_number_counts() {
        assert_eq!(loss(3, 0).tries(3), 3);
        assert_eq!(loss(9, 0).tries(5), 5);
    }

    #[test]
    fn a_clean_line_needs_three_tries_and_after_many_answers_two() {
        assert_eq!(loss(27, 0).tries(3), 3);
        assert_eq!(loss(100, 0).tries(3), 2);
    }

    #[test]
    fn five_per_cent_loss_in_each_direction_needs_four_tries() {
        assert_eq!(loss(90, 10).tries(3), 4);
    }

    #[test]
    fn tries_stay_within_their_bounds() {
        assert_eq!(loss(10, 90).tries(3), MOST_TRIES);
        assert_eq!(loss(3000, 0).tries(1), 1);
    }
}
