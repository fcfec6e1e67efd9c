//! How hard a check knocks: every number that bounds it, each with its reason.

use std::time::Duration;

/// The bounds of one address's probes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How often a silent port is asked while nothing is known of the line's loss; 1 to 10. Once it
    /// is known, as often as the loss wants it.
    pub tries: u8,
    /// Packets sent per second; at least 1.
    pub per_second: u32,
    /// Attempts open at once; at least 1. Each holds a descriptor.
    pub in_flight: usize,
    /// The longest that the whole plan may take.
    pub time_limit: Duration,
    /// Whether to find out what is behind open ports.
    pub recognise: bool,
    /// How long an answer takes, where something has measured it already: the visitor's own
    /// connection.
    pub first_rtt: Option<Duration>,
    /// Decides what chance decides here, as the ports of the control questions.
    pub seed: u64,
}

impl Pace {
    /// Three tries find an open port behind 5 % loss per direction with 99.9 %.
    pub const DEFAULT_TRIES: u8 = 3;
    /// More tries only make a silent check longer.
    pub const MOST_TRIES: u8 = 10;
    /// A polite ceiling for small routers: a full office check still takes under a second of sending.
    pub const DEFAULT_PER_SECOND: u32 = 1_000;
    /// Beyond this, common routers lose packets and with them the truth.
    pub const MOST_PER_SECOND: u32 = 5_000;
    /// For a network of one's own, by raw packets, where no small router is on the way.
    pub const MOST_PER_SECOND_RAW: u32 = 50_000;
    /// Enough for 5,000 a second on a line where every answer takes 200 milliseconds. When the
    /// process runs out of descriptors, the engine slows down.
    pub const DEFAULT_IN_FLIGHT: usize = 1_024;
    /// Raw packets need no descriptor; what is open costs a few dozen bytes.
    const IN_FLIGHT_RAW: usize = 16_384;
    /// A thorough check of a silent address at the default pace takes about 200 seconds; one behind
    /// a router that lets 25 connections a second through does not end in any time that a person
    /// waits, and says so.
    pub const DEFAULT_TIME_LIMIT: Duration = Duration::from_mins(10);
}

impl Pace {
    /// Attempts open at once where they are raw packets.
    pub(super) fn in_flight_raw(&self) -> usize {
        self.in_flight.max(Self::IN_FLIGHT_RAW)
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            tries: Self::DEFAULT_TRIES,
            per_second: Self::DEFAULT_PER_SECOND,
            in_flight: Self::DEFAULT_IN_FLIGHT,
            time_limit: Self::DEFAULT_TIME_LIMIT,
            recognise: true,
            first_rtt: None,
            seed: 0,
        }
    }
}
