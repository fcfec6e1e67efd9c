//! Brings scheduler and transport together under a real clock. Decides nothing.

use super::scheduler::{Scheduler, Step};
use super::transport::Transport;
use super::{ConnectTransport, Pace};
use crate::visitor::OwnAddress;
use klinke_shared::{Observation, Plan};
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

impl Target {
    /// Carries out the plan over real connections and hands over each observation as it is made.
    pub async fn knock(&self, observe: impl FnMut(Observation) + Send) {
        let scheduler = Scheduler::new(&self.plan, self.pace);
        drive(scheduler, ConnectTransport::new(&self.address), observe).await;
    }
}

/// Runs a scheduler over a transport to its end.
pub async fn drive(
    mut scheduler: Scheduler,
    mut transport: impl Transport,
    mut observe: impl FnMut(Observation),
) {
    let start = Instant::now();
    loop {
        match scheduler.step(start.elapsed()) {
            Step::Send(attempt, port) => transport.send(attempt, port),
            Step::Forget(attempt) => transport.forget(attempt),
            Step::Observe(observation) => observe(observation),
            Step::Wait(until) => {
                tokio::select! {
                    (attempt, outcome) = transport.next() => scheduler.happened(start.elapsed(), attempt, outcome),
                    () = tokio::time::sleep_until(start + until) => {}
                }
            }
            Step::Done => return,
        }
    }
}
