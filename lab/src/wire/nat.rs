//! A small router's table of connections: when it is full, a new connection gets no entry and its
//! packets are lost, silently. Knows no frame and no clock.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use super::frame::Flow;

/// How long an entry lives after its last packet: what Linux gives an unanswered SYN.
const LIFE: Duration = Duration::from_mins(2);

/// The table; times count from any one moment.
pub(super) struct Table {
    size: usize,
    ends: HashMap<Flow, Duration>,
    /// In the order of their ends, as they were when they were put here.
    queue: VecDeque<(Duration, Flow)>,
}

impl Table {
    pub(super) fn new(size: usize) -> Self {
        Self { size, ends: HashMap::new(), queue: VecDeque::new() }
    }

    /// Whether this flow has an entry, or gets one.
    pub(super) fn admits(&mut self, flow: Flow, now: Duration) -> bool {
        self.forget_ended(now);
        let end = now + LIFE;
        if let Some(entry) = self.ends.get_mut(&flow) {
            *entry = end;
            return true;
        }
        let room = self.ends.len() < self.size;
        if room {
            self.ends.insert(flow, end);
            self.queue.push_back((end, flow));
        }
        room
    }

    fn forget_ended(&mut self, now: Duration) {
        while let Some((planned, flow)) = self.queue.front().copied()
            && planned <= now
        {
            self.queue.pop_front();
            match self.ends.get(&flow) {
                // It was used meanwhile and lives longer than planned.
                Some(&end) if end > now => self.queue.push_back((end, flow)),
                _ => drop(self.ends.remove(&flow)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LIFE, Table};
    use crate::wire::frame::{Flow, Seen, made};
    use std::time::Duration;

    fn flow(from: u16) -> Flow {
        Seen::of(&made::udp(from, 53)).flow.unwrap()
    }

    #[test]
    fn a_full_table_admits_what_it_knows_and_nothing_new() {
        let mut table = Table::new(2);
        let now = Duration::ZERO;
        assert!(table.admits(flow(1), now) && table.admits(flow(2), now));
        assert!(!table.admits(flow(3), now));
        assert!(table.admits(flow(1), now));
    }

    #[test]
    fn an_entry_ends_after_its_last_packet() {
        let mut table = Table::new(1);
        assert!(table.admits(flow(1), Duration::ZERO));
        assert!(table.admits(flow(1), LIFE / 2));
        assert!(!table.admits(flow(2), LIFE));
        assert!(table.admits(flow(2), LIFE + LIFE / 2));
    }
}
