//! `klinke scan`: a check from the terminal, of loopback and private addresses only.

use super::arguments::ScanArguments;
use super::{Failure, descriptors};
use crate::clock::unix_ms;
use crate::engine::{Machine, Pace, Sight, Target};
use crate::visitor::{OwnAddress, Proof};
use anyhow::Context as _;
use klinke_shared::{
    AddressReport, Controls, Ending, Evidence, Finding, Observation, Observations, Plan, Port,
    PortSet, Ports, Profile, REPORT_FORMAT, Recognised, Recognition, Report, ServiceId, Slowing,
    State, Texts, Transport, render, usual_at,
};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;
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
    let pace = Pace {
        per_second: arguments.rate,
        time_limit: NO_LIMIT,
        recognise: !arguments.ports_only,
        ..Pace::default()
    };
    let texts = Texts::built_in(arguments.lang).context("the built-in texts")?;
    let target =
        Target { address, plan, pace, method: arguments.method.into(), sent: Arc::default() };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the engine")?;
    descriptors::raise_limit();
    let started = (unix_ms(), Instant::now());
    // Nobody shares this machine with the scan, so its own rate is the only bound.
    let machine = Machine::new(Machine::MOST_PER_SECOND, descriptors::for_probes());
    let mut seen = Seen::default();
    let knocked = runtime.block_on(target.knock(&machine, |sight| {
        if !arguments.json
            && let Some(line) = line(&sight, &texts)
        {
            say(&line);
        }
        seen.take(sight);
    }));
    knocked.map_err(|error| Failure::WrongUse(error.to_string()))?;
    let report = seen.report(&target, arguments.profile, started.0);
    if arguments.json {
        for line in &report.addresses {
            let doubt = line.everything_answers();
            seen.ports.values().for_each(|observation| say(&object(observation, line, doubt)));
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
    let tcp = ports(Transport::Tcp, &arguments.tcp);
    Plan::by_rank(tcp.into_iter().chain(ports(Transport::Udp, &arguments.udp)))
}

/// Everything that was seen. Ports are kept in order for the lines of `--json`.
#[derive(Default)]
struct Seen {
    ports: BTreeMap<Port, Observation>,
    recognised: Vec<Recognised>,
    slowed: Option<Slowing>,
    controls: Controls,
}

impl Seen {
    fn take(&mut self, sight: Sight) {
        match sight {
            // A late answer replaces the silence before it.
            Sight::Observed(observation) => {
                self.ports.insert(observation.port, observation);
            }
            Sight::Recognised(recognised) => self.recognised.push(*recognised),
            Sight::Slowed(slowing) => self.slowed = Some(slowing),
            Sight::Controlled(controls) => self.controls = controls,
        }
    }

    fn report(&mut self, target: &Target, profile: Profile, started_ms: u64) -> Report {
        let mut observations = Observations::default();
        self.ports.values().for_each(|observation| observations.insert(*observation));
        self.recognised.drain(..).for_each(|recognised| observations.recognise(recognised));
        let line = AddressReport {
            address: target.address.ip(),
            scope: target.address.scope(),
            planned: target.plan.to_set(),
            own: Ports::default(),
            slowed: self.slowed,
            controls: self.controls,
            observations,
        };
        let addresses = vec![line];
        Report {
            format: REPORT_FORMAT,
            profile,
            recheck: false,
            started_ms,
            finished_ms: unix_ms(),
            ending: Ending::of(&addresses),
            line: klinke_shared::Line::default(),
            addresses,
        }
    }
}

fn summary(report: &Report, seconds: f64, texts: &Texts) -> serde_json::Value {
    let count = |state| report.count(state);
    json!({ "summary": {
        "addresses": report.addresses.iter().map(|line| line.address).collect::<Vec<_>>(),
        "open": count(State::Open), "closed": count(State::Closed), "filtered": count(State::Filtered),
        "uncertain": count(State::Uncertain), "not_tested": report.missing(), "seconds": seconds,
        "slowed": report.addresses.first().and_then(|line| line.slowed),
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
    #[serde(skip_serializing_if = "Option::is_none")]
    recognition: Option<&'a Recognition>,
}

fn object(observation: &Observation, line: &AddressReport, doubt: bool) -> String {
    let Observation { port, evidence } = observation;
    let recognition = line.observations.recognition(*port);
    let state = line.state(observation, doubt);
    let service = Finding::service_of(*port, recognition);
    let line = Line { port: *port, state, service, evidence, recognition };
    serde_json::to_string(&line).unwrap_or_default()
}

/// What a person reads while the scan runs; nothing for what is not worth a line.
fn line(sight: &Sight, texts: &Texts) -> Option<String> {
    match sight {
        Sight::Observed(observation) if observation.state() == State::Open => {
            let name = &texts.service(usual_at(observation.port)).name;
            let port = observation.port.to_string();
            Some(format!("{port:<10} {}  {name}", texts.state_open()))
        }
        Sight::Recognised(recognised) => {
            let words = recognised.recognition.label()?;
            Some(format!("{:<10} {words}", recognised.port.to_string()))
        }
        Sight::Slowed(slowing) => Some(slowing.text(texts).to_owned()),
        _ => None,
    }
}
