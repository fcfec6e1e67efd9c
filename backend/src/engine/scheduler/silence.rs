//! What silence means: another try, a verdict, or that something has begun to drop.

use super::{Moment, Scheduler, Step};
use crate::engine::asked::Asked;
use crate::engine::attempts::Attempt;
use crate::engine::flow::Meaning;
use crate::engine::loss::Loss;
use klinke_shared::Evidence;
use std::time::Duration;

/// How long answers still count after the last question: a second covers the slowest lines, and
/// devices that have to wake up first.
const LINGER: Duration = Duration::from_secs(1);
/// The front of the plan gets its verdicts at once. Behind it, tries beyond the second wait until
/// everything else has been asked: by then enough is known of the line's loss to spare most of them.
const FRONT: usize = 100;
const SURE_TRIES: u8 = 2;
/// Behind a limit one clean try has to do behind the front, as long as the line loses no more than
/// this at random: a second one would double the wait that the limit forces.
const CLEAN_ENOUGH: f64 = 0.08;
/// The kernel repeats a connection's first packet after a second (RFC 6298, 2.1). So on a line that
/// is quicker, a question is given up shortly before: when to ask again is decided here, and behind
/// a limit every packet counts.
const GIVEN_UP_AFTER: Duration = Duration::from_millis(900);
/// On a slower line an answer may take this many time-outs.
const GIVEN_UP_AFTER_TIME_OUTS: u32 = 2;

/// A canary is waited for this many time-outs.
const CANARY_TIME_OUTS: u32 = 3;

impl Scheduler {
    /// Questions without an answer in time are repeated, or their ports settled as silent. After
    /// some time more they are given up.
    pub(super) fn expire(&mut self, now: Moment) {
        let age = GIVEN_UP_AFTER.max(self.rtt.time_out() * GIVEN_UP_AFTER_TIME_OUTS);
        while let Some(attempt) = self.attempts.outlive(now, age) {
            self.ready.push_back(Step::Forget(attempt));
        }
        while let Some(Attempt { index, .. }) = self.attempts.lose(now, self.rtt.time_out()) {
            if self.asked[index].evidence.is_none() {
                self.repeat_or_settle(index);
            }
        }
        while let Some(Attempt { index, sent, .. }) =
            self.attempts.lose_canary(now, self.patience())
        {
            let meaning = self.flow.lost(now, sent, index, self.loss.share());
            self.take_in(meaning);
        }
    }

    /// What a canary's fate tells of the line and of what was asked.
    pub(super) fn take_in(&mut self, meaning: Meaning) {
        if let Meaning::Limited { .. } = meaning {
            self.loss = Loss::default();
        }
        self.learn_from_canaries();
        if let Meaning::InVain { since } | Meaning::Limited { since } = meaning {
            self.ask_again_after(since);
        }
    }

    /// How long a canary may take: its silence means that something drops, so a short delay, here or
    /// on the way, must not look like it.
    pub(super) fn patience(&self) -> Duration {
        self.rtt.time_out() * CANARY_TIME_OUTS
    }

    pub(super) fn repeat_or_settle(&mut self, index: usize) {
        let Asked { tries, hint, .. } = self.asked[index];
        if tries < self.tries(index) {
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
    pub(super) fn settle_if_over(&mut self, index: usize) {
        if self.asked[index].evidence.is_none() && !self.attempts.waits_for(index) {
            self.repeat_or_settle(index);
        }
    }

    /// Something has begun to drop: what was asked since then is asked again, and those tries do
    /// not count. What is open is given up: repetitions by the kernel would use up what little gets
    /// through.
    pub(super) fn ask_again_after(&mut self, since: Moment) {
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
    pub(super) fn ask_the_distrusted(&mut self, now: Moment) -> bool {
        let since = self.flow.distrusts_the_end(now);
        if let Some(since) = since {
            self.ask_again_after(since);
        }
        since.is_some() && self.unsettled > 0
    }

    /// Silent ports that were settled when the line seemed to lose less than it does are asked again.
    pub(super) fn ask_the_neglected(&mut self) -> bool {
        let before = self.unsettled;
        for index in 0..self.asked.len() {
            let tries = self.tries(index);
            let asked = &mut self.asked[index];
            if asked.is_silent() && asked.tries < tries {
                asked.evidence = None;
                self.unsettled += 1;
                self.queue.again(index);
            }
        }
        self.unsettled > before
    }

    /// How often a silent port has to be asked, as far as one knows now.
    pub(super) fn tries(&self, index: usize) -> u8 {
        if self.flow.is_slow() && self.loss.share() <= CLEAN_ENOUGH {
            return if index < FRONT { SURE_TRIES.min(self.pace.tries) } else { 1 };
        }
        self.loss.tries(self.pace.tries)
    }

    /// How long answers still count after the last question. Somebody who only wants to know which
    /// ports are open, on a line that is steady, waits for one time-out only.
    pub(super) fn linger(&self) -> Duration {
        let is_steady = !self.unsteady && self.rtt.smoothed().is_some();
        let hurries = is_steady && !self.pace.recognise;
        if hurries { self.rtt.time_out().min(LINGER) } else { LINGER }
    }
}
