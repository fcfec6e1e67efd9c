//! One check: its events in order, and whoever follows them.

use klinke_shared::{CheckId, EndReason, Event, Report};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// A check and everything that has happened in it. Its stage follows from its events: none yet,
/// it is admitted; none that is the last, it is running; else it is finished.
#[derive(Debug)]
pub struct Check {
    /// Its name.
    pub id: CheckId,
    /// The addresses that it asks.
    pub addresses: Vec<IpAddr>,
    events: Mutex<Vec<Arc<Event>>>,
    grown: watch::Sender<usize>,
}

/// Follows the events of a check from a sequence number on.
#[derive(Debug)]
pub struct Followed {
    check: Arc<Check>,
    next: usize,
    grown: watch::Receiver<usize>,
}

impl Check {
    /// An admitted check, in which nothing has happened.
    #[must_use]
    pub fn new(id: CheckId, addresses: Vec<IpAddr>) -> Self {
        Self { id, addresses, events: Mutex::default(), grown: watch::Sender::new(0) }
    }

    /// Adds an event. After the last one nothing is added any more; false says so.
    pub fn tell(&self, event: Event) -> bool {
        let mut events = self.lock();
        if events.last().is_some_and(|last| last.is_last()) {
            return false;
        }
        events.push(Arc::new(event));
        self.grown.send_replace(events.len());
        true
    }

    /// Ends the check without a report, unless it is over already.
    pub fn end(&self, reason: EndReason) {
        self.tell(Event::Ended { reason });
    }

    /// Whether the last event has happened.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.lock().last().is_some_and(|last| last.is_last())
    }

    /// Whether the check is over and all its events are among the first `seen`.
    #[must_use]
    pub fn saw_all(&self, seen: usize) -> bool {
        self.is_over() && seen >= self.lock().len()
    }

    /// The report, once there is one.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        match self.lock().last().map(AsRef::as_ref) {
            Some(Event::Finished { report }) => Some(Report::clone(report)),
            _ => None,
        }
    }

    /// Follows the events after `seen` of them; 0 follows from the start.
    #[must_use]
    pub fn follow(self: &Arc<Self>, seen: usize) -> Followed {
        Followed { check: Arc::clone(self), next: seen, grown: self.grown.subscribe() }
    }

    /// Waits until the check is over.
    pub async fn over(self: &Arc<Self>) {
        let mut followed = self.follow(0);
        while followed.next().await.is_some() {}
    }

    fn event(&self, index: usize) -> Option<Arc<Event>> {
        self.lock().get(index).cloned()
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound events.
    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Event>>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Followed {
    /// The next event with its sequence number, from 1; nothing after the last one.
    pub async fn next(&mut self) -> Option<(usize, Arc<Event>)> {
        loop {
            if let Some(event) = self.check.event(self.next) {
                self.next += 1;
                return Some((self.next, event));
            }
            if self.check.is_over() {
                return None;
            }
            self.grown.changed().await.ok()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klinke_shared::Observations;

    fn check() -> Arc<Check> {
        Arc::new(Check::new(CheckId::from_random([1; 16]), Vec::new()))
    }

    fn observed(address: usize) -> Event {
        Event::Observed { address, observations: Observations::default() }
    }

    #[tokio::test]
    async fn who_follows_late_gets_every_event_in_order() {
        let check = check();
        check.tell(observed(0));
        check.tell(observed(1));
        check.end(EndReason::Shutdown);
        let mut followed = check.follow(0);
        let mut numbers = Vec::new();
        while let Some((number, _)) = followed.next().await {
            numbers.push(number);
        }
        assert_eq!(numbers, [1, 2, 3]);
    }

    #[tokio::test]
    async fn who_comes_back_gets_only_what_was_missed() {
        let check = check();
        check.tell(observed(0));
        check.tell(observed(1));
        let (number, event) = check.follow(1).next().await.unwrap();
        assert_eq!((number, event.as_ref()), (2, &observed(1)));
    }

    #[tokio::test]
    async fn nothing_happens_after_the_last_event() {
        let check = check();
        check.end(EndReason::Forgotten);
        assert!(!check.tell(observed(0)));
        assert_eq!(check.follow(1).next().await, None);
    }

    #[tokio::test]
    async fn who_waits_is_woken_by_the_next_event() {
        let check = check();
        let mut followed = check.follow(0);
        let (next, told) = tokio::join!(followed.next(), async { check.tell(observed(0)) });
        assert!(told);
        assert_eq!(next.unwrap().0, 1);
    }
}
