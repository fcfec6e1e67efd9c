//! Policing: so many packets per second may pass, the rest is dropped. Knows no frame and no clock.

use std::time::Duration;

/// How much of a second's packets may come at once: what a small router's policer commonly allows.
const BURST: f64 = 0.1;

/// A token bucket; times count from any one moment.
pub(super) struct Bucket {
    per_second: f64,
    tokens: f64,
    filled: Duration,
}

impl Bucket {
    pub(super) fn new(per_second: u32) -> Self {
        let per_second = f64::from(per_second);
        Self { per_second, tokens: per_second * BURST, filled: Duration::ZERO }
    }

    pub(super) fn takes(&mut self, now: Duration) -> bool {
        let since = now.saturating_sub(self.filled).as_secs_f64();
        self.filled = now;
        self.tokens = (self.tokens + since * self.per_second).min(self.per_second * BURST);
        let takes = self.tokens >= 1.0;
        if takes {
            self.tokens -= 1.0;
        }
        takes
    }
}

#[cfg(test)]
mod tests {
    use super::Bucket;
    use std::time::Duration;

    #[test]
    fn in_the_long_run_only_the_rate_passes() {
        let mut bucket = Bucket::new(200);
        let every_millisecond = (0..10_000).map(Duration::from_millis);
        let passed = every_millisecond.filter(|now| bucket.takes(*now)).count();
        assert!((1_990..=2_030).contains(&passed), "{passed}");
    }
}
