//! How long an answer takes, learned from answers: the estimator of RFC 6298.

use std::time::Duration;

/// The time-out before anything is known (RFC 6298, 2.1).
const FIRST: Duration = Duration::from_secs(1);
/// Below this, the scheduling of a busy machine would look like loss. A question that is repeated
/// too early costs one packet and no truth: the late answer still counts.
const SHORTEST: Duration = Duration::from_millis(50);
/// Above this, waiting longer finds nothing more; late answers count anyway.
const LONGEST: Duration = Duration::from_secs(3);
/// An answer that took so many times the usual was held up by something else: a repetition by the
/// kernel, a device that woke up.
const OUTLIER: u32 = 4;
/// So many such answers in a row are no outliers: the line has changed.
const MOST_OUTLIERS: u8 = 3;

/// Smoothed round-trip time and its variation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RttEstimator {
    known: Option<(Duration, Duration)>,
    outliers: u8,
}

impl RttEstimator {
    /// An estimator that begins with what something else has measured.
    pub(super) fn starting_with(guess: Option<Duration>) -> Self {
        let mut rtt = Self::default();
        if let Some(guess) = guess {
            rtt.learn(guess);
        }
        rtt
    }

    /// Learns from the time between a question and its answer. Each attempt has a socket of its own,
    /// so there is no doubt which question was answered (Karn's problem does not arise).
    pub(super) fn learn(&mut self, sample: Duration) {
        let Some((smoothed, variation)) = self.known else {
            self.known = Some((sample, sample / 2));
            return;
        };
        if sample > self.time_out() * OUTLIER && self.outliers < MOST_OUTLIERS {
            self.outliers += 1;
            return;
        }
        self.outliers = 0;
        let difference = smoothed.abs_diff(sample);
        self.known = Some((smoothed * 7 / 8 + sample / 8, variation * 3 / 4 + difference / 4));
    }

    /// After this much silence a question counts as lost (RFC 6298, 2.3).
    pub(super) fn time_out(&self) -> Duration {
        self.known.map_or(FIRST, |(smoothed, variation)| {
            (smoothed + variation * 4).clamp(SHORTEST, LONGEST)
        })
    }

    /// The smoothed time; nothing while nothing has been answered.
    pub(super) fn smoothed(&self) -> Option<Duration> {
        self.known.map(|(smoothed, _)| smoothed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_answer_the_time_out_is_a_second() {
        assert_eq!(RttEstimator::default().time_out(), Duration::from_secs(1));
    }

    #[test]
    fn the_first_answer_sets_the_time_out_to_three_times_its_age() {
        let mut rtt = RttEstimator::default();
        rtt.learn(Duration::from_millis(200));
        assert_eq!(rtt.time_out(), Duration::from_millis(600));
        let guessed = RttEstimator::starting_with(Some(Duration::from_millis(200)));
        assert_eq!(guessed.time_out(), Duration::from_millis(600));
    }

    #[test]
    fn steady_answers_bring_the_time_out_close_to_their_age() {
        let mut rtt = RttEstimator::default();
        (0..50).for_each(|_| rtt.learn(Duration::from_millis(200)));
        assert!(rtt.time_out() < Duration::from_millis(210), "{:?}", rtt.time_out());
    }

    #[test]
    fn the_time_out_stays_within_its_bounds() {
        let mut quick = RttEstimator::default();
        quick.learn(Duration::from_micros(50));
        assert_eq!(quick.time_out(), SHORTEST);
        let mut slow = RttEstimator::default();
        slow.learn(Duration::from_secs(20));
        assert_eq!(slow.time_out(), LONGEST);
    }

    #[test]
    fn one_answer_that_was_held_up_changes_nothing() {
        let mut rtt = RttEstimator::starting_with(Some(Duration::from_millis(30)));
        let before = rtt.time_out();
        rtt.learn(Duration::from_secs(1));
        assert_eq!(rtt.time_out(), before);
    }

    #[test]
    fn a_line_that_has_become_slow_is_believed_after_some_answers() {
        let mut rtt = RttEstimator::starting_with(Some(Duration::from_millis(10)));
        (0..8).for_each(|_| rtt.learn(Duration::from_secs(2)));
        assert!(rtt.time_out() > Duration::from_secs(2), "{:?}", rtt.time_out());
    }
}
