//! Pages that were filled and compressed once and stay the same: the start page is opened far more often
//! than anything else. Knows nothing of what is in them.

use actix_web::web::Bytes;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many pages are kept: all that are opened often, in both languages and under a few names. Whoever
/// invents names only makes it forget them.
const MOST: usize = 512;

/// Finished pages by whatever tells them apart.
#[derive(Debug, Default)]
pub struct Finished(Mutex<HashMap<String, Bytes>>);

impl Finished {
    /// The page of that key; when there is none yet, it is made and kept.
    pub(super) fn or_make<E>(
        &self,
        key: String,
        make: impl FnOnce() -> Result<Bytes, E>,
    ) -> Result<Bytes, E> {
        if let Some(page) = self.get(&key) {
            return Ok(page);
        }
        let page = make()?;
        self.keep(key, page.clone());
        Ok(page)
    }

    fn get(&self, key: &str) -> Option<Bytes> {
        self.lock().get(key).cloned()
    }

    /// Keeps a page; of too many, all are forgotten.
    fn keep(&self, key: String, page: Bytes) {
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, page);
    }

    /// No code panics while it holds the lock, so a poisoned one still holds whole pages.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Finished, MOST};
    use actix_web::web::Bytes;

    #[test]
    fn a_page_is_kept_and_there_are_never_too_many() {
        let finished = Finished::default();
        for number in 0..=MOST {
            let page = Bytes::from(number.to_string());
            finished.keep(number.to_string(), page.clone());
            assert_eq!(finished.get(&number.to_string()), Some(page));
            assert!(finished.lock().len() <= MOST);
        }
        assert_eq!(finished.get("0"), None);
    }
}
