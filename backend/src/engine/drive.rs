//! Brings scheduler and transport together under a real clock. Decides nothing.

use super::Pace;
use super::knocker::Knocker;
use super::machine::Machine;
use super::scheduler::{Scheduler, Step};
use super::transport::Transport;
use crate::clock::unix_seconds;
use crate::visitor::OwnAddress;
use klinke_shared::{Controls, Observation, Plan, Recognised, Slowing};
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
    /// stop at once. Without random numbers from the system nothing is asked.
    pub async fn knock(&self, machine: &Machine, observe: impl FnMut(Sight) + Send) {
        let mut token = [0; 16];
        if let Err(error) = getrandom::fill(&mut token) {
            tracing::error!(%error, "the system gives no random numbers");
            return;
        }
        let seed =
            token.iter().fold(0, |seed: u64, byte| seed << 8 ^ seed >> 56 ^ u64::from(*byte));
        let scheduler = Scheduler::new(&self.plan, Pace { seed, ..self.pace });
        let transport = Knocker::new(&self.address, token, unix_seconds());
        drive(scheduler, transport, machine, observe).await;
    }
}

/// Runs a scheduler over a transport to its end.
pub async fn drive(
    mut scheduler: Scheduler,
    mut transport: impl Transport,
    machine: &Machine,
    mut observe: impl FnMut(Sight),
) {
    let start = Instant::now();
    let _place = machine.enter();
    loop {
        match scheduler.step(start.elapsed()) {
            Step::Send(attempt, port) => {
                machine.sent(false);
                transport.send(attempt, port);
            }
            Step::Talk(attempt, port) => {
                machine.sent(true);
                transport.talk(attempt, port);
            }
            Step::Forget(attempt) => transport.forget(attempt),
            Step::Observe(observation) => observe(Sight::Observed(observation)),
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
