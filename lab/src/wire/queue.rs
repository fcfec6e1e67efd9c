//! Frames on their way, by the time at which they arrive, and the buffers they lie in. Knows
//! neither device nor clock.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::time::Duration;

/// An Ethernet frame with the usual MTU, and room to notice one that is longer.
pub(super) const LONGEST: usize = 2048;

/// A buffer with a frame in it. It keeps its full length, so that nothing is zeroed twice.
pub(super) struct Frame {
    pub(super) buffer: Box<[u8; LONGEST]>,
    pub(super) length: usize,
}

impl Frame {
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.length).unwrap_or_default()
    }
}

struct OnItsWay {
    arrives: Duration,
    /// Frames that arrive at once arrive as they were sent.
    number: u64,
    frame: Frame,
}

/// The frames of one direction.
#[derive(Default)]
pub(super) struct Queue {
    heap: BinaryHeap<OnItsWay>,
    sent: u64,
    free: Vec<Frame>,
}

impl Queue {
    /// An empty buffer: a used one if there is any.
    pub(super) fn buffer(&mut self) -> Frame {
        let fresh = || Frame { buffer: Box::new([0; LONGEST]), length: 0 };
        self.free.pop().unwrap_or_else(fresh)
    }

    pub(super) fn give_back(&mut self, frame: Frame) {
        self.free.push(frame);
    }

    pub(super) fn push(&mut self, frame: Frame, arrives: Duration) {
        self.sent += 1;
        self.heap.push(OnItsWay { arrives, number: self.sent, frame });
    }

    /// When the next frame arrives.
    pub(super) fn next(&self) -> Option<Duration> {
        self.heap.peek().map(|next| next.arrives)
    }

    /// A frame that has arrived by now, and for how long it has waited for us.
    pub(super) fn pop(&mut self, now: Duration) -> Option<(Frame, Duration)> {
        let late = now.checked_sub(self.next()?)?;
        self.heap.pop().map(|arrived| (arrived.frame, late))
    }
}

impl Ord for OnItsWay {
    /// The other way round: the heap's greatest is the first to arrive.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.arrives, other.number).cmp(&(self.arrives, self.number))
    }
}

impl PartialOrd for OnItsWay {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for OnItsWay {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for OnItsWay {}

#[cfg(test)]
mod tests {
    use super::Queue;
    use std::time::Duration;

    #[test]
    fn frames_leave_when_they_arrive_and_not_before() {
        let mut queue = Queue::default();
        for (length, arrives) in [(1, 20), (2, 10), (3, 10)] {
            let mut frame = queue.buffer();
            frame.length = length;
            queue.push(frame, Duration::from_millis(arrives));
        }
        let mut pop = |at| queue.pop(Duration::from_millis(at)).map(|(frame, _)| frame.length);
        assert_eq!(
            [pop(9), pop(10), pop(10), pop(10), pop(20)],
            [None, Some(2), Some(3), None, Some(1)]
        );
    }
}
