//! Ranges that may lie over each other, as steps: from here on, this value. It does not know that the
//! positions are addresses and the values names.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No range is there.
pub(super) const NOTHING: u32 = 0;

/// A number that an address is.
pub(super) trait Position: Copy + Ord {
    fn next(self) -> Option<Self>;
    fn minus(self, other: Self) -> Self;
}

macro_rules! position {
    ($number:ident) => {
        impl Position for $number {
            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn minus(self, other: Self) -> Self {
                self.saturating_sub(other)
            }
        }
    };
}

position!(u32);
position!(u128);

/// From `start` to `end`, both of them included, there is `value`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range<P> {
    pub(super) start: P,
    pub(super) end: P,
    pub(super) value: u32,
}

/// Where the value changes, and to what: 8 bytes for a step in IPv4 and 20 in IPv6. A table of the
/// whole internet has next to no gaps, so one step says what first and last address would.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Steps<P> {
    starts: Vec<P>,
    values: Vec<u32>,
}

impl<P> Default for Steps<P> {
    fn default() -> Self {
        Self { starts: Vec::new(), values: Vec::new() }
    }
}

impl<P: Position> Steps<P> {
    /// Where ranges lie over each other, the narrowest wins; of those that are equally wide, the one
    /// that starts last, and then the one that comes last.
    pub(super) fn of(mut ranges: Vec<Range<P>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        let (mut steps, mut open) = (Self::default(), BinaryHeap::new());
        for (place, range) in ranges.iter().enumerate() {
            steps.close(&mut open, Some(range.start));
            let narrow = Reverse(range.end.minus(range.start));
            open.push((narrow, place, range.end, range.value));
            steps.step(range.start, winner(&open));
        }
        steps.close(&mut open, None);
        steps.starts.shrink_to_fit();
        steps.values.shrink_to_fit();
        steps
    }

    /// The value at this position, or [`NOTHING`].
    pub(super) fn at(&self, position: P) -> u32 {
        let after = self.starts.partition_point(|start| *start <= position);
        self.values[..after].last().copied().unwrap_or(NOTHING)
    }

    /// Ends what ends before this position, or all.
    fn close(&mut self, open: &mut BinaryHeap<Open<P>>, before: Option<P>) {
        while let Some(&(_, _, end, _)) = open.peek()
            && before.is_none_or(|before| end < before)
        {
            // Wider ones that ended in the meantime come to light with it.
            while open.peek().is_some_and(|(_, _, other, _)| *other <= end) {
                open.pop();
            }
            if let Some(next) = end.next() {
                self.step(next, winner(open));
            }
        }
    }

    fn step(&mut self, start: P, value: u32) {
        if self.starts.last() == Some(&start) {
            self.starts.pop();
            self.values.pop();
        }
        if self.values.last().copied().unwrap_or(NOTHING) != value {
            self.starts.push(start);
            self.values.push(value);
        }
    }
}

/// A range that has begun, in the order of winning: how narrow it is, its place, its end and value.
type Open<P> = (Reverse<P>, usize, P, u32);

fn winner<P: Position>(open: &BinaryHeap<Open<P>>) -> u32 {
    open.peek().map_or(NOTHING, |(_, _, _, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn steps(ranges: &[(u32, u32, u32)]) -> Vec<(u32, u32)> {
        let ranges = ranges.iter().map(|&(start, end, value)| Range { start, end, value });
        let steps = Steps::of(ranges.collect());
        steps.starts.into_iter().zip(steps.values).collect()
    }

    #[test]
    fn neighbours_with_the_same_value_are_one_step_and_gaps_are_nothing() {
        assert_eq!(steps(&[]), []);
        assert_eq!(steps(&[(4, 5, 1), (0, 3, 1), (6, 7, 2)]), [(0, 1), (6, 2), (8, NOTHING)]);
        assert_eq!(steps(&[(1, 1, 1), (3, 3, 1)]), [(1, 1), (2, NOTHING), (3, 1), (4, NOTHING)]);
        assert_eq!(steps(&[(0, u32::MAX, 1)]), [(0, 1)]);
        assert_eq!(steps(&[(u32::MAX, u32::MAX, 1)]), [(u32::MAX, 1)]);
    }

    #[test]
    fn the_narrower_wins_and_of_equally_wide_ones_the_later() {
        let inner = [(0, 1), (3, 2), (5, 1), (10, NOTHING)];
        assert_eq!(steps(&[(0, 9, 1), (3, 4, 2)]), inner);
        assert_eq!(steps(&[(3, 4, 2), (0, 9, 1)]), inner);
        assert_eq!(steps(&[(0, 9, 1), (0, 9, 2)]), [(0, 2), (10, NOTHING)]);
        assert_eq!(steps(&[(5, 14, 2), (0, 9, 1)]), [(0, 1), (5, 2), (15, NOTHING)]);
        // The wider one ends while the narrower is still there.
        assert_eq!(steps(&[(0, 9, 1), (8, 12, 2)]), [(0, 1), (8, 2), (13, NOTHING)]);
    }

    proptest! {
        #[test]
        fn each_position_has_the_value_of_the_range_that_wins_there(
            ranges in vec((0..24_u32, 0..24_u32, 1..6_u32), 0..24),
            far: bool,
        ) {
            let shift = if far { u32::MAX - 40 } else { 0 };
            let ranges = ranges.into_iter().map(|(start, length, value)| {
                let start = start + shift;
                Range { start, end: start.saturating_add(length), value }
            });
            let ranges: Vec<Range<u32>> = ranges.collect();
            let steps = Steps::of(ranges.clone());
            for position in shift..=shift + 40 {
                let there = ranges.iter().enumerate();
                let there = there.filter(|(_, range)| (range.start..=range.end).contains(&position));
                let won = there.max_by_key(|(place, range)| {
                    (Reverse(range.end - range.start), range.start, *place)
                });
                let value = won.map_or(NOTHING, |(_, range)| range.value);
                prop_assert_eq!(steps.at(position), value, "{}", position);
            }
            prop_assert!(steps.values.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
