//! The tickets with which a check began: each is good for one. Knows them until they would have expired
//! anyway.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Old entries are swept out when there are so many, and from then on whenever their number has doubled,
/// so that sweeping costs each entry the same small time.
const SWEEP_FROM: usize = 1_024;

/// Which tickets were used. Every entry stands for a check that was admitted, so the bounds of checks
/// bound it, too.
#[derive(Debug, Default)]
pub(super) struct UsedTickets(Mutex<Used>);

#[derive(Debug, Default)]
struct Used {
    /// When each expires, in seconds since 1970.
    expiry: HashMap<[u8; 16], u64>,
    sweep_at: usize,
}

impl UsedTickets {
    /// Adds a ticket; false when it was there.
    pub(super) fn add(&self, nonce: [u8; 16], expiry: u64, now: u64) -> bool {
        let mut used = self.lock();
        if used.expiry.len() >= used.sweep_at.max(SWEEP_FROM) {
            used.expiry.retain(|_, expiry| *expiry > now);
            used.sweep_at = used.expiry.len() * 2;
        }
        used.expiry.insert(nonce, expiry).is_none()
    }

    pub(super) fn contains(&self, nonce: &[u8; 16]) -> bool {
        self.lock().expiry.contains_key(nonce)
    }

    pub(super) fn remove(&self, nonce: &[u8; 16]) {
        self.lock().expiry.remove(nonce);
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound entries.
    fn lock(&self) -> MutexGuard<'_, Used> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_expired_is_forgotten_and_what_has_not_is_known() {
        let used = UsedTickets::default();
        for number in 0..10_000_u64 {
            let nonce = u128::from(number).to_be_bytes();
            assert!(used.add(nonce, number + 10, number), "{number} is new");
            assert!(!used.add(nonce, number + 10, number), "{number} is known");
        }
        assert!(used.contains(&9_995_u128.to_be_bytes()));
        assert!(used.lock().expiry.len() <= 2 * SWEEP_FROM);
    }
}
