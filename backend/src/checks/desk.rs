//! The desk admits checks, bounded in number, and finds them again. One line has one check at a
//! time; whoever comes when all places are taken waits and sees how many are before.

use super::audit::{Audit, AuditLine};
use super::check::Check;
use super::places::{PlaceLimits, Places, Room, Running, Waiting};
use super::runner::{self, Means};
use super::sample::sample;
use super::wish::{Admission, Wish};
use crate::clock::unix_seconds;
use crate::engine::{Machine, Method, Pace};
use crate::store::Store;
use crate::visitor::{OwnAddress, shortened};
use klinke_shared::{CheckId, EndReason, Event};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// How often expired reports are dropped and finished checks made small. A report is not readable
/// after its time in any case.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// How often the engine looks after its machine: at full pace a table of connections with room for
/// 262,144 fills in 13 seconds.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The report of a recheck is kept no longer than this: it answers a question of the moment. So rechecks,
/// which may follow each other quickly, never push as many reports of others out as checks might.
const RECHECK_KEPT: Duration = Duration::from_hours(1);
/// When to come back while this line's own check runs; a check takes a few seconds.
const RETRY_SAME_LINE: Duration = Duration::from_secs(5);
/// When to come back while all places are taken.
const RETRY_FULL: Duration = Duration::from_secs(10);

/// The bounds of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskLimits {
    /// How many checks there may be.
    pub places: PlaceLimits,
    /// Reports that are kept at most; the oldest goes first.
    pub kept: usize,
    /// How long a report is kept after its check.
    pub kept_for: Duration,
    /// How hard each check knocks.
    pub pace: Pace,
    /// How TCP ports are asked.
    pub method: Method,
}

/// Admits checks and knows them by name.
#[derive(Debug)]
pub struct Desk {
    limits: DeskLimits,
    checks: Store<CheckId, Arc<Check>>,
    /// Is always there.
    sample: Arc<Check>,
    places: Mutex<Places>,
    listening: Vec<SocketAddr>,
    closing: AtomicBool,
    engine: Handle,
    machine: Arc<Machine>,
    audit: Audit,
}

/// What a desk is opened with, besides its bounds.
#[derive(Debug)]
pub struct Surroundings {
    /// The server's own addresses, which a check from inside will find open.
    pub listening: Vec<SocketAddr>,
    /// Where checks run.
    pub engine: Handle,
    /// What they share.
    pub machine: Machine,
    /// Where a line about each goes.
    pub audit: Audit,
}

impl Desk {
    /// An open desk.
    #[must_use]
    pub fn open(limits: DeskLimits, around: Surroundings) -> Arc<Self> {
        let Surroundings { listening, engine, machine, audit } = around;
        let desk = Arc::new(Self {
            limits,
            checks: Store::new(limits.kept),
            sample: Arc::new(sample()),
            places: Mutex::default(),
            listening,
            closing: AtomicBool::new(false),
            engine,
            machine: Arc::new(machine),
            audit,
        });
        let sweeper = Arc::downgrade(&desk);
        desk.engine.spawn(async move {
            while let Some(desk) = sweeper.upgrade() {
                desk.checks.sweep();
                desk.checks.all().iter().for_each(|check| check.compact());
                desk.audit.sweep();
                drop(desk);
                tokio::time::sleep(SWEEP_EVERY).await;
            }
        });
        let machine = Arc::downgrade(&desk.machine);
        desk.engine.spawn(async move {
            while let Some(machine) = machine.upgrade() {
                machine.look_after_itself();
                drop(machine);
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
        desk
    }

    /// The bounds.
    #[must_use]
    pub const fn limits(&self) -> &DeskLimits {
        &self.limits
    }

    /// What all checks share.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Admits a check and starts it or lets it wait, or says why not.
    pub fn admit(self: &Arc<Self>, id: CheckId, wish: Wish) -> Admission {
        let addresses: Vec<IpAddr> = wish.addresses.iter().map(OwnAddress::ip).collect();
        // One lock from the look at the places to the start, so that neither two checks of a line
        // nor one that nobody can stop slips through.
        let mut places = self.lock();
        if self.closing.load(Ordering::SeqCst) {
            return Admission::Closing;
        }
        let now = Instant::now();
        let again_of = wish.again.as_ref().map(|again| again.of);
        match places.room(&addresses, again_of, &self.limits.places, now) {
            Room::SameLine => Admission::AlreadyRunning { retry_after: RETRY_SAME_LINE },
            Room::CoolDown(rest) => {
                // Whole seconds, and none too few.
                let retry_after = Duration::from_secs(rest.as_secs() + 1);
                Admission::CoolDown { retry_after }
            }
            Room::NetworkBusy => Admission::NetworkBusy { retry_after: RETRY_FULL },
            Room::Full => Admission::Full { retry_after: RETRY_FULL },
            room => {
                let check = Arc::new(Check::new(id, addresses, again_of));
                self.checks.keep(id, Arc::clone(&check));
                if let Some(report) = again_of {
                    places.rests.recheck_began(report, now);
                }
                let waiting = Waiting { check: Arc::clone(&check), wish, since: now };
                if room == Room::Now {
                    self.start(&mut places, waiting);
                } else {
                    places.waiting.push_back(waiting);
                    check.tell(Event::Waiting { place: places.waiting.len() });
                }
                Admission::Admitted(check)
            }
        }
    }

    /// The check of that name, running or finished, unless it has expired; or the sample.
    #[must_use]
    pub fn find(&self, id: CheckId) -> Option<Arc<Check>> {
        if id == CheckId::SAMPLE { Some(Arc::clone(&self.sample)) } else { self.checks.get(id) }
    }

    /// How long the report of a check is kept after it.
    #[must_use]
    pub fn kept_for(&self, check: &Check) -> Duration {
        let kept_for = self.limits.kept_for;
        if check.again_of.is_some() { kept_for.min(RECHECK_KEPT) } else { kept_for }
    }

    /// Stops the check if it runs, and forgets everything about it, with all rechecks of its doors. False
    /// when it was unknown.
    pub fn forget(self: &Arc<Self>, id: CheckId) -> bool {
        let Some(check) = self.checks.remove(id) else { return false };
        self.stop(&check, EndReason::Forgotten);
        for again in self.checks.all().iter().filter(|other| other.again_of == Some(id)) {
            self.checks.remove(again.id);
            self.stop(again, EndReason::Forgotten);
        }
        true
    }

    /// Ends a check because its visitor's connection has another address now.
    pub fn connection_changed(self: &Arc<Self>, check: &Check) {
        self.stop(check, EndReason::ConnectionChanged);
    }

    /// Whether checks are admitted at all.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.closing.load(Ordering::SeqCst)
    }

    /// Admits nothing any more and ends every running check, so that their streams end.
    pub fn close(self: &Arc<Self>) {
        let open = self.lock();
        self.closing.store(true, Ordering::SeqCst);
        drop(open);
        for check in self.checks.all() {
            self.stop(&check, EndReason::Shutdown);
        }
    }

    fn start(self: &Arc<Self>, places: &mut Places, next: Waiting) {
        let Waiting { check, wish, .. } = next;
        let (desk, started) = (Arc::clone(self), Arc::clone(&check));
        let task = self.engine.spawn(async move {
            let check = &*started;
            let _place = Place { desk: &desk, check, wish: &wish, since: Instant::now() };
            let means = Means {
                machine: &desk.machine,
                listening: &desk.listening,
                method: desk.limits.method,
                pace: Pace { first_rtt: wish.first_rtt, ..desk.limits.pace },
            };
            runner::run(check, &wish, means).await;
        });
        places.running.push(Running { check, task: task.abort_handle() });
    }

    fn stop(self: &Arc<Self>, check: &Check, reason: EndReason) {
        check.end(reason);
        if let Some(task) = self.leave(check) {
            task.abort();
        }
    }

    /// Frees the place of a check, its report's time begins, and the next begins.
    fn leave(self: &Arc<Self>, check: &Check) -> Option<AbortHandle> {
        let now = Instant::now();
        self.checks.expire_at(check.id, now + self.kept_for(check));
        let mut places = self.lock();
        let task = places.leave(check.id, self.limits.places.cool_down, now);
        if !self.closing.load(Ordering::SeqCst) {
            self.call_the_next(&mut places, now);
        }
        task
    }

    /// Starts whoever may begin now, and tells all others how many are before them.
    fn call_the_next(self: &Arc<Self>, places: &mut Places, now: Instant) {
        loop {
            let (given_up, next) = places.next(&self.limits.places, now);
            for check in given_up {
                check.end(EndReason::NobodyWaited);
                self.checks.expire_at(check.id, now);
            }
            let Some(next) = next else { break };
            self.start(places, next);
        }
        for (place, waiting) in (1..).zip(&places.waiting) {
            waiting.check.tell(Event::Waiting { place });
        }
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound places.
    fn lock(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running check's place; it is freed however the check ends.
struct Place<'a> {
    desk: &'a Arc<Desk>,
    check: &'a Check,
    wish: &'a Wish,
    since: Instant,
}

impl Place<'_> {
    fn audit_line(&self) -> AuditLine {
        AuditLine {
            ended: unix_seconds(),
            took_ms: u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX),
            networks: self.check.addresses.iter().map(|address| shortened(*address)).collect(),
            profile: self.wish.profile,
            rechecked: self.wish.again.as_ref().map(|again| again.plan.ports().len()),
            consent: self.wish.consent.clone(),
            sent: self.check.sent.load(Ordering::Relaxed),
            finished: self.check.report().is_some(),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        // After a finished check this says nothing more.
        self.check.end(EndReason::Shutdown);
        self.desk.audit.write(&self.audit_line());
        self.desk.leave(self.check);
    }
}
