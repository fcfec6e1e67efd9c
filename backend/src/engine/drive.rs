//! Brings scheduler and transport together under a real clock. Decides nothing.

use super::Pace;
use super::knocker::{Knocker, Method};
use super::machine::Machine;
use super::scheduler::{Scheduler, Step};
use super::transport::Transport;
use crate::clock::unix_seconds;
use crate::visitor::OwnAddress;
use klinke_shared::{Controls, Observation, Plan, Recognised, Slowing};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use tokio::time::Instant;

/// What to ask where. Only an [`OwnAddress`] can be a target.
#[derive(Debug, Clone)]
pub struct Target {
    /// The proven address.
    pub address: OwnAddress,
    /// The ports, in order.
    pub plan: Plan,
    /// The bounds.
    pub pace: Pace,
    /// How TCP ports are asked.
    pub method: Method,
    /// Counts what is sent: questions, and beginnings of conversations.
    pub sent: Arc<AtomicU64>,
}

/// Why an address cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum KnockError {
    /// Without them, answers could be forged.
    #[error("the system gives no random numbers: {0}")]
    NoChance(#[from] getrandom::Error),
    /// Raw packets were asked for.
    #[error(
        "raw packets cannot be sent: {0}. They need root or the capability CAP_NET_RAW; \
         the method “connect” needs no right"
    )]
    NoRawPackets(#[from] std::io::Error),
}

/// What the engine tells while it knocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// What was seen at a port. A later one of the same port replaces it.
    Observed(Observation),
    /// What is behind an open port. A later one of the same port replaces it.
    Recognised(Box<Recognised>),
    /// The check goes more slowly from now on.
    Slowed(Slowing),
    /// What the control questions said.
    Controlled(Controls),
}

impl Target {
    /// Carries out the plan over real connections and hands over each sight as it is had. Drop it to
    /// stop at once.
    ///
    /// # Errors
    /// When nothing can be asked.
    pub async fn knock(
        &self,
        machine: &Machine,
        observe: impl FnMut(Sight) + Send,
    ) -> Result<(), KnockError> {
        let mut token = [0; 16];
        getrandom::fill(&mut token)?;
        let seed = token.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let transport = Knocker::new(&self.address, self.method, token, unix_seconds())?;
        let in_flight =
            if transport.is_raw() { self.pace.in_flight_raw() } else { self.pace.in_flight };
        let pace = Pace { in_flight, seed, ..self.pace };
        drive(Scheduler::new(&self.plan, pace), transport, (machine, &self.sent), observe).await;
        Ok(())
    }
}

/// Runs a scheduler over a transport to its end, and counts what is sent.
pub async fn drive(
    mut scheduler: Scheduler,
    mut transport: impl Transport,
    (machine, sent): (&Machine, &AtomicU64),
    mut observe: impl FnMut(Sight),
) {
    let start = Instant::now();
    let _place = machine.enter();
    loop {
        match scheduler.step(start.elapsed()) {
            Step::Send(attempt, port) => {
                machine.sent(false);
                sent.fetch_add(1, Relaxed);
                transport.send(attempt, port);
            }
            Step::Talk(attempt, port) => {
                machine.sent(true);
                sent.fetch_add(1, Relaxed);
                transport.talk(attempt, port);
            }
            Step::Forget(attempt) => transport.forget(attempt),
            Step::Observe(observation) => {
                machine.observed(&observation);
                observe(Sight::Observed(observation));
            }
            Step::Controlled(controls) => observe(Sight::Controlled(controls)),
            Step::Slowed(slowing) => {
                machine.slowed(slowing);
                observe(Sight::Slowed(slowing));
            }
            Step::Wait(until) => {
                tokio::select! {
                    (attempt, outcome) = transport.next() => {
                        machine.happened(outcome);
                        scheduler.happened(start.elapsed(), attempt, outcome);
                        while let Some(recognised) = transport.recognised() {
                            observe(Sight::Recognised(Box::new(recognised)));
                        }
                    }
                    () = tokio::time::sleep_until(start + until) => {}
                }
                let (per_second, attempts) = machine.share();
                if scheduler.share(per_second, attempts) {
                    machine.held_back();
                }
            }
            Step::Done => return,
        }
    }
}
