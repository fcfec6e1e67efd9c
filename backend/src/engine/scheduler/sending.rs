//! What is sent next, and when.

use super::{Moment, Scheduler, Step};
use crate::engine::asked::Asked;
use crate::engine::attempts::Kind;
use crate::engine::queue::Next;
use std::time::Duration;

/// How much sending may be caught up after a pause, so that a coarse timer does not slow the pace.
const CATCH_UP: Duration = Duration::from_millis(5);
/// Conversations at once: each holds a descriptor, some for seconds.
const MOST_TALKS: usize = 64;

impl Scheduler {
    pub(super) fn has_work(&self) -> bool {
        !self.queue.is_empty() || (!self.talks.is_empty() && self.attempts.talks() < MOST_TALKS)
    }

    pub(super) fn send_or_wait(&mut self, now: Moment) -> Step {
        if self.attempts.len() >= self.in_flight.min(self.room) {
            return self.make_room();
        }
        if now < self.next_send {
            return Step::Wait(self.next_send.min(self.next_event()));
        }
        if let Some(index) = self.flow.canary(now, false) {
            return self.send(now, index, Kind::Canary);
        }
        if self.flow.is_held() {
            let canary = self.flow.next_canary().unwrap_or(self.pace.time_limit);
            return Step::Wait(canary.min(self.next_event()));
        }
        if self.attempts.talks() < MOST_TALKS
            && let Some(index) = self.talks.pop_front()
        {
            return self.send(now, index, Kind::Talk);
        }
        while let Some(next) = self.queue.next() {
            let (Next::First(index) | Next::Again(index)) = next;
            let Asked { tries, evidence, .. } = self.asked[index];
            let most = if next == Next::First(index) { 1 } else { self.tries(index) };
            if evidence.is_none() && tries < most {
                return self.send(now, index, Kind::Probe);
            }
            self.settle_if_over(index);
        }
        self.step(now)
    }

    /// Nothing is left to be sent. Whether the last questions got through is known only when an
    /// answerer that is asked after them answers.
    pub(super) fn closing_canary(&mut self, now: Moment) -> Option<Step> {
        if now < self.next_send {
            return self
                .flow
                .is_in_doubt()
                .then(|| Step::Wait(self.next_send.min(self.next_event())));
        }
        let index = self.flow.canary(now, !self.attempts.waits_for_canary())?;
        Some(self.send(now, index, Kind::Canary))
    }

    pub(super) fn send(&mut self, now: Moment, index: usize, kind: Kind) -> Step {
        let asked = &mut self.asked[index];
        asked.tries = asked.tries.saturating_add(u8::from(kind == Kind::Probe));
        let attempt = self.attempts.open(index, now, kind, asked.tries);
        let gap = Duration::from_secs(1) / self.flow.per_second(self.ceiling);
        self.next_send = self.next_send.max(now.saturating_sub(CATCH_UP)) + gap;
        self.last_send = now;
        if kind == Kind::Probe {
            self.journal.sent(now, index);
            self.flow.probed(now);
        }
        if kind == Kind::Talk {
            Step::Talk(attempt, asked.port)
        } else {
            Step::Send(attempt, asked.port)
        }
    }

    /// At the limit of open attempts, the longest lost one goes; where none is lost, wait for one.
    pub(super) fn make_room(&mut self) -> Step {
        self.attempts.evict().map_or_else(|| Step::Wait(self.next_event()), Step::Forget)
    }

    /// When something will happen without anybody's doing.
    pub(super) fn next_event(&self) -> Moment {
        self.attempts
            .next_loss(self.rtt.time_out(), self.patience())
            .unwrap_or(self.pace.time_limit)
    }
}
