//! Decides what to ask next: the pure heart of the engine. It is given the time and what happened,
//! and says what to send. It knows no socket, no clock and no random number, and never sleeps.

use super::attempts::{Attempt, Attempts};
use super::pace::Pace;
use super::rtt::RttEstimator;
use super::transport::{AttemptId, Fault, Outcome};
use klinke_shared::{Evidence, IcmpKind, Observation, OwnFault, Plan, Port};
use std::collections::VecDeque;
use std::time::Duration;

/// Time since the check began.
pub type Moment = Duration;

/// How long answers still count after the last question: a second covers the slowest lines.
const LINGER: Duration = Duration::from_secs(1);
/// How much sending may be caught up after a pause, so that a coarse timer does not slow the pace.
const CATCH_UP: Duration = Duration::from_millis(5);
/// How long to wait after descriptors ran out; other checks free theirs in that time.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(50);
/// How often a port is put back for want of descriptors before it is given up as not tested.
const MOST_EXHAUSTED: u16 = 200;

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send a question.
    Send(AttemptId, Port),
    /// Stop waiting for an attempt.
    Forget(AttemptId),
    /// Tell what was seen. A later observation of the same port replaces it.
    Observe(Observation),
    /// Nothing until then, or until something happens.
    Wait(Moment),
    /// The plan is carried out.
    Done,
}

#[derive(Debug)]
struct Asked {
    port: Port,
    /// An error that may pass: it counts only if nothing better comes.
    hint: Option<Evidence>,
    tries: u8,
    exhausted: u16,
    evidence: Option<Evidence>,
}

/// The state of one address's probes.
#[derive(Debug)]
pub struct Scheduler {
    pace: Pace,
    in_flight: usize,
    asked: Vec<Asked>,
    fresh: usize,
    again: VecDeque<usize>,
    unsettled: usize,
    attempts: Attempts,
    rtt: RttEstimator,
    next_send: Moment,
    pause_until: Moment,
    last_send: Moment,
    ready: VecDeque<Step>,
}

impl Scheduler {
    /// A scheduler at the start of a plan.
    #[must_use]
    pub fn new(plan: &Plan, pace: Pace) -> Self {
        let asked: Vec<Asked> = plan
            .ports()
            .iter()
            .map(|&port| Asked { port, hint: None, tries: 0, exhausted: 0, evidence: None })
            .collect();
        Self {
            pace,
            in_flight: pace.in_flight.max(1),
            unsettled: asked.len(),
            asked,
            fresh: 0,
            again: VecDeque::new(),
            attempts: Attempts::default(),
            rtt: RttEstimator::default(),
            next_send: Moment::ZERO,
            pause_until: Moment::ZERO,
            last_send: Moment::ZERO,
            ready: VecDeque::new(),
        }
    }

    /// What to do at `now`. Call again until it says [`Step::Wait`] or [`Step::Done`].
    pub fn step(&mut self, now: Moment) -> Step {
        self.expire(now);
        if let Some(step) = self.ready.pop_front() {
            return step;
        }
        if now >= self.pace.time_limit {
            return self.finish();
        }
        if self.has_work() {
            return self.send_or_wait(now);
        }
        let linger_end = self.last_send + LINGER;
        if self.unsettled == 0 && (self.attempts.len() == 0 || now >= linger_end) {
            return self.finish();
        }
        Step::Wait(if self.unsettled == 0 { linger_end } else { self.next_event() })
    }

    /// Takes in what became of an attempt.
    pub fn happened(&mut self, now: Moment, attempt: AttemptId, outcome: Outcome) {
        let Some(Attempt { index, sent }) = self.attempts.get(attempt) else { return };
        if outcome != Outcome::Silent {
            // After a silent one, the time-out still has to ask again or to settle the port.
            self.attempts.close(attempt);
        }
        let rtt = now.saturating_sub(sent);
        let rtt_us = u32::try_from(rtt.as_micros()).unwrap_or(u32::MAX);
        let evidence = match outcome {
            Outcome::Accepted => Evidence::Accepted { rtt_us },
            Outcome::Refused => Evidence::Refused { rtt_us },
            Outcome::Unreachable { icmp, from } => Evidence::Unreachable { icmp, from, rtt_us },
            Outcome::Silent => return,
            Outcome::Fault(Fault::Exhausted) => return self.slow_down(now, index),
            Outcome::Fault(fault) => Evidence::NotAsked { fault: own_fault(fault) },
        };
        if matches!(outcome, Outcome::Accepted | Outcome::Refused) {
            // An ICMP error may come from a router much nearer than the target.
            self.rtt.learn(rtt);
        }
        if may_pass(evidence) && self.asked[index].tries < self.pace.tries {
            self.asked[index].hint = Some(evidence);
            self.again.push_back(index);
        } else {
            self.settle(index, evidence);
        }
    }

    fn has_work(&self) -> bool {
        self.fresh < self.asked.len() || !self.again.is_empty()
    }

    /// Ports that are due again come first: what attackers use most is at the front of the plan, so
    /// its answer should be certain first.
    fn send_or_wait(&mut self, now: Moment) -> Step {
        if self.attempts.len() >= self.in_flight {
            return self.make_room();
        }
        if now < self.next_send {
            return Step::Wait(self.next_send.min(self.next_event()));
        }
        while let Some(index) = self.again.pop_front() {
            if self.asked[index].evidence.is_none() {
                return self.send(now, index);
            }
        }
        let index = self.fresh;
        if index >= self.asked.len() {
            return self.step(now);
        }
        self.fresh += 1;
        self.send(now, index)
    }

    fn send(&mut self, now: Moment, index: usize) -> Step {
        let attempt = self.attempts.open(index, now);
        let asked = &mut self.asked[index];
        asked.tries += 1;
        let gap = Duration::from_secs(1) / self.pace.per_second.max(1);
        self.next_send = self.next_send.max(now.saturating_sub(CATCH_UP)) + gap;
        self.last_send = now;
        Step::Send(attempt, asked.port)
    }

    /// At the limit of open attempts, the longest lost one goes; where none is lost, wait for one.
    fn make_room(&mut self) -> Step {
        self.attempts.evict().map_or_else(|| Step::Wait(self.next_event()), Step::Forget)
    }

    /// Ports without an answer in time are asked again, or settled as silent.
    fn expire(&mut self, now: Moment) {
        while let Some(index) = self.attempts.lose(now, self.rtt.time_out()) {
            let Asked { tries, evidence, hint, .. } = self.asked[index];
            if evidence.is_none() && tries < self.pace.tries {
                self.again.push_back(index);
            } else if evidence.is_none() {
                self.settle(index, hint.unwrap_or(Evidence::Silence { tries }));
            }
        }
    }

    /// Keeps the best evidence of a port: an answer replaces silence and errors that may pass, and
    /// nothing replaces an answer.
    fn settle(&mut self, index: usize, evidence: Evidence) {
        let asked = &mut self.asked[index];
        let better = match asked.evidence {
            None => true,
            Some(Evidence::Silence { .. }) => !matches!(evidence, Evidence::NotAsked { .. }),
            Some(known) => may_pass(known) && is_answer(evidence),
        };
        if !better {
            return;
        }
        if asked.evidence.is_none() {
            self.unsettled -= 1;
        }
        asked.evidence = Some(evidence);
        self.ready.push_back(Step::Observe(Observation { port: asked.port, evidence }));
        self.in_flight = (self.in_flight + 1).min(self.pace.in_flight.max(1));
        let final_word = !may_pass(evidence) && !matches!(evidence, Evidence::Silence { .. });
        if final_word && asked.tries > 1 {
            let others = self.attempts.close_all_of(index);
            self.ready.extend(others.into_iter().map(Step::Forget));
        }
    }

    /// Out of descriptors: hold fewer attempts from now on, wait a little, and ask that port again.
    /// It was not asked, so it is not counted as a try. Every port that is settled makes room for one
    /// attempt more.
    fn slow_down(&mut self, now: Moment, index: usize) {
        if now >= self.pause_until {
            // One shortage makes many attempts fail; it counts once.
            self.in_flight = (self.in_flight.min(self.attempts.len()) * 3 / 4).max(1);
            self.pause_until = now + EXHAUSTED_PAUSE;
        }
        self.next_send = self.next_send.max(self.pause_until);
        let asked = &mut self.asked[index];
        asked.tries = asked.tries.saturating_sub(1);
        asked.exhausted += 1;
        if asked.exhausted > MOST_EXHAUSTED {
            self.settle(index, Evidence::NotAsked { fault: OwnFault::Exhausted });
        } else {
            self.again.push_back(index);
        }
    }

    /// When something will happen without anybody's doing.
    fn next_event(&self) -> Moment {
        self.attempts.next_loss(self.rtt.time_out()).unwrap_or(self.pace.time_limit)
    }

    /// What has no evidence at the end was not tested. Everything that is open is forgotten.
    fn finish(&mut self) -> Step {
        for index in 0..self.asked.len() {
            if self.asked[index].evidence.is_none() {
                self.settle(index, Evidence::NotAsked { fault: OwnFault::Stopped });
            }
        }
        self.fresh = self.asked.len();
        self.again.clear();
        self.ready.extend(self.attempts.close_all().into_iter().map(Step::Forget));
        self.ready.pop_front().unwrap_or(Step::Done)
    }
}

const fn own_fault(fault: Fault) -> OwnFault {
    match fault {
        Fault::Exhausted => OwnFault::Exhausted,
        Fault::NoRoute => OwnFault::NoRoute,
        Fault::Forbidden => OwnFault::Forbidden,
        Fault::Unsupported => OwnFault::Unsupported,
        Fault::Other => OwnFault::Other,
    }
}

/// Whether it is an error of the way to the target, which may be gone at the next try (the “soft
/// errors” of RFC 1122, 4.2.3.9). A firewall's refusal is none of these.
const fn may_pass(evidence: Evidence) -> bool {
    use IcmpKind::{HostUnreachable, NetworkUnreachable, Other};
    matches!(
        evidence,
        Evidence::Unreachable { icmp: HostUnreachable | NetworkUnreachable | Other, .. }
    )
}

const fn is_answer(evidence: Evidence) -> bool {
    matches!(evidence, Evidence::Accepted { .. } | Evidence::Refused { .. })
}
