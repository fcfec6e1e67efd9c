//! What an outcome means for the scheduler: evidence, times, losses, what follows from an open port.

use super::{Moment, Scheduler, Step};
use crate::engine::asked::{self, Asked, may_pass};
use crate::engine::attempts::{Attempt, Kind};
use crate::engine::transport::{AttemptId, Fault, Outcome};
use klinke_shared::{Evidence, Observation, OwnFault, Port, Transport, companions};
use std::time::Duration;

/// How long to wait after descriptors ran out; other checks free theirs in that time.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(50);
/// How often a port is put back for want of descriptors before it is given up as not tested.
const MOST_EXHAUSTED: u16 = 200;
/// Where everything is open, something answers for everything, and so many conversations show it.
const MOST_TALKED_TO: usize = 256;

impl Scheduler {
    /// Takes in what became of an attempt.
    pub fn happened(&mut self, now: Moment, attempt: AttemptId, outcome: Outcome) {
        let Some(known) = self.attempts.get(attempt) else { return };
        if outcome != Outcome::Silent {
            // After a silent one, the time-out still has to ask again or to settle the port.
            self.attempts.close(attempt);
        }
        match (known.kind, outcome) {
            (_, Outcome::Fault(Fault::Exhausted)) => self.slow_down(now, known),
            (Kind::Talk, Outcome::Talked { again }) => {
                if again {
                    self.talks.push_back(known.index);
                }
            }
            (Kind::Talk, _) | (_, Outcome::Silent) => {}
            (Kind::Canary, _) => self.canary_answered(now, known, outcome),
            (Kind::Probe, _) => self.answered(now, known, outcome),
        }
    }

    pub(super) fn answered(&mut self, now: Moment, attempt: Attempt, outcome: Outcome) {
        let Attempt { index, sent, number, lost, .. } = attempt;
        let rtt = now.saturating_sub(sent);
        let Some(evidence) = asked::evidence(outcome, rtt) else { return };
        if asked::is_answer(evidence) {
            self.unsteady |= lost;
            // An ICMP error may come from a router much nearer than the target.
            self.learn(rtt, number);
            if self.asked[index].port.transport == Transport::Tcp {
                self.flow.witness(index, matches!(outcome, Outcome::Accepted));
            }
        }
        let asked = &mut self.asked[index];
        if may_pass(evidence) && asked.tries < self.pace.tries {
            asked.hint = Some(evidence);
            self.queue.again(index);
        } else {
            self.settle(index, evidence);
        }
    }

    pub(super) fn canary_answered(&mut self, now: Moment, attempt: Attempt, outcome: Outcome) {
        let Attempt { index, sent, .. } = attempt;
        if !matches!(outcome, Outcome::Accepted | Outcome::Refused) {
            return self.flow.dismiss(index);
        }
        self.unsteady |= attempt.lost;
        self.rtt.learn(now.saturating_sub(sent));
        let meaning = self.flow.answered(now, sent, index);
        self.take_in(meaning);
    }

    /// Learns time and loss from the answer to a port's try of that number.
    pub(super) fn learn(&mut self, rtt: Duration, number: u8) {
        self.loss.answered();
        (1..number).for_each(|_| self.loss.lost());
        self.rtt.learn(rtt);
    }

    pub(super) fn learn_from_canaries(&mut self) {
        for answered in self.flow.past() {
            if answered { self.loss.answered() } else { self.loss.lost() }
        }
    }

    /// Keeps the best evidence of a port.
    pub(super) fn settle(&mut self, index: usize, evidence: Evidence) {
        let asked = &mut self.asked[index];
        if !asked.is_bettered_by(evidence) {
            return;
        }
        let is_first = asked.evidence.is_none();
        asked.evidence = Some(evidence);
        let Asked { port, tries, .. } = *asked;
        self.unsettled -= usize::from(is_first);
        self.in_flight = (self.in_flight + 1).min(self.pace.in_flight.max(1));
        let final_word = !may_pass(evidence) && !matches!(evidence, Evidence::Silence { .. });
        if final_word && tries > 1 {
            let others = self.attempts.close_all_of(index);
            self.ready.extend(others.into_iter().map(Step::Forget));
        }
        if index >= self.planned {
            return self.control(evidence);
        }
        self.ready.push_back(Step::Observe(Observation { port, evidence }));
        if matches!(evidence, Evidence::Accepted { .. }) {
            self.found(index, port);
        }
    }

    /// An open port: find out what is behind it, and ask soon for what usually goes with it.
    pub(super) fn found(&mut self, index: usize, port: Port) {
        if self.pace.recognise && self.talked_to < MOST_TALKED_TO {
            self.talked_to += 1;
            self.talks.push_back(index);
        }
        for other in companions(port) {
            if let Some(other) = self.positions.get(&other) {
                self.queue.soon(*other);
            }
        }
    }

    pub(super) fn control(&mut self, evidence: Evidence) {
        let is_open = matches!(evidence, Evidence::Accepted { .. });
        self.ready.extend(self.controls.settle(is_open).map(Step::Controlled));
    }

    /// Out of descriptors: hold fewer attempts from now on, wait a little, and ask that port again.
    /// It was not asked, so it is not counted as a try. Every port that is settled makes room for one
    /// attempt more.
    pub(super) fn slow_down(&mut self, now: Moment, attempt: Attempt) {
        if now >= self.pause_until {
            // One shortage makes many attempts fail; it counts once.
            self.in_flight = (self.in_flight.min(self.attempts.len()) * 3 / 4).max(1);
            self.pause_until = now + EXHAUSTED_PAUSE;
        }
        self.next_send = self.next_send.max(self.pause_until);
        let asked = &mut self.asked[attempt.index];
        asked.exhausted += 1;
        match attempt.kind {
            Kind::Canary if asked.exhausted > MOST_EXHAUSTED => self.flow.dismiss(attempt.index),
            Kind::Canary => {}
            Kind::Talk if asked.exhausted > MOST_EXHAUSTED => {}
            Kind::Talk => self.talks.push_back(attempt.index),
            Kind::Probe if asked.exhausted > MOST_EXHAUSTED => {
                self.settle(attempt.index, Evidence::NotAsked { fault: OwnFault::Exhausted });
            }
            Kind::Probe => {
                asked.tries = asked.tries.saturating_sub(1);
                self.queue.again(attempt.index);
            }
        }
    }
}
