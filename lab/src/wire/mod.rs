//! A wire between two devices, with a length and faults: it carries Ethernet frames, late, and
//! loses some. It knows no namespace and no address; what becomes of a frame is `fate`'s business.

mod bucket;
mod counters;
mod fate;
mod frame;
mod nat;
mod queue;
mod random;
mod settings;

use anyhow::{Context as _, Result};
use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::prctl::set_timerslack;
use nix::sys::time::TimeSpec;
use std::io::ErrorKind;
use std::os::fd::AsFd as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tappers::Tap;

pub(crate) use self::counters::Counts;
pub(crate) use self::settings::Settings;

use self::counters::Counters;
use self::fate::{Direction, Fate, Lane};
use self::frame::Seen;
use self::queue::Queue;

/// The longest sleep: how late the wire notices that it shall end.
const IDLE: Duration = Duration::from_millis(20);
/// So much later than it should a frame may arrive: little beside the shortest round trip.
const TOLERANCE: Duration = Duration::from_millis(1);
/// Frames read in one go: a flood in one direction must not delay what arrives in the other.
const BATCH: usize = 32;
/// The kernel wakes a thread up to 50 µs late by default; a wire is as exact as it can be.
const TIMER_SLACK_NS: u64 = 1;
/// The wire goes before everything that it is to measure; any number does.
const REAL_TIME_PRIORITY: &str = "10";

/// A wire that carries frames until it is dropped.
pub(crate) struct Wire {
    ends: Arc<AtomicBool>,
    counters: Arc<[Counters; 2]>,
    thread: Option<JoinHandle<()>>,
}

/// One direction: from its own device to the other one.
struct Strand {
    device: Tap,
    lane: Lane,
    queue: Queue,
}

impl Wire {
    /// Connects the scanner's device with the target's.
    pub(crate) fn between(mut scanner: Tap, mut target: Tap, settings: Settings) -> Result<Self> {
        for device in [&mut scanner, &mut target] {
            device.set_nonblocking(true).context("a device that blocks is no end of a wire")?;
        }
        let ends = Arc::new(AtomicBool::new(false));
        let counters = Arc::<[Counters; 2]>::default();
        let strand = |device, direction| Strand {
            device,
            lane: Lane::new(settings, direction),
            queue: Queue::default(),
        };
        let mut strands = [strand(scanner, Direction::Out), strand(target, Direction::Back)];
        let (stop, counts) = (Arc::clone(&ends), Arc::clone(&counters));
        let thread = std::thread::Builder::new()
            .name("wire".to_owned())
            .spawn(move || carry(&mut strands, &counts, &stop))
            .context("cannot start the wire")?;
        Ok(Self { ends, counters, thread: Some(thread) })
    }

    /// What the scanner sent so far, and what the target sent.
    pub(crate) fn counts(&self) -> [Counts; 2] {
        [self.counters[0].now(), self.counters[1].now()]
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A wire that has panicked has said so.
            let _ = thread.join();
        }
    }
}

fn carry(strands: &mut [Strand; 2], counters: &[Counters; 2], ends: &AtomicBool) {
    go_first();
    let start = Instant::now();
    while !ends.load(Ordering::Relaxed) {
        for from in [0, 1] {
            take_in(&mut strands[from], &counters[from], start);
        }
        if strands[0].lane.has_vanished() {
            strands[1].lane.vanish();
        }
        for from in [0, 1] {
            deliver(strands, from, &counters[from], start);
        }
        wait(strands, start);
    }
}

/// Best effort: without it, a busy machine makes the wire late, and its measurements with it.
fn go_first() {
    let _ = set_timerslack(TIMER_SLACK_NS);
    let thread = nix::unistd::gettid().to_string();
    let mut chrt = Command::new("chrt");
    chrt.args(["--fifo", "--pid", REAL_TIME_PRIORITY, &thread]);
    let _ = chrt.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

fn take_in(strand: &mut Strand, counters: &Counters, start: Instant) {
    for _ in 0..BATCH {
        let mut frame = strand.queue.buffer();
        let Ok(length) = strand.device.recv(&mut frame.buffer[..]) else {
            return strand.queue.give_back(frame);
        };
        frame.length = length;
        let seen = Seen::of(frame.bytes());
        counters.sent(seen.kind);
        match strand.lane.judge(seen, start.elapsed()) {
            Fate::ArrivesAt(at) => strand.queue.push(frame, at),
            Fate::Dropped(cause) => {
                counters.dropped(cause);
                strand.queue.give_back(frame);
            }
        }
    }
}

fn deliver(strands: &mut [Strand; 2], from: usize, counters: &Counters, start: Instant) {
    let [out, back] = strands;
    let (strand, to) = if from == 0 { (out, &back.device) } else { (back, &out.device) };
    let now = start.elapsed();
    while let Some((frame, late)) = strand.queue.pop(now) {
        if late > TOLERANCE {
            counters.late();
        }
        if to.send(frame.bytes()).is_err_and(|error| error.kind() != ErrorKind::Interrupted) {
            counters.refused();
        }
        strand.queue.give_back(frame);
    }
}

/// Until a frame is sent or arrives.
fn wait(strands: &[Strand; 2], start: Instant) {
    let next = strands.iter().filter_map(|strand| strand.queue.next()).min();
    let pause = next.map_or(IDLE, |at| at.saturating_sub(start.elapsed()).min(IDLE));
    let mut ends = strands.each_ref().map(|s| PollFd::new(s.device.as_fd(), PollFlags::POLLIN));
    // Interrupted or not, the loop looks again.
    let _ = ppoll(&mut ends, Some(TimeSpec::from_duration(pause)), None);
}
