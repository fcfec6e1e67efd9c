//! How a wire is, as data. It does not know how that is brought about.

use std::time::Duration;

/// What happens on the way; the same in both directions unless it says otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// How long every frame takes, so half of the round trip.
    pub(crate) one_way: Duration,
    /// At most so much longer, by chance; frames stay in order.
    pub(crate) jitter: Duration,
    /// The share of frames that get lost.
    pub(crate) loss: f64,
    /// The share of frames that overtake those before them.
    pub(crate) reorder: f64,
    /// Packets per second that pass; the rest is dropped.
    pub(crate) police: Option<u32>,
    /// Connections that the router on the way can remember.
    pub(crate) nat_entries: Option<usize>,
    /// After so many SYNs, nothing comes through any more.
    pub(crate) vanishes_after: Option<u64>,
    /// Where chance begins.
    pub(crate) seed: u64,
}

impl Settings {
    /// A good line, 30 ms there and back: what an office's line to a data centre commonly has.
    pub(crate) const GOOD: Self = Self {
        one_way: Duration::from_millis(15),
        jitter: Duration::ZERO,
        loss: 0.0,
        reorder: 0.0,
        police: None,
        nat_entries: None,
        vanishes_after: None,
        seed: 1,
    };

    pub(crate) const fn losing(loss: f64) -> Self {
        Self { loss, ..Self::GOOD }
    }

    pub(crate) const fn round_trip(&self) -> Duration {
        self.one_way.saturating_mul(2)
    }
}
