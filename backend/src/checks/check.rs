//! One check: its events in order, and whoever follows them.

use klinke_shared::{CheckId, EndReason, Event, Report, line_of};
use std::net::IpAddr;
use std::sync::atomic::AtomicU64;
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
    /// The check whose doors it asks again; nothing for one of its own.
    pub again_of: Option<CheckId>,
    /// How many questions it has sent, and conversations begun.
    pub sent: Arc<AtomicU64>,
    events: Mutex<Events>,
    grown: watch::Sender<usize>,
}

/// Events with their sequence numbers, from 1, ascending.
#[derive(Debug, Default)]
struct Events {
    told: Vec<(usize, Arc<Event>)>,
    numbers: usize,
    over: bool,
}

/// Follows the events of a check from a sequence number on.
#[derive(Debug)]
pub struct Followed {
    check: Arc<Check>,
    seen: usize,
    grown: watch::Receiver<usize>,
}

impl Check {
    /// An admitted check, in which nothing has happened.
    #[must_use]
    pub fn new(id: CheckId, addresses: Vec<IpAddr>, again_of: Option<CheckId>) -> Self {
        Self {
            id,
            addresses,
            again_of,
            sent: Arc::default(),
            events: Mutex::default(),
            grown: watch::Sender::new(0),
        }
    }

    /// Adds an event. After the last one nothing is added any more; false says so. A new place in the
    /// queue replaces the one before.
    pub fn tell(&self, event: Event) -> bool {
        let mut events = self.lock();
        if events.over {
            return false;
        }
        events.numbers += 1;
        let number = events.numbers;
        events.over = event.is_last();
        events.told.retain(|(_, told)| !matches!(**told, Event::Waiting { .. }));
        events.told.push((number, Arc::new(event)));
        self.grown.send_replace(number);
        true
    }

    /// Ends the check without a report, unless it is over already.
    pub fn end(&self, reason: EndReason) {
        self.tell(Event::Ended { reason });
    }

    /// Once there is a report, it says all that was observed: whoever replays needs no more than the
    /// start and it. Numbers stay as they were.
    pub fn compact(&self) {
        let mut events = self.lock();
        if matches!(events.told.last(), Some((_, event)) if matches!(**event, Event::Finished { .. }))
        {
            events.told.retain(|(_, event)| !matches!(**event, Event::Observed { .. }));
        }
    }

    /// Whether anybody follows.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        self.grown.receiver_count() > 0
    }

    /// Whether an address is one that this check asks, or of the same line; nothing where it asks none
    /// of that family.
    #[must_use]
    pub fn is_of_line(&self, address: IpAddr) -> Option<bool> {
        let mut same_family =
            self.addresses.iter().filter(|own| own.is_ipv4() == address.is_ipv4()).peekable();
        same_family.peek()?;
        Some(same_family.any(|own| line_of(*own) == line_of(address)))
    }

    /// The check with which it began: itself, or the one whose doors it asks again.
    #[must_use]
    pub fn origin(&self) -> CheckId {
        self.again_of.unwrap_or(self.id)
    }

    /// Whether the last event has happened.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.lock().over
    }

    /// Whether the check is over and all its events are among the first `seen`.
    #[must_use]
    pub fn saw_all(&self, seen: usize) -> bool {
        let events = self.lock();
        events.over && seen >= events.numbers
    }

    /// The report, once there is one.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        match self.lock().told.last().map(|(_, event)| event.as_ref()) {
            Some(Event::Finished { report }) => Some(Report::clone(report)),
            _ => None,
        }
    }

    /// Follows the events after number `seen`; 0 follows from the start, and so does a number that
    /// has not been given out.
    #[must_use]
    pub fn follow(self: &Arc<Self>, seen: usize) -> Followed {
        let seen = if seen > self.lock().numbers { 0 } else { seen };
        Followed { check: Arc::clone(self), seen, grown: self.grown.subscribe() }
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound events.
    fn lock(&self) -> MutexGuard<'_, Events> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Events {
    fn after(&self, seen: usize) -> Option<(usize, Arc<Event>)> {
        let place = self.told.partition_point(|(number, _)| *number <= seen);
        self.told.get(place).cloned()
    }
}

impl Followed {
    /// The next event with its sequence number; nothing after the last one.
    pub async fn next(&mut self) -> Option<(usize, Arc<Event>)> {
        loop {
            let (next, over) = {
                let events = self.check.lock();
                (events.after(self.seen), events.over)
            };
            if let Some((number, event)) = next {
                self.seen = number;
                return Some((number, event));
            }
            if over {
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
        Arc::new(Check::new(CheckId::from_random([1; 16]), Vec::new(), None))
    }

    fn observed(address: usize) -> Event {
        Event::Observed { address, observations: Observations::default() }
    }

    #[test]
    fn only_another_address_of_a_family_that_is_asked_is_another_line() {
        let asked = ["1.2.3.4", "2a00:1:2:3::4"].map(|address| address.parse().unwrap());
        let both = Check::new(CheckId::from_random([1; 16]), asked.to_vec(), None);
        let v4 = Check::new(CheckId::from_random([2; 16]), asked[..1].to_vec(), None);
        for (check, address, same) in [
            (&both, "1.2.3.4", Some(true)),
            (&both, "1.2.3.5", Some(false)),
            (&both, "2a00:1:2:3::99", Some(true)),
            (&both, "2a00:1:2:4::4", Some(false)),
            (&v4, "2a00:1:2:4::4", None),
        ] {
            assert_eq!(check.is_of_line(address.parse().unwrap()), same, "{address}");
        }
    }

    #[test]
    fn a_new_place_in_the_queue_replaces_the_one_before() {
        let check = check();
        assert!([3, 2, 1].into_iter().all(|place| check.tell(Event::Waiting { place })));
        assert_eq!(check.lock().told, [(3, Arc::new(Event::Waiting { place: 1 }))]);
        check.tell(observed(0));
        assert_eq!(check.lock().told, [(4, Arc::new(observed(0)))]);
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
    async fn a_number_that_was_never_given_out_replays_from_the_start() {
        let check = check();
        check.tell(observed(0));
        assert_eq!(check.follow(999).next().await.unwrap().0, 1);
    }

    #[tokio::test]
    async fn a_compacted_check_keeps_what_a_replay_needs_and_its_numbers() {
        let check = check();
        assert!((0..100).all(|address| check.tell(observed(address))));
        check.tell(Event::Finished { report: Box::new(report()) });
        check.compact();
        for seen in [0, 50, 100] {
            let mut followed = check.follow(seen);
            assert_eq!(followed.next().await.unwrap().0, 101, "after {seen}");
            assert_eq!(followed.next().await, None);
        }
        assert_eq!(check.report(), Some(report()));
    }

    fn report() -> Report {
        Report {
            format: klinke_shared::REPORT_FORMAT,
            profile: klinke_shared::Profile::Quick,
            recheck: false,
            started_ms: 1,
            finished_ms: 2,
            ending: klinke_shared::Ending::Complete,
            line: klinke_shared::Line::default(),
            addresses: Vec::new(),
        }
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
