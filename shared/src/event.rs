//! What the server tells of a running check, in order. The page and the terminal follow the same
//! events; replaying them from the start gives the same state.

use crate::{CheckId, Observations, Ports, Profile, Report, Scope, Slowing, Texts};
use serde::Serialize;
use std::net::IpAddr;

/// One event of a check's stream. Its sequence number is the event's id in the stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Event {
    /// The check waits until there is room for it.
    Waiting {
        /// Its place in the queue; 1 is next.
        place: usize,
    },
    /// The check began.
    Started {
        /// Which check.
        id: CheckId,
        /// How much is asked.
        profile: Profile,
        /// When, in milliseconds since 1970 (UTC).
        started_ms: u64,
        /// What is asked where.
        addresses: Vec<PlannedAddress>,
    },
    /// Ports of one address were observed.
    Observed {
        /// The position of the address in `Started`.
        address: usize,
        /// What was seen since the last event.
        observations: Observations,
    },
    /// Something slows the check down, so it goes on more gently.
    Slowed {
        /// The position of the address in `Started`.
        address: usize,
        /// What it does.
        slowing: Slowing,
    },
    /// The check is over; this is its report. The last event.
    Finished {
        /// The report.
        report: Box<Report>,
    },
    /// The stream ends without a report. The last event.
    Ended {
        /// Why.
        reason: EndReason,
    },
}

impl Event {
    /// Whether no event follows.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        matches!(self, Self::Finished { .. } | Self::Ended { .. })
    }
}

/// A place in the queue in words; 1 is next.
#[must_use]
pub fn place_in_queue(place: usize, texts: &Texts) -> String {
    match place {
        0 | 1 => texts.check_waiting_next().to_owned(),
        place => texts.check_waiting(place - 1),
    }
}

/// Why a stream ends without a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// The check was forgotten, as the visitor wished.
    Forgotten,
    /// The server is being shut down; a check cannot outlive it.
    Shutdown,
    /// The visitor's connection changed: the address may be somebody else's by now.
    ConnectionChanged,
    /// Nobody followed the check when its turn came.
    NobodyWaited,
}

names! {
    /// Its name in the contract.
    EndReason::as_str {
        Forgotten = "forgotten",
        Shutdown = "shutdown",
        ConnectionChanged = "connection-changed",
        NobodyWaited = "nobody-waited",
    }
}

/// An address and what is asked there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedAddress {
    /// The address.
    pub address: IpAddr,
    /// Where it lies.
    pub scope: Scope,
    /// The ports, as a set.
    pub planned: Ports,
}
