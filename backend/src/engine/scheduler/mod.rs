//! Decides what to ask next: the pure heart of the engine. It is given the time and what happened,
//! and says what to send. It knows no socket, no clock and no random number, and never sleeps.

mod answers;
mod sending;
mod silence;

use super::asked::Asked;
use super::attempts::Attempts;
use super::controls::{self, ControlCount};
use super::flow::Flow;
use super::journal::Journal;
use super::loss::Loss;
use super::pace::Pace;
use super::queue::Queue;
use super::rtt::RttEstimator;
use super::transport::AttemptId;
use klinke_shared::{Controls, Evidence, Observation, OwnFault, Plan, Port, Slowing};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// Time since the check began.
pub type Moment = Duration;

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send a question.
    Send(AttemptId, Port),
    /// Have a conversation with an open port.
    Talk(AttemptId, Port),
    /// Stop waiting for an attempt.
    Forget(AttemptId),
    /// Tell what was seen. A later observation of the same port replaces it.
    Observe(Observation),
    /// Tell that the check goes more slowly, and why.
    Slowed(Slowing),
    /// Tell how many of the control ports are open.
    Controlled(Controls),
    /// Nothing until then, or until something happens.
    Wait(Moment),
    /// The plan is carried out.
    Done,
}

/// The state of one address's probes.
#[derive(Debug)]
pub struct Scheduler {
    pace: Pace,
    ceiling: u32,
    in_flight: usize,
    /// Open attempts that other checks leave to this one.
    room: usize,
    asked: Vec<Asked>,
    /// From here on, ports are controls and not of the plan.
    planned: usize,
    controls: ControlCount,
    positions: HashMap<Port, usize>,
    queue: Queue,
    talks: VecDeque<usize>,
    talked_to: usize,
    unsettled: usize,
    attempts: Attempts,
    rtt: RttEstimator,
    loss: Loss,
    flow: Flow,
    journal: Journal,
    /// Whether answers came later than they should.
    unsteady: bool,
    next_send: Moment,
    pause_until: Moment,
    last_send: Moment,
    ready: VecDeque<Step>,
}

impl Scheduler {
    /// A scheduler at the start of a plan.
    #[must_use]
    pub fn new(plan: &Plan, pace: Pace) -> Self {
        let controls = controls::ports(plan, pace.seed);
        let asked: Vec<Asked> =
            plan.ports().iter().chain(&controls).map(|&port| Asked::new(port)).collect();
        let planned = plan.ports().len();
        Self {
            pace,
            ceiling: pace.per_second.max(1),
            in_flight: pace.in_flight.max(1),
            room: usize::MAX,
            positions: plan.ports().iter().copied().zip(0..).collect(),
            queue: Queue::with_guests(planned, controls::AFTER, controls.len()),
            talks: VecDeque::new(),
            talked_to: 0,
            unsettled: asked.len(),
            asked,
            planned,
            controls: ControlCount::of(controls.len()),
            attempts: Attempts::default(),
            rtt: RttEstimator::starting_with(pace.first_rtt),
            loss: Loss::default(),
            flow: Flow::new(),
            journal: Journal::default(),
            unsteady: false,
            next_send: Moment::ZERO,
            pause_until: Moment::ZERO,
            last_send: Moment::ZERO,
            ready: VecDeque::new(),
        }
    }

    /// Sets the most packets a second and open attempts that this check may have now; its pace's
    /// own bounds hold besides. True when it gets fewer packets than before.
    pub fn share(&mut self, per_second: u32, attempts: usize) -> bool {
        let before = self.ceiling;
        self.ceiling = per_second.min(self.pace.per_second).max(1);
        self.room = attempts.max(1);
        self.ceiling < before
    }

    /// What to do at `now`. Call again until it says [`Step::Wait`] or [`Step::Done`].
    pub fn step(&mut self, now: Moment) -> Step {
        self.expire(now);
        if let Some(step) = self.ready.pop_front() {
            return step;
        }
        if let Some(slowing) = self.flow.news() {
            return Step::Slowed(slowing);
        }
        if now >= self.pace.time_limit || self.flow.has_given_up() {
            return self.finish();
        }
        if self.has_work() {
            return self.send_or_wait(now);
        }
        if let Some(step) = self.closing_canary(now) {
            return step;
        }
        let waits_for_canary = self.flow.waits_for_all() && self.attempts.waits_for_canary();
        let is_open = self.unsettled > 0 || self.attempts.talks() > 0 || waits_for_canary;
        if is_open || self.flow.is_in_doubt() {
            let canary = self.flow.next_canary().unwrap_or(self.pace.time_limit);
            return Step::Wait(canary.min(self.next_event()));
        }
        if self.ask_the_distrusted(now) || self.ask_the_neglected() || self.flow.doubts_the_end(now)
        {
            return self.step(now);
        }
        let end = self.last_send + self.linger();
        if self.attempts.len() == 0 || now >= end { self.finish() } else { Step::Wait(end) }
    }

    /// What has no evidence at the end was not tested. Everything that is open is forgotten.
    fn finish(&mut self) -> Step {
        let gone = self.flow.has_given_up();
        let fault = if gone { OwnFault::Vanished } else { OwnFault::Stopped };
        for index in 0..self.asked.len() {
            if self.asked[index].evidence.is_none() {
                self.settle(index, Evidence::NotAsked { fault });
            }
        }
        self.queue.clear();
        self.talks.clear();
        self.ready.extend(self.attempts.close_all().into_iter().map(Step::Forget));
        self.ready.pop_front().unwrap_or(Step::Done)
    }
}
