//! Decides what to ask next: the pure heart of the engine. It is given the time and what happened,
//! and says what to send. It knows no socket, no clock and no random number, and never sleeps.

use super::asked::{self, Asked, may_pass};
use super::attempts::{Attempt, Attempts, Kind};
use super::controls::{self, ControlCount};
use super::flow::{Flow, Lost};
use super::journal::Journal;
use super::loss::Loss;
use super::pace::Pace;
use super::queue::{Next, Queue};
use super::rtt::RttEstimator;
use super::transport::{AttemptId, Fault, Outcome};
use klinke_shared::{
    Controls, Evidence, Observation, OwnFault, Plan, Port, Slowing, Transport, companions,
};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// Time since the check began.
pub type Moment = Duration;

/// How long answers still count after the last question: a second covers the slowest lines, and
/// devices that have to wake up first.
const LINGER: Duration = Duration::from_secs(1);
/// The same in time-outs, on a steady line, for somebody in a hurry.
const STEADY_LINGER: u32 = 1;
/// How much sending may be caught up after a pause, so that a coarse timer does not slow the pace.
const CATCH_UP: Duration = Duration::from_millis(5);
/// How long to wait after descriptors ran out; other checks free theirs in that time.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(50);
/// How often a port is put back for want of descriptors before it is given up as not tested.
const MOST_EXHAUSTED: u16 = 200;
/// Conversations at once: each holds a descriptor, some for seconds.
const MOST_TALKS: usize = 64;
/// Where everything is open, something answers for everything, and so many conversations show it.
const MOST_TALKED_TO: usize = 256;
/// The front of the plan gets its verdicts at once. Behind it, tries beyond the second wait until
/// everything else has been asked: by then enough is known of the line's loss to spare most of them.
const FRONT: usize = 100;
const SURE_TRIES: u8 = 2;
/// Behind a limit one clean try has to do, as long as the line loses no more than this at random:
/// a second one would double the wait that the limit forces.
const CLEAN_ENOUGH: f64 = 0.08;
/// The kernel repeats a connection's first packet after a second (RFC 6298, 2.1). So on a line that
/// is quicker, a question is given up shortly before: when to ask again is decided here, and behind
/// a limit every packet counts.
const GIVEN_UP_AFTER: Duration = Duration::from_millis(900);
/// On a slower line an answer may take this many time-outs.
const GIVEN_UP_AFTER_TIME_OUTS: u32 = 2;

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
        if self.unsettled > 0 || self.attempts.talks() > 0 || self.flow.is_in_doubt() {
            let canary = self.flow.next_canary().unwrap_or(self.pace.time_limit);
            return Step::Wait(canary.min(self.next_event()));
        }
        if self.ask_the_distrusted(now) || self.ask_the_neglected() {
            return self.step(now);
        }
        let end = self.last_send + self.linger();
        if self.attempts.len() == 0 || now >= end { self.finish() } else { Step::Wait(end) }
    }

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

    fn answered(&mut self, now: Moment, attempt: Attempt, outcome: Outcome) {
        let Attempt { index, sent, number, lost, .. } = attempt;
        let rtt = now.saturating_sub(sent);
        let Some(evidence) = asked::evidence(outcome, rtt) else { return };
        if asked::is_answer(evidence) {
            self.unsteady |= lost;
            self.journal.answered(sent);
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

    fn canary_answered(&mut self, now: Moment, attempt: Attempt, outcome: Outcome) {
        if !matches!(outcome, Outcome::Accepted | Outcome::Refused) {
            return;
        }
        let Attempt { index, sent, .. } = attempt;
        self.unsteady |= attempt.lost;
        self.journal.answered(sent);
        self.rtt.learn(now.saturating_sub(sent));
        self.flow.answered(now, sent, index);
        self.learn_from_canaries();
    }

    /// Learns time and loss from the answer to a port's try of that number.
    fn learn(&mut self, rtt: Duration, number: u8) {
        self.loss.answered();
        (1..number).for_each(|_| self.loss.lost());
        self.rtt.learn(rtt);
    }

    fn learn_from_canaries(&mut self) {
        for answered in self.flow.past() {
            if answered { self.loss.answered() } else { self.loss.lost() }
        }
    }

    fn has_work(&self) -> bool {
        !self.queue.is_empty() || (!self.talks.is_empty() && self.attempts.talks() < MOST_TALKS)
    }

    fn send_or_wait(&mut self, now: Moment) -> Step {
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
            let most = if next == Next::First(index) { 1 } else { self.tries() };
            if evidence.is_none() && tries < most {
                return self.send(now, index, Kind::Probe);
            }
            self.settle_if_over(index);
        }
        self.step(now)
    }

    /// Nothing is left to be sent. Whether the last questions got through is known only when an
    /// answerer that is asked after them answers.
    fn closing_canary(&mut self, now: Moment) -> Option<Step> {
        if now < self.next_send {
            return self
                .flow
                .is_in_doubt()
                .then(|| Step::Wait(self.next_send.min(self.next_event())));
        }
        let index = self.flow.canary(now, true)?;
        Some(self.send(now, index, Kind::Canary))
    }

    fn send(&mut self, now: Moment, index: usize, kind: Kind) -> Step {
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
    fn make_room(&mut self) -> Step {
        self.attempts.evict().map_or_else(|| Step::Wait(self.next_event()), Step::Forget)
    }

    /// Questions without an answer in time are repeated, or their ports settled as silent. After
    /// some time more they are given up.
    fn expire(&mut self, now: Moment) {
        let age = GIVEN_UP_AFTER.max(self.rtt.time_out() * GIVEN_UP_AFTER_TIME_OUTS);
        while let Some(attempt) = self.attempts.outlive(now, age) {
            self.ready.push_back(Step::Forget(attempt));
        }
        while let Some(attempt) = self.attempts.lose(now, self.rtt.time_out()) {
            let Attempt { index, sent, kind, .. } = attempt;
            if kind == Kind::Canary {
                let well = |before| self.journal.well_before(before);
                let lost = self.flow.lost(now, sent, index, self.loss.share(), well);
                self.learn_from_canaries();
                if let Lost::InVain { since } = lost {
                    self.ask_again_after(since);
                }
            } else if self.asked[index].evidence.is_none() {
                self.repeat_or_settle(index);
            }
        }
    }

    fn repeat_or_settle(&mut self, index: usize) {
        let Asked { tries, hint, .. } = self.asked[index];
        if tries < self.tries() {
            if tries >= SURE_TRIES && index >= FRONT {
                self.queue.later(index);
            } else {
                self.queue.again(index);
            }
        } else {
            self.settle(index, hint.unwrap_or(Evidence::Silence { tries }));
        }
    }

    /// A port that was queued for another try which it no longer needs, and for which no try is on
    /// its way, is settled.
    fn settle_if_over(&mut self, index: usize) {
        if self.asked[index].evidence.is_none() && !self.attempts.waits_for(index) {
            self.repeat_or_settle(index);
        }
    }

    /// Something has begun to drop: what was asked since then is asked again, and those tries do
    /// not count. What is open is given up: repetitions by the kernel would use up what little gets
    /// through.
    fn ask_again_after(&mut self, since: Moment) {
        for (attempt, index) in self.attempts.close_questions() {
            self.ready.push_back(Step::Forget(attempt));
            if self.asked[index].evidence.is_none() {
                self.queue.again(index);
            }
        }
        for index in self.journal.take_after(since) {
            let asked = &mut self.asked[index];
            asked.tries = asked.tries.saturating_sub(1);
            if asked.is_silent() {
                asked.evidence = None;
                self.unsettled += 1;
            }
            if asked.evidence.is_none() {
                self.queue.again(index);
            }
        }
    }

    /// Ports that were asked last at a pace that perhaps was too fast are asked again.
    fn ask_the_distrusted(&mut self, now: Moment) -> bool {
        let well = |before| self.journal.well_before(before);
        let since = self.flow.distrusts_the_end(now, well);
        if let Some(since) = since {
            self.ask_again_after(since);
        }
        since.is_some() && self.unsettled > 0
    }

    /// Silent ports that were settled when the line seemed to lose less than it does are asked again.
    fn ask_the_neglected(&mut self) -> bool {
        let tries = self.tries();
        let neglected = |asked: &Asked| asked.is_silent() && asked.tries < tries;
        let before = self.unsettled;
        for (index, asked) in self.asked.iter_mut().enumerate() {
            if neglected(asked) {
                asked.evidence = None;
                self.unsettled += 1;
                self.queue.again(index);
            }
        }
        self.unsettled > before
    }

    /// How often a silent port has to be asked, as far as one knows now.
    fn tries(&self) -> u8 {
        if self.flow.is_slow() && self.loss.share() <= CLEAN_ENOUGH {
            return 1;
        }
        self.loss.tries(self.pace.tries)
    }

    /// Keeps the best evidence of a port.
    fn settle(&mut self, index: usize, evidence: Evidence) {
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
    fn found(&mut self, index: usize, port: Port) {
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

    fn control(&mut self, evidence: Evidence) {
        let is_open = matches!(evidence, Evidence::Accepted { .. });
        self.ready.extend(self.controls.settle(is_open).map(Step::Controlled));
    }

    /// Out of descriptors: hold fewer attempts from now on, wait a little, and ask that port again.
    /// It was not asked, so it is not counted as a try. Every port that is settled makes room for one
    /// attempt more.
    fn slow_down(&mut self, now: Moment, attempt: Attempt) {
        if now >= self.pause_until {
            // One shortage makes many attempts fail; it counts once.
            self.in_flight = (self.in_flight.min(self.attempts.len()) * 3 / 4).max(1);
            self.pause_until = now + EXHAUSTED_PAUSE;
        }
        self.next_send = self.next_send.max(self.pause_until);
        let asked = &mut self.asked[attempt.index];
        asked.exhausted += 1;
        match attempt.kind {
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

    /// How long answers still count after the last question. Somebody who only wants to know which
    /// ports are open, on a line that is steady, gets the result without that wait.
    fn linger(&self) -> Duration {
        let is_steady = !self.unsteady && self.rtt.smoothed().is_some();
        let hurries = is_steady && !self.pace.recognise;
        if hurries { (self.rtt.time_out() * STEADY_LINGER).min(LINGER) } else { LINGER }
    }

    /// When something will happen without anybody's doing.
    fn next_event(&self) -> Moment {
        self.attempts.next_loss(self.rtt.time_out()).unwrap_or(self.pace.time_limit)
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
