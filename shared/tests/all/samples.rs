//! Reports to judge, built by hand.

use klinke_shared::{
    AddressReport, Ending, Evidence, Observation, Observations, OwnFault, Port, Ports, Profile,
    REPORT_FORMAT, Report, Scope, Transport,
};

/// Evidence of an open port.
pub(crate) const OPEN: Evidence = Evidence::Accepted { rtt_us: 12_345 };
/// Evidence of a closed port.
pub(crate) const CLOSED: Evidence = Evidence::Refused { rtt_us: 12_345 };
/// Evidence of a silent port.
pub(crate) const SILENT: Evidence = Evidence::Silence { tries: 3 };
/// Evidence of a fault of ours.
pub(crate) const NOT_ASKED: Evidence = Evidence::NotAsked { fault: OwnFault::Exhausted };

/// A TCP port.
pub(crate) fn tcp(number: u16) -> Port {
    Port::new(Transport::Tcp, number).unwrap()
}

/// A report of one public address with these observations.
pub(crate) fn report(seen: &[(u16, Evidence)]) -> Report {
    let mut observations = Observations::default();
    for (number, evidence) in seen {
        observations.insert(Observation { port: tcp(*number), evidence: *evidence });
    }
    let line = AddressReport {
        address: "192.0.2.7".parse().unwrap(),
        scope: Scope::Public,
        planned: seen.iter().map(|(number, _)| tcp(*number)).collect(),
        own: Ports::default(),
        observations,
    };
    Report {
        format: REPORT_FORMAT,
        profile: Profile::Office,
        started_ms: 1_790_000_000_000,
        finished_ms: 1_790_000_004_000,
        ending: Ending::Complete,
        addresses: vec![line],
    }
}
