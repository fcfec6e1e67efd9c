//! The desk admits checks, bounded in number, and finds them again. One line has one check at a
//! time.

use super::check::Check;
use super::runner::{self, Means};
use crate::engine::{Machine, Method, Pace};
use crate::store::Store;
use crate::visitor::OwnAddress;
use klinke_shared::{CheckId, EndReason, Profile};
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
/// When to come back while this line's own check runs; a check takes a few seconds.
const RETRY_SAME_LINE: Duration = Duration::from_secs(5);
/// When to come back while all places are taken.
const RETRY_FULL: Duration = Duration::from_secs(10);

/// The bounds of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskLimits {
    /// Checks that may run at once.
    pub running: usize,
    /// Reports that are kept at most; the oldest goes first.
    pub kept: usize,
    /// How long a report is kept after its check.
    pub kept_for: Duration,
    /// How hard each check knocks.
    pub pace: Pace,
    /// How TCP ports are asked.
    pub method: Method,
}

/// What a visitor wishes to have checked.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The proven addresses.
    pub addresses: Vec<OwnAddress>,
    /// How much to ask.
    pub profile: Profile,
    /// How long an answer takes, where the visitor's own connection tells.
    pub first_rtt: Option<Duration>,
}

/// The desk's answer to a wish.
#[derive(Debug)]
pub enum Admission {
    /// The check runs.
    Admitted(Arc<Check>),
    /// This line is being checked already.
    AlreadyRunning {
        /// When to come back.
        retry_after: Duration,
    },
    /// All places are taken.
    Full {
        /// When to come back.
        retry_after: Duration,
    },
    /// The server is being shut down.
    Closing,
}

/// Admits checks and knows them by name.
#[derive(Debug)]
pub struct Desk {
    limits: DeskLimits,
    checks: Store<CheckId, Arc<Check>>,
    running: Mutex<Vec<Running>>,
    listening: Vec<SocketAddr>,
    closing: AtomicBool,
    engine: Handle,
    machine: Arc<Machine>,
}

#[derive(Debug)]
struct Running {
    check: Arc<Check>,
    task: AbortHandle,
}

impl Desk {
    /// An open desk whose checks run on `engine`. `listening` are the server's own addresses, which a
    /// check from inside will find open.
    #[must_use]
    pub fn open(
        limits: DeskLimits,
        listening: Vec<SocketAddr>,
        engine: Handle,
        machine: Machine,
    ) -> Arc<Self> {
        let desk = Arc::new(Self {
            limits,
            checks: Store::new(limits.kept),
            running: Mutex::default(),
            listening,
            closing: AtomicBool::new(false),
            engine,
            machine: Arc::new(machine),
        });
        let sweeper = Arc::downgrade(&desk);
        desk.engine.spawn(async move {
            loop {
                tokio::time::sleep(SWEEP_EVERY).await;
                let Some(desk) = sweeper.upgrade() else { return };
                desk.checks.sweep();
                desk.checks.all().iter().for_each(|check| check.compact());
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

    /// Admits a check and starts it, or says why not.
    pub fn admit(self: &Arc<Self>, id: CheckId, wish: Wish) -> Admission {
        let addresses: Vec<IpAddr> = wish.addresses.iter().map(OwnAddress::ip).collect();
        let check = Arc::new(Check::new(id, addresses));
        // One lock from the look at the places to the start, so that neither two checks of a line
        // nor one that nobody can stop slips through.
        let mut running = self.lock();
        if self.closing.load(Ordering::SeqCst) {
            return Admission::Closing;
        }
        if running.iter().any(|other| shares_an_address(&other.check, &check)) {
            return Admission::AlreadyRunning { retry_after: RETRY_SAME_LINE };
        }
        if running.len() >= self.limits.running {
            return Admission::Full { retry_after: RETRY_FULL };
        }
        self.checks.keep(id, Arc::clone(&check));
        let task = self.start(&check, wish);
        running.push(Running { check: Arc::clone(&check), task });
        Admission::Admitted(check)
    }

    /// The check of that name, running or finished, unless it has expired.
    #[must_use]
    pub fn find(&self, id: CheckId) -> Option<Arc<Check>> {
        self.checks.get(id)
    }

    /// Stops the check if it runs, and forgets everything about it. False when it was unknown.
    pub fn forget(&self, id: CheckId) -> bool {
        let Some(check) = self.checks.remove(id) else { return false };
        self.stop(&check, EndReason::Forgotten);
        true
    }

    /// Whether checks are admitted at all.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.closing.load(Ordering::SeqCst)
    }

    /// Admits nothing any more and ends every running check, so that their streams end.
    pub fn close(&self) {
        let open = self.lock();
        self.closing.store(true, Ordering::SeqCst);
        drop(open);
        for check in self.checks.all() {
            self.stop(&check, EndReason::Shutdown);
        }
    }

    fn start(self: &Arc<Self>, check: &Arc<Check>, wish: Wish) -> AbortHandle {
        let (desk, check) = (Arc::clone(self), Arc::clone(check));
        let task = self.engine.spawn(async move {
            let _place = Place { desk: &desk, check: &check };
            let means = Means {
                machine: &desk.machine,
                listening: &desk.listening,
                method: desk.limits.method,
                pace: Pace { first_rtt: wish.first_rtt, ..desk.limits.pace },
            };
            runner::run(&check, wish.profile, &wish.addresses, means).await;
        });
        task.abort_handle()
    }

    fn stop(&self, check: &Check, reason: EndReason) {
        check.end(reason);
        if let Some(task) = self.leave(check) {
            task.abort();
        }
    }

    /// Frees the place of a check; its report's time begins.
    fn leave(&self, check: &Check) -> Option<AbortHandle> {
        self.checks.expire_at(check.id, Instant::now() + self.limits.kept_for);
        let mut running = self.lock();
        let place = running.iter().position(|place| place.check.id == check.id)?;
        Some(running.swap_remove(place).task)
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound places.
    fn lock(&self) -> MutexGuard<'_, Vec<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running check's place; it is freed however the check ends.
struct Place<'a> {
    desk: &'a Desk,
    check: &'a Check,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        // After a finished check this says nothing more.
        self.check.end(EndReason::Shutdown);
        self.desk.leave(self.check);
    }
}

fn shares_an_address(one: &Check, other: &Check) -> bool {
    one.addresses
        .iter()
        .any(|address| other.addresses.iter().any(|known| line(*known) == line(*address)))
}

/// What belongs to one connection: an IPv4 address, or the 64 bits that an IPv6 network has in
/// common (RFC 4291, 2.5.1).
fn line(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let network = u128::from(address) >> 64 << 64;
            IpAddr::V6(network.into())
        }
    }
}
