//! The time of day, for reports and tickets. Whoever measures durations uses a monotonic clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 (UTC).
#[must_use]
pub fn unix_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Seconds since 1970 (UTC).
#[must_use]
pub fn unix_seconds() -> u64 {
    unix_ms() / 1_000
}
