//! The attempts that are open: which may still be answered in time, and which count as lost but
//! stay open for a late answer. Knows no port's fate and no socket.

use super::scheduler::Moment;
use super::transport::AttemptId;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// One open attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempt {
    /// The position of its port in the plan.
    pub(super) index: usize,
    /// When it was sent.
    pub(super) sent: Moment,
    /// What for.
    pub(super) kind: Kind,
    /// Which try of its port it is; counts from one.
    pub(super) number: u8,
    /// Whether no answer came in time.
    pub(super) lost: bool,
}

/// What an attempt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// To learn the state of a port.
    Probe,
    /// To learn whether a known answerer still answers.
    Canary,
    /// To learn what is behind an open port. Ends by itself.
    Talk,
}

/// All open attempts.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    open: BTreeMap<AttemptId, Attempt>,
    /// Probes that may still be answered in time, in the order in which they were sent.
    waiting: VecDeque<AttemptId>,
    /// Canaries that may still be answered, in the order in which they were sent.
    canaries: VecDeque<AttemptId>,
    /// Those without an answer in time, which stay open as long as there is room.
    lost: VecDeque<AttemptId>,
    talks: usize,
    next_id: u64,
}

impl Attempts {
    /// Opens an attempt for a port.
    pub(super) fn open(&mut self, index: usize, now: Moment, kind: Kind, number: u8) -> AttemptId {
        let id = AttemptId(self.next_id);
        self.next_id += 1;
        self.open.insert(id, Attempt { index, sent: now, kind, number, lost: false });
        match kind {
            Kind::Talk => self.talks += 1,
            Kind::Canary => self.canaries.push_back(id),
            Kind::Probe => self.waiting.push_back(id),
        }
        id
    }

    /// How many conversations are open.
    pub(super) const fn talks(&self) -> usize {
        self.talks
    }

    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// The attempt, while it is open.
    pub(super) fn get(&self, id: AttemptId) -> Option<Attempt> {
        self.open.get(&id).copied()
    }

    /// Whether a canary may still be answered.
    pub(super) fn waits_for_canary(&self) -> bool {
        self.canaries.iter().any(|id| self.open.contains_key(id))
    }

    /// Whether a port's question may still be answered in time.
    pub(super) fn waits_for(&self, index: usize) -> bool {
        let waits = |attempt: &Attempt| attempt.index == index && attempt.kind == Kind::Probe;
        self.waiting.iter().any(|id| self.open.get(id).is_some_and(waits))
    }

    /// Closes an attempt.
    pub(super) fn close(&mut self, id: AttemptId) {
        if self.open.remove(&id).is_some_and(|closed| closed.kind == Kind::Talk) {
            self.talks -= 1;
        }
    }

    /// Closes every attempt to learn the state of a port and names them.
    pub(super) fn close_all_of(&mut self, index: usize) -> Vec<AttemptId> {
        let mut closed = Vec::new();
        self.open.retain(|id, attempt| {
            let other = attempt.index != index || attempt.kind == Kind::Talk;
            if !other {
                closed.push(*id);
            }
            other
        });
        closed
    }

    /// Closes all attempts and names them.
    pub(super) fn close_all(&mut self) -> Vec<AttemptId> {
        self.waiting.clear();
        self.canaries.clear();
        self.lost.clear();
        self.talks = 0;
        std::mem::take(&mut self.open).into_keys().collect()
    }

    /// The next probe that counts as lost at `now`; it stays open. What is “in time”
    /// follows the answers seen so far, also for questions that were sent before them.
    pub(super) fn lose(&mut self, now: Moment, time_out: Duration) -> Option<Attempt> {
        let id = first_overdue(&mut self.waiting, &self.open, now, time_out)?;
        self.mark_lost(id)
    }

    /// The same for canaries.
    pub(super) fn lose_canary(&mut self, now: Moment, patience: Duration) -> Option<Attempt> {
        let id = first_overdue(&mut self.canaries, &self.open, now, patience)?;
        self.mark_lost(id)
    }

    fn mark_lost(&mut self, id: AttemptId) -> Option<Attempt> {
        self.lost.push_back(id);
        let attempt = self.open.get_mut(&id)?;
        attempt.lost = true;
        Some(*attempt)
    }

    /// When the next probe or canary will count as lost; nothing while none is waited for. Right
    /// after [`Attempts::lose`] and [`Attempts::lose_canary`] have found no more.
    pub(super) fn next_loss(&self, time_out: Duration, patience: Duration) -> Option<Moment> {
        let oldest = |queue: &VecDeque<AttemptId>| queue.front().and_then(|id| self.get(*id));
        let probe = oldest(&self.waiting).map(|oldest| oldest.sent + time_out);
        let canary = oldest(&self.canaries).map(|oldest| oldest.sent + patience);
        probe.into_iter().chain(canary).min()
    }

    /// Closes the next lost attempt that was sent so long ago that its time is over.
    pub(super) fn outlive(&mut self, now: Moment, age: Duration) -> Option<AttemptId> {
        loop {
            let id = *self.lost.front()?;
            match self.get(id) {
                Some(attempt) if attempt.sent + age > now => return None,
                found => {
                    self.lost.pop_front();
                    if found.is_some() {
                        self.close(id);
                        return Some(id);
                    }
                }
            }
        }
    }

    /// Closes all questions, but no conversation, and names them with the positions of their ports.
    pub(super) fn close_questions(&mut self) -> Vec<(AttemptId, usize)> {
        self.waiting.clear();
        self.canaries.clear();
        self.lost.clear();
        let questions = self.open.iter().filter(|(_, attempt)| attempt.kind != Kind::Talk);
        let closed: Vec<_> = questions.map(|(id, attempt)| (*id, attempt.index)).collect();
        self.open.retain(|_, attempt| attempt.kind == Kind::Talk);
        closed
    }

    /// Closes the attempt that has been lost for the longest time, to make room.
    pub(super) fn evict(&mut self) -> Option<AttemptId> {
        while let Some(id) = self.lost.pop_front() {
            if self.open.remove(&id).is_some() {
                return Some(id);
            }
        }
        None
    }
}

/// Takes out the first of those that have been open for too long; those that are closed go with it.
fn first_overdue(
    queue: &mut VecDeque<AttemptId>,
    open: &BTreeMap<AttemptId, Attempt>,
    now: Moment,
    time_out: Duration,
) -> Option<AttemptId> {
    while let Some(id) = queue.front().copied() {
        match open.get(&id) {
            Some(attempt) if attempt.sent + time_out > now => return None,
            found => {
                queue.pop_front();
                if found.is_some() {
                    return Some(id);
                }
            }
        }
    }
    None
}
