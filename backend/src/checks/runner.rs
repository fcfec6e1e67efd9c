//! Carries out one admitted check: engine in, events out.

use super::check::Check;
use crate::clock::unix_ms;
use crate::engine::{Pace, Target};
use crate::visitor::OwnAddress;
use klinke_shared::{
    AddressReport, Ending, Event, Observation, Observations, Plan, PlannedAddress, Port, Ports,
    Profile, REPORT_FORMAT, Report, State, Transport,
};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

/// How often observations are told: often enough to look immediate, seldom enough that a check of
/// thousands of ports is a few dozen events.
const TELL_EVERY: Duration = Duration::from_millis(50);
/// So many open doors are told at once, each for itself; where more are open, something answers for
/// every port, and they come with the others.
const OPEN_AT_ONCE: usize = 50;

/// Runs the check to its report. The caller may drop this at any time to stop knocking.
pub(super) async fn run(
    check: &Check,
    profile: Profile,
    addresses: &[OwnAddress],
    listening: &[SocketAddr],
    pace: Pace,
) {
    let plan = Plan::of_profile(profile);
    let started_ms = unix_ms();
    let planned: Vec<PlannedAddress> = addresses
        .iter()
        .map(|own| PlannedAddress { address: own.ip(), scope: own.scope(), planned: plan.to_set() })
        .collect();
    check.tell(Event::Started { id: check.id, profile, started_ms, addresses: planned.clone() });
    let mut reports = Vec::with_capacity(addresses.len());
    for (index, (own, planned)) in addresses.iter().zip(planned).enumerate() {
        let target = Target { address: *own, plan: plan.clone(), pace };
        let observations = knock(check, index, &target).await;
        let PlannedAddress { address, scope, planned } = planned;
        let own = own_ports(address, listening);
        reports.push(AddressReport { address, scope, planned, own, observations });
    }
    let ending = Ending::of(&reports);
    let report = Report {
        format: REPORT_FORMAT,
        profile,
        started_ms,
        finished_ms: unix_ms(),
        ending,
        addresses: reports,
    };
    tracing::info!(check = ?check.id, open = report.count(State::Open), ?ending, "check finished");
    check.tell(Event::Finished { report: Box::new(report) });
}

/// Knocks at one address and tells what was seen, in batches. The first observation and every open
/// door are told at once.
async fn knock(check: &Check, address: usize, target: &Target) -> Observations {
    let (sender, mut seen) = mpsc::unbounded_channel();
    let knocking = target.knock(move |observation| {
        // The receiver lives as long as this future, so sending cannot fail.
        let _ = sender.send(observation);
    });
    let mut all = Observations::default();
    let mut batch = Observations::default();
    let mut open = 0;
    let telling = async {
        let mut ticks = interval(TELL_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let next: Option<Option<Observation>> = tokio::select! {
                observation = seen.recv() => Some(observation),
                _ = ticks.tick() => None,
            };
            match next {
                Some(Some(observation)) => {
                    let first = all.is_empty();
                    all.insert(observation);
                    batch.insert(observation);
                    let is_open = observation.state() == State::Open;
                    open += usize::from(is_open);
                    if first || (is_open && open <= OPEN_AT_ONCE) {
                        tell(check, address, &mut batch);
                    }
                }
                Some(None) => break,
                None => tell(check, address, &mut batch),
            }
        }
        tell(check, address, &mut batch);
    };
    tokio::join!(knocking, telling);
    all
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

fn tell(check: &Check, address: usize, batch: &mut Observations) {
    if !batch.is_empty() {
        check.tell(Event::Observed { address, observations: std::mem::take(batch) });
    }
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
