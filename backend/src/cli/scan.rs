//! `klinke scan`: a check from the terminal, of loopback and private addresses only.

use super::arguments::ScanArguments;
use super::{Failure, descriptors};
use crate::clock::unix_ms;
use crate::engine::{Pace, Target};
use crate::visitor::{OwnAddress, Proof};
use anyhow::Context as _;
use klinke_shared::{
    AddressReport, Ending, Evidence, Observation, Observations, Plan, Port, PortSet, Ports,
    Profile, REPORT_FORMAT, Report, ServiceId, State, Texts, Transport, render, usual_at,
};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// A person at a terminal ends a scan that takes too long; it has no other limit.
const NO_LIMIT: Duration = Duration::from_hours(24);

pub(super) fn run(arguments: &ScanArguments) -> Result<(), Failure> {
    let address = OwnAddress::prove(Proof::Operator { address: arguments.address })
        .map_err(|refusal| Failure::WrongUse(refusal.to_string()))?;
    let plan = plan(arguments);
    if plan.ports().is_empty() {
        return Err(Failure::WrongUse("--tcp and --udp name no port".to_owned()));
    }
    let pace = Pace { per_second: arguments.rate, time_limit: NO_LIMIT, ..Pace::default() };
    let texts = Texts::from_json(Texts::json(arguments.lang)).context("the built-in texts")?;
    let target = Target { address, plan, pace };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the engine")?;
    descriptors::raise_limit();
    let started = (unix_ms(), Instant::now());
    let mut seen = BTreeMap::new();
    runtime.block_on(target.knock(|observation| {
        // A late answer replaces the silence before it.
        seen.insert(observation.port, observation);
        if !arguments.json && observation.state() == State::Open {
            say(&line(&observation, &texts));
        }
    }));
    let report = report(&target, arguments.profile, seen.values(), started.0);
    if arguments.json {
        for observation in seen.values() {
            say(&object(observation));
        }
        say(&summary(&report, started.1.elapsed().as_secs_f64(), &texts).to_string());
    } else {
        say(&format!("\n{}", render::text(&report, &texts)));
    }
    Ok(())
}

/// Prints a line. Whoever reads may have stopped to, as `head` does; then there is nothing to do.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn plan(arguments: &ScanArguments) -> Plan {
    if arguments.tcp.is_none() && arguments.udp.is_none() {
        return Plan::of_profile(arguments.profile);
    }
    let ports = |transport, set: &Option<PortSet>| {
        set.iter()
            .flat_map(PortSet::iter)
            .map(move |number| Port { transport, number })
            .collect::<Vec<_>>()
    };
    Plan::of_ports(
        ports(Transport::Tcp, &arguments.tcp)
            .into_iter()
            .chain(ports(Transport::Udp, &arguments.udp)),
    )
}

fn report<'a>(
    target: &Target,
    profile: Profile,
    seen: impl Iterator<Item = &'a Observation>,
    started_ms: u64,
) -> Report {
    let mut observations = Observations::default();
    seen.for_each(|observation| observations.insert(*observation));
    let line = AddressReport {
        address: target.address.ip(),
        scope: target.address.scope(),
        planned: target.plan.to_set(),
        own: Ports::default(),
        observations,
    };
    let addresses = vec![line];
    Report {
        format: REPORT_FORMAT,
        profile,
        started_ms,
        finished_ms: unix_ms(),
        ending: Ending::of(&addresses),
        addresses,
    }
}

fn summary(report: &Report, seconds: f64, texts: &Texts) -> serde_json::Value {
    let count = |state| report.count(state);
    json!({ "summary": {
        "addresses": report.addresses.iter().map(|line| line.address).collect::<Vec<_>>(),
        "open": count(State::Open), "closed": count(State::Closed), "filtered": count(State::Filtered),
        "uncertain": count(State::Uncertain), "not_tested": report.missing(), "seconds": seconds,
        "verdict": report.verdict(), "sentence": report.verdict().sentence(texts),
    }})
}

/// One line of `--json`, in the order of the contract.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    port: Port,
    state: State,
    service: Option<ServiceId>,
    evidence: &'a Evidence,
}

fn object(observation: &Observation) -> String {
    let Observation { port, evidence } = observation;
    let line = Line { port: *port, state: observation.state(), service: usual_at(*port), evidence };
    serde_json::to_string(&line).unwrap_or_default()
}

fn line(observation: &Observation, texts: &Texts) -> String {
    let name = &texts.service(usual_at(observation.port)).name;
    format!("{:<10} {}  {name}", observation.port.to_string(), texts.state_open())
}
