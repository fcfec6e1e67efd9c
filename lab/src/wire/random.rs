//! Chance that can be repeated: the same seed gives the same numbers. Knows no frame.

/// Sebastiano Vigna's `SplitMix64`: one word of state, and even enough to lose frames by.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An even number from 0 up to but without 1.
    pub(crate) fn share(&mut self) -> f64 {
        /// The bits that a double holds exactly.
        const BITS: u32 = f64::MANTISSA_DIGITS;
        #[expect(clippy::cast_precision_loss, reason = "both have at most 53 bits")]
        let share = (self.next() >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64;
        share
    }

    /// True as often as `share` says.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        share > 0.0 && self.share() < share
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_seed_gives_the_same_chance() {
        let (mut one, mut two) = (Random::new(7), Random::new(7));
        assert!((0..100).all(|_| one.next() == two.next()));
        assert_ne!(Random::new(7).next(), Random::new(8).next());
    }

    #[test]
    fn five_percent_are_five_percent() {
        let mut random = Random::new(1);
        let hits = (0..100_000).filter(|_| random.happens(0.05)).count();
        assert!((4_800..5_200).contains(&hits), "{hits}");
        assert!(!random.happens(0.0));
    }
}
