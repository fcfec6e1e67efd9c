//! Checks and reports to test with: made of the same values that a server would send.
#![allow(dead_code, reason = "each test file uses some of them")]
#![allow(clippy::unwrap_used, reason = "a test without its sample has failed")]

pub(crate) mod drawing;

use klinke_page::state::{Action, Signal, State};
use klinke_shared::{
    AddressReport, CheckId, Controls, Ending, Event, Evidence, IcmpKind, Language, Line,
    Observation, Observations, OfficeAnswer, OwnFault, PageRoute, Plan, PlannedAddress, Port,
    Ports, Profile, REPORT_FORMAT, Recognised, Recognition, Report, Route, Scope, Texts, Transport,
    UdpPath,
};
use std::rc::Rc;

pub(crate) const ADDRESS: &str = "203.0.113.42";

pub(crate) fn id() -> CheckId {
    CheckId::from_random([7; 16])
}

pub(crate) fn texts(language: Language) -> Rc<Texts> {
    Rc::new(Texts::built_in(language).unwrap())
}

pub(crate) fn page(language: Language, route: Route) -> State {
    State::new(PageRoute { language, route }, texts(language))
}

pub(crate) fn check_page(language: Language) -> State {
    page(language, Route::Check(id()))
}

pub(crate) fn tcp(number: u16) -> Port {
    Port::new(Transport::Tcp, number).unwrap()
}

pub(crate) fn seen(port: u16, evidence: Evidence) -> Observation {
    Observation { port: tcp(port), evidence }
}

/// What is seen when these TCP ports are open, these cannot be tested and all others are closed.
pub(crate) fn observations(open: &[u16], untested: &[u16]) -> Observations {
    let mut all = Observations::default();
    for port in Plan::of_profile(Profile::Office).ports() {
        let number = port.number.get();
        let evidence = if port.transport == Transport::Udp {
            let icmp = IcmpKind::PortUnreachable;
            Evidence::Unreachable { icmp, from: None, rtt_us: 8_400 }
        } else if open.contains(&number) {
            Evidence::Accepted { rtt_us: 8_400 }
        } else if untested.contains(&number) {
            Evidence::NotAsked { fault: OwnFault::Forbidden }
        } else {
            Evidence::Refused { rtt_us: 8_400 }
        };
        all.insert(Observation { port: *port, evidence });
    }
    all
}

/// The same, with what was recognised behind a TCP port.
pub(crate) fn recognised(number: u16, recognition: Recognition) -> Observations {
    let mut all = observations(&[number], &[]);
    all.recognise(Recognised { port: tcp(number), recognition });
    all
}

pub(crate) fn report(observations: Observations) -> Report {
    Report {
        format: REPORT_FORMAT,
        profile: Profile::Office,
        recheck: false,
        started_ms: 0,
        finished_ms: 4_200,
        ending: Ending::Complete,
        line: Line { udp: UdpPath::Same, office: OfficeAnswer::Yes, ..Line::default() },
        addresses: vec![AddressReport {
            address: ADDRESS.parse().unwrap(),
            scope: Scope::Public,
            planned: Plan::of_profile(Profile::Office).to_set(),
            observations,
            own: Ports::default(),
            slowed: None,
            controls: Controls::default(),
        }],
    }
}

pub(crate) fn started() -> Event {
    Event::Started {
        id: id(),
        profile: Profile::Office,
        started_ms: 0,
        addresses: vec![PlannedAddress {
            address: ADDRESS.parse().unwrap(),
            scope: Scope::Public,
            planned: Plan::of_profile(Profile::Office).to_set(),
        }],
    }
}

pub(crate) fn observed(observations: Observations) -> Event {
    Event::Observed { address: 0, observations }
}

pub(crate) fn finished(report: Report) -> Event {
    Event::Finished { report: Box::new(report) }
}

/// The state after the stream said these events, numbered from `first`.
pub(crate) fn heard(state: State, first: u64, events: Vec<Event>) -> State {
    let events = (first..).zip(events).collect();
    state.reduce(Action::Heard(id(), Signal::Events(0, events)))
}

/// The page of a finished check with these ports open.
pub(crate) fn finished_page(language: Language, open: &[u16], untested: &[u16]) -> State {
    let report = report(observations(open, untested));
    heard(check_page(language), 1, vec![started(), finished(report)])
}
