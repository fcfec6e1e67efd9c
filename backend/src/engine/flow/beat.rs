//! Uneven numbers, always the same: in step with a limit's own beat, canaries would all get through,
//! or none. Knows no pace.

use crate::engine::mixed::mixed;

/// Where in the row of numbers one is.
#[derive(Debug, Default)]
pub(super) struct Beat(u64);

impl Beat {
    /// This number or up to a quarter more or less of it, until [`Beat::next`].
    pub(super) fn about(&self, number: u32) -> u32 {
        let quarter = number / 4;
        let high = u32::try_from(self.0 >> 33).unwrap_or_default();
        number - quarter + high % (2 * quarter + 1)
    }

    /// Goes on to the next number.
    pub(super) fn next(&mut self) {
        self.0 = mixed(self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::Beat;
    use std::collections::BTreeSet;

    #[test]
    fn a_quarter_more_or_less_and_each_as_often_as_another() {
        let mut beat = Beat::default();
        let numbers: Vec<_> = (0..1_000)
            .map(|_| {
                beat.next();
                beat.about(8)
            })
            .collect();
        assert_eq!(numbers.iter().copied().collect::<BTreeSet<_>>(), (6..=10).collect());
        for number in 6..=10 {
            let count = numbers.iter().filter(|one| **one == number).count();
            assert!((150..250).contains(&count), "{number}: {count}");
        }
    }
}
