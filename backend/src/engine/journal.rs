//! What was sent when, for the time that matters: so that, when something turns out to have begun
//! to drop, what was sent in vain is known. Judges nothing.

use super::scheduler::Moment;
use std::collections::VecDeque;

/// Enough for a canary's time-out at 5,000 a second and the window of canaries before it.
const KEPT: usize = 4_096;
/// Answers come in roughly the order of their questions.
const KEPT_ANSWERS: usize = 64;

/// The last questions and answers.
#[derive(Debug, Default)]
pub(super) struct Journal {
    sent: VecDeque<(Moment, usize)>,
    answered: VecDeque<Moment>,
}

impl Journal {
    /// The port at that position was asked.
    pub(super) fn sent(&mut self, now: Moment, index: usize) {
        keep(&mut self.sent, (now, index), KEPT);
    }

    /// A question that was sent then was answered.
    pub(super) fn answered(&mut self, sent: Moment) {
        keep(&mut self.answered, sent, KEPT_ANSWERS);
    }

    /// The last moment before `moment` at which a question was sent that was answered.
    pub(super) fn well_before(&self, moment: Moment) -> Moment {
        self.answered.iter().copied().filter(|sent| *sent < moment).max().unwrap_or_default()
    }

    /// Takes out the ports that were asked after a moment, once for each time.
    pub(super) fn take_after(&mut self, moment: Moment) -> impl Iterator<Item = usize> {
        let first = self.sent.partition_point(|(sent, _)| *sent <= moment);
        self.sent.split_off(first).into_iter().map(|(_, index)| index)
    }
}

fn keep<T>(all: &mut VecDeque<T>, one: T, most: usize) {
    if all.len() == most {
        all.pop_front();
    }
    all.push_back(one);
}
