//! Where checks and their reports are kept until they expire. In memory for now: a restart forgets
//! them all, which is also the shortest way to keep a promise. Knows nothing of what it keeps.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// Keeps values by key until their time is over, and never more than a number of them.
#[derive(Debug)]
pub struct Store<K, V> {
    most: usize,
    kept: Mutex<HashMap<K, Kept<V>>>,
}

#[derive(Debug)]
struct Kept<V> {
    value: V,
    since: Instant,
    until: Option<Instant>,
}

impl<K: Eq + Hash + Copy, V: Clone> Store<K, V> {
    /// An empty store that keeps at most that many values.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, kept: Mutex::new(HashMap::new()) }
    }

    /// Keeps a value without an end, until [`Store::expire_at`] sets one. When the store is full,
    /// the oldest value that has an end goes first.
    pub fn keep(&self, key: K, value: V) {
        let mut kept = self.lock();
        if kept.len() >= self.most {
            let oldest = kept
                .iter()
                .filter(|(_, entry)| entry.until.is_some())
                .min_by_key(|(_, entry)| entry.since);
            if let Some(key) = oldest.map(|(key, _)| *key) {
                kept.remove(&key);
            }
        }
        kept.insert(key, Kept { value, since: Instant::now(), until: None });
    }

    /// Sets when a value expires.
    pub fn expire_at(&self, key: K, until: Instant) {
        if let Some(entry) = self.lock().get_mut(&key) {
            entry.until = Some(until);
        }
    }

    /// The value, unless it is unknown or its time is over.
    #[must_use]
    pub fn get(&self, key: K) -> Option<V> {
        let mut kept = self.lock();
        let over = kept.get(&key)?.until.is_some_and(|until| Instant::now() >= until);
        if over {
            kept.remove(&key);
        }
        kept.get(&key).map(|entry| entry.value.clone())
    }

    /// Takes a value out.
    pub fn remove(&self, key: K) -> Option<V> {
        self.lock().remove(&key).map(|entry| entry.value)
    }

    /// Drops every value whose time is over.
    pub fn sweep(&self) {
        let now = Instant::now();
        self.lock().retain(|_, entry| entry.until.is_none_or(|until| now < until));
    }

    /// Every value that is kept.
    #[must_use]
    pub fn all(&self) -> Vec<V> {
        self.lock().values().map(|entry| entry.value.clone()).collect()
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound values.
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Kept<V>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn a_value_is_gone_when_its_time_is_over() {
        let store = Store::new(10);
        store.keep(1, "report");
        store.expire_at(1, Instant::now() + Duration::from_mins(1));
        tokio::time::advance(Duration::from_secs(59)).await;
        assert_eq!(store.get(1), Some("report"));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(store.get(1), None);
    }

    #[tokio::test(start_paused = true)]
    async fn sweeping_drops_what_is_over_and_keeps_what_has_no_end() {
        let store = Store::new(10);
        store.keep(1, "finished");
        store.keep(2, "running");
        store.expire_at(1, Instant::now());
        store.sweep();
        assert_eq!(store.all(), ["running"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_store_drops_the_oldest_finished_value() {
        let store = Store::new(2);
        for key in [1, 2, 3] {
            store.keep(key, key);
            store.expire_at(key, Instant::now() + Duration::from_mins(1));
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        assert_eq!((store.get(1), store.get(2), store.get(3)), (None, Some(2), Some(3)));
    }
}
