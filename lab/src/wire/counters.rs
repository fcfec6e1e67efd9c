//! What passed and what was dropped, and why, per direction. Knows nothing of when.

use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};

use super::frame::Kind;

/// Why a frame did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Loss,
    Police,
    NatFull,
    Vanished,
}

/// One direction's counts at one moment. All but the causes count what the sender sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub(crate) frames: u64,
    pub(crate) syns: u64,
    pub(crate) udp: u64,
    pub(crate) icmp: u64,
    pub(crate) lost: u64,
    pub(crate) policed: u64,
    pub(crate) nat_full: u64,
    pub(crate) vanished: u64,
    /// Frames that the device refused: the wire itself is at fault then.
    pub(crate) refused: u64,
    /// Frames that arrived later than they should have: the machine was too busy.
    pub(crate) late: u64,
}

/// The same while it grows; neighbour discovery is not counted.
#[derive(Default)]
pub(super) struct Counters {
    frames: AtomicU64,
    syns: AtomicU64,
    udp: AtomicU64,
    icmp: AtomicU64,
    lost: AtomicU64,
    policed: AtomicU64,
    nat_full: AtomicU64,
    vanished: AtomicU64,
    refused: AtomicU64,
    late: AtomicU64,
}

impl Counters {
    pub(super) fn sent(&self, kind: Kind) {
        if kind == Kind::Neighbour {
            return;
        }
        more(&self.frames);
        match kind {
            Kind::Syn => more(&self.syns),
            Kind::Udp => more(&self.udp),
            Kind::Icmp => more(&self.icmp),
            Kind::Neighbour | Kind::Tcp | Kind::Other => {}
        }
    }

    pub(super) fn dropped(&self, cause: Cause) {
        more(match cause {
            Cause::Loss => &self.lost,
            Cause::Police => &self.policed,
            Cause::NatFull => &self.nat_full,
            Cause::Vanished => &self.vanished,
        });
    }

    pub(super) fn refused(&self) {
        more(&self.refused);
    }

    pub(super) fn late(&self) {
        more(&self.late);
    }

    pub(super) fn now(&self) -> Counts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            frames: read(&self.frames),
            syns: read(&self.syns),
            udp: read(&self.udp),
            icmp: read(&self.icmp),
            lost: read(&self.lost),
            policed: read(&self.policed),
            nat_full: read(&self.nat_full),
            vanished: read(&self.vanished),
            refused: read(&self.refused),
            late: read(&self.late),
        }
    }
}

/// One thread counts, so that nothing has to be locked.
fn more(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
