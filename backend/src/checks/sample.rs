//! The sample: the report of a line that does not exist, for whoever wants to see one first. It looks like that of
//! an office of today, where one door is dangerous, one should be shut soon and two are fine.

use super::check::Check;
use klinke_shared::{
    AddressReport, CheckId, Controls, Ending, Event, Evidence, Line, Note, Observation,
    Observations, OfficeAnswer, Plan, PlannedAddress, Port, Ports, Profile, Protocol,
    REPORT_FORMAT, Recognised, Recognition, Report, SAMPLE_ADDRESS, Scope, Transport, UdpPath,
};
use std::net::{IpAddr, Ipv6Addr};

/// The line's address of the other family, for documentation only as well (RFC 3849).
const OTHER_ADDRESS: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7));
/// 30 November 2026, in the morning.
const STARTED_MS: u64 = 1_796_026_500_000;
/// What a check of both addresses takes where most doors are silent.
const TOOK_MS: u64 = 9_000;
/// How long an answer took.
const RTT_US: u32 = 14_200;
/// A door that answers with a refusal comes once among so many; the router keeps silent for all others.
const REFUSED_EACH: usize = 40;

/// The check that the report is of. It is over.
pub(super) fn sample() -> Check {
    let check = Check::new(CheckId::SAMPLE, Vec::new(), None);
    let report = report();
    let planned = |line: &AddressReport| PlannedAddress {
        address: line.address,
        scope: line.scope,
        planned: line.planned.clone(),
    };
    check.tell(Event::Started {
        id: CheckId::SAMPLE,
        profile: report.profile,
        started_ms: report.started_ms,
        addresses: report.addresses.iter().map(planned).collect(),
    });
    check.tell(Event::Finished { report: Box::new(report) });
    check
}

fn report() -> Report {
    Report {
        format: REPORT_FORMAT,
        profile: Profile::Office,
        recheck: false,
        started_ms: STARTED_MS,
        finished_ms: STARTED_MS + TOOK_MS,
        ending: Ending::Complete,
        line: Line { udp: UdpPath::Same, office: OfficeAnswer::Yes, ..Line::default() },
        addresses: vec![seen(SAMPLE_ADDRESS, open()), seen(OTHER_ADDRESS, Vec::new())],
    }
}

/// The open doors, and what is behind them.
fn open() -> Vec<Recognised> {
    let web = |product: &str| Recognition {
        tls: true,
        ..Recognition::of(Protocol::Http).product(product)
    };
    let doors = [
        (Transport::Tcp, 443, web("nginx")),
        (Transport::Tcp, 3389, Recognition::of(Protocol::Rdp).note(Note::NoNla)),
        (Transport::Tcp, 5001, web("Synology DSM").note(Note::CertificateSelfSigned)),
        (Transport::Udp, 500, Recognition::of(Protocol::Ike)),
    ];
    let door = |(transport, number, recognition)| {
        Port::new(transport, number).map(|port| Recognised { port, recognition })
    };
    doors.into_iter().filter_map(door).collect()
}

/// What was seen at an address where just these doors are open.
fn seen(address: IpAddr, open: Vec<Recognised>) -> AddressReport {
    let plan = Plan::of_profile(Profile::Office);
    let mut observations = Observations::default();
    for (place, port) in plan.ports().iter().copied().enumerate() {
        let is_open = open.iter().any(|door| door.port == port);
        let evidence = match port.transport {
            Transport::Tcp if is_open => Evidence::Accepted { rtt_us: RTT_US },
            Transport::Udp if is_open => {
                Evidence::Answered { rtt_us: RTT_US, sent: 84, received: 36 }
            }
            Transport::Tcp if place % REFUSED_EACH == 0 => Evidence::Refused { rtt_us: RTT_US },
            _ => Evidence::Silence { tries: 3 },
        };
        observations.insert(Observation { port, evidence });
    }
    for door in open {
        observations.recognise(door);
    }
    AddressReport {
        address,
        scope: Scope::Public,
        planned: plan.to_set(),
        own: Ports::default(),
        slowed: None,
        controls: Controls { asked: 4, open: 0 },
        observations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klinke_shared::{Colour, Severity};

    #[test]
    fn the_sample_shows_each_kind_of_advice_and_is_nobody_s_line() {
        let report = sample().report().unwrap();
        assert!(report.is_sample());
        assert_eq!(report.verdict().colour, Colour::Red);
        let doors: Vec<_> =
            report.findings().iter().map(|door| (door.port.number.get(), door.urgency())).collect();
        let expected = [
            (3389, Severity::Critical),
            (5001, Severity::High),
            (443, Severity::Info),
            (500, Severity::Info),
        ];
        assert_eq!(doors, expected);
        assert!(report.findings().iter().all(|door| door.proven));
        assert_eq!(report.missing(), 0);
    }
}
