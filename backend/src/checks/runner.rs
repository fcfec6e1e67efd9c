//! Carries out one admitted check: engine in, events out.

use super::check::Check;
use super::sights::Sights;
use super::wish::Wish;
use crate::clock::unix_ms;
use crate::engine::{Machine, Method, Pace, Sight, Target};
use crate::visitor::OwnAddress;
use futures_util::future::join_all;
use klinke_shared::{
    AddressReport, Ending, Event, Evidence, Observation, OwnFault, Plan, PlannedAddress, Port,
    Ports, REPORT_FORMAT, Report, State, Transport,
};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

/// How often observations are told: often enough to look immediate, seldom enough that a check of
/// thousands of ports is a few dozen events.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// What a check is carried out with, besides its visitor's wish.
pub(super) struct Means<'a> {
    pub(super) machine: &'a Machine,
    /// The server's own addresses.
    pub(super) listening: &'a [SocketAddr],
    pub(super) pace: Pace,
    pub(super) method: Method,
}

/// Runs the check to its report. The caller may drop this at any time to stop knocking.
pub(super) async fn run(check: &Check, wish: &Wish, means: Means<'_>) {
    let (plan, profile, addresses) = (wish.plan(), wish.profile, &wish.addresses);
    let started_ms = unix_ms();
    let planned: Vec<PlannedAddress> = addresses
        .iter()
        .map(|own| PlannedAddress { address: own.ip(), scope: own.scope(), planned: plan.to_set() })
        .collect();
    check.tell(Event::Started { id: check.id, profile, started_ms, addresses: planned.clone() });
    let seen = knock(check, addresses, &plan, &means).await;
    let reports: Vec<AddressReport> = planned
        .into_iter()
        .zip(seen)
        .map(|(PlannedAddress { address, scope, planned }, seen)| AddressReport {
            address,
            scope,
            planned,
            own: own_ports(address, means.listening),
            slowed: seen.slowed,
            controls: seen.controls,
            observations: seen.all,
        })
        .collect();
    let ending = Ending::of(&reports);
    let report = Report {
        format: REPORT_FORMAT,
        profile,
        recheck: wish.again.is_some(),
        started_ms,
        finished_ms: unix_ms(),
        ending,
        line: wish.line.clone(),
        addresses: reports,
    };
    tracing::info!(check = ?check.id, open = report.count(State::Open), ?ending, "check finished");
    check.tell(Event::Finished { report: Box::new(report) });
}

/// Knocks at all addresses at once and tells what was seen, in batches. They belong to one line, so
/// they share its pace.
async fn knock(
    check: &Check,
    addresses: &[OwnAddress],
    plan: &Plan,
    means: &Means<'_>,
) -> Vec<Sights> {
    let lines = u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    let pace = Pace { per_second: (means.pace.per_second / lines).max(1), ..means.pace };
    let (sender, seen) = mpsc::unbounded_channel();
    let targets: Vec<Target> = addresses
        .iter()
        .map(|own| Target {
            address: *own,
            plan: plan.without(|port| !means.machine.can_reach(own.ip(), port)),
            pace,
            method: means.method,
            sent: Arc::clone(&check.sent),
        })
        .collect();
    let knocking = join_all(targets.iter().enumerate().map(|(address, target)| {
        let sender = sender.clone();
        async move {
            let sights = move |sight| {
                // The receiver lives as long as this future, so sending cannot fail.
                let _ = sender.send((address, sight));
            };
            if let Err(error) = target.knock(means.machine, sights).await {
                // What was not asked is missing, and the report says so.
                tracing::error!(%error, "an address cannot be asked");
            }
        }
    }));
    for (address, own) in addresses.iter().enumerate() {
        for port in plan.ports().iter().filter(|port| !means.machine.can_reach(own.ip(), **port)) {
            // The receiver lives as long as this future, so sending cannot fail.
            let evidence = Evidence::NotAsked { fault: OwnFault::Forbidden };
            let _ = sender.send((address, Sight::Observed(Observation { port: *port, evidence })));
        }
    }
    drop(sender);
    let (_, all) = tokio::join!(knocking, telling(check, targets.len(), seen));
    all
}

async fn telling(
    check: &Check,
    addresses: usize,
    mut seen: mpsc::UnboundedReceiver<(usize, Sight)>,
) -> Vec<Sights> {
    let mut all: Vec<Sights> = (0..addresses).map(|_| Sights::default()).collect();
    let mut ticks = interval(TELL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let next: Option<Option<(usize, Sight)>> = tokio::select! {
            sight = seen.recv() => Some(sight),
            _ = ticks.tick() => None,
        };
        if let Some(Some((address, sight))) = next {
            if let Some(sights) = all.get_mut(address) {
                sights.take(check, address, sight);
            }
            continue;
        }
        all.iter_mut().enumerate().for_each(|(address, sights)| sights.tell(check, address));
        if next.is_some() {
            return all;
        }
    }
}

/// The ports at which this server itself listens at an address. A server that listens everywhere is
/// a public one, and its visitors' addresses are not its own.
fn own_ports(address: IpAddr, listening: &[SocketAddr]) -> Ports {
    listening
        .iter()
        .filter(|own| own.ip() == address)
        .filter_map(|own| Port::new(Transport::Tcp, own.port()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_takes_no_visitor_s_port_for_its_own() {
        let visitor = "1.2.3.4".parse().unwrap();
        let listening =
            ["0.0.0.0:8080", "[::]:8080", "127.0.0.1:8080"].map(|own| own.parse().unwrap());
        assert!(own_ports(visitor, &listening).is_empty());
        assert_eq!(own_ports("127.0.0.1".parse().unwrap(), &listening).len(), 1);
    }
}
