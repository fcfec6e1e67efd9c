//! What was sent when, for the time that matters: so that, when something turns out to have begun
//! to drop, what was sent in vain is known. Judges nothing.

use super::scheduler::Moment;
use std::collections::VecDeque;

/// Enough for a canary's time-out at 5,000 a second and the window of canaries before it.
const KEPT: usize = 4_096;
/// The last questions.
#[derive(Debug, Default)]
pub(super) struct Journal {
    sent: VecDeque<(Moment, usize)>,
}

impl Journal {
    /// The port at that position was asked.
    pub(super) fn sent(&mut self, now: Moment, index: usize) {
        if self.sent.len() == KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back((now, index));
    }

    /// Takes out the ports that were asked from a moment on, once for each time.
    pub(super) fn take_after(&mut self, moment: Moment) -> impl Iterator<Item = usize> {
        let first = self.sent.partition_point(|(sent, _)| *sent < moment);
        self.sent.split_off(first).into_iter().map(|(_, index)| index)
    }
}
