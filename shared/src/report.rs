//! A report: the facts of one check, from which everything else is derived. A value that can be
//! stored, sent and compared; it holds no words.

use crate::{
    AddressReport, Confidence, Finding, IpFamily, Limit, Line, Observation, Port, Profile,
    Recognition, Scope, State, Transport, Verdict, findings,
};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr};

/// The version of the report's form. Grows when a reader of an older form would misread it.
pub const REPORT_FORMAT: u32 = 2;

/// The address that the sample is about. It is for documentation only (TEST-NET-2, RFC 5737): no line has it, so no
/// other report is taken for the sample.
pub const SAMPLE_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The whole plan was carried out.
    Complete,
    /// The time that a check may take was over first.
    TimeLimit,
}

names! {
    /// Its name in the contract.
    Ending::as_str {
        Complete = "complete",
        TimeLimit = "timelimit",
    }
}

impl Ending {
    /// How a check of these addresses ended.
    #[must_use]
    pub fn of(addresses: &[AddressReport]) -> Self {
        if addresses.iter().any(AddressReport::was_stopped) {
            Self::TimeLimit
        } else {
            Self::Complete
        }
    }
}

/// The facts of one check. Times are milliseconds since 1970 (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// [`REPORT_FORMAT`] of the writer.
    pub format: u32,
    /// How much was asked.
    pub profile: Profile,
    /// Whether this is a recheck: some doors of an earlier report of that profile, asked again. It tells
    /// of these doors only, and nothing of the line as a whole.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub recheck: bool,
    /// When the check began.
    pub started_ms: u64,
    /// When it ended.
    pub finished_ms: u64,
    /// How it ended.
    pub ending: Ending,
    /// What is known of the line.
    pub line: Line,
    /// The addresses of the line.
    pub addresses: Vec<AddressReport>,
}

impl Report {
    /// Whether the check ended before its plan.
    #[must_use]
    pub fn ended_early(&self) -> bool {
        self.ending != Ending::Complete
    }

    /// Whether this is the sample: a report of a line that does not exist, to be looked at.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.addresses.first().is_some_and(|line| line.address == SAMPLE_ADDRESS)
    }

    /// Every open door with its evidence, the most severe first. Where something answers for every
    /// port, each is marked unreliable.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut all = findings(self.notable(), |port| self.recognition(port));
        let flooded: Vec<bool> =
            self.addresses.iter().map(AddressReport::everything_answers).collect();
        for finding in &mut all {
            let open_at = || {
                let lines = self.addresses.iter().zip(&flooded);
                lines.filter(|(line, _)| {
                    line.observations.state_of(finding.port) == Some(State::Open)
                })
            };
            let is_tcp = finding.port.transport == Transport::Tcp;
            let is_unreliable = is_tcp
                && open_at().all(|(line, flooded)| *flooded && !line.is_confirmed(finding.port));
            let from_inside = open_at().all(|(line, _)| line.scope != Scope::Public);
            let is_own = open_at().all(|(line, _)| line.own.contains(finding.port));
            finding.from_inside = from_inside;
            finding.expected = is_own;
            if is_unreliable {
                finding.state = State::Unreliable;
            }
        }
        all.dedup_by_key(|finding| finding.port);
        all
    }

    /// The observations that have a line of their own, of all addresses.
    pub fn notable(&self) -> impl Iterator<Item = &Observation> {
        self.addresses.iter().flat_map(|line| &line.observations.notable)
    }

    /// What was recognised behind a port, at the first address where something was.
    #[must_use]
    pub fn recognition(&self, port: Port) -> Option<&Recognition> {
        self.addresses.iter().find_map(|line| line.observations.recognition(port))
    }

    /// The state of each port, over all addresses and as far as it is to be believed; nothing where nobody
    /// asked. A planned port of which nothing is known was not tested.
    pub fn states(&self) -> impl Fn(Port) -> Option<State> + '_ {
        let flooded: Vec<bool> =
            self.addresses.iter().map(AddressReport::everything_answers).collect();
        move |port| {
            let lines = self.addresses.iter().zip(&flooded);
            let asked = lines.filter(|(line, _)| line.planned.contains(port));
            let state = |(line, flooded): (&AddressReport, &bool)| {
                let seen = line.observations.state_of(port).unwrap_or(State::NotTested);
                line.believed_state(port, seen, *flooded)
            };
            State::together(&asked.map(|asked| Some(state(asked))).collect::<Vec<_>>())
        }
    }

    /// How many ports were seen in a state, over all addresses.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.addresses.iter().map(|line| line.observations.count(state)).sum()
    }

    /// How many ports are in a state, as far as that is to be believed, over all addresses.
    #[must_use]
    pub fn believed(&self, state: State) -> usize {
        self.addresses.iter().map(|line| line.believed(state)).sum()
    }

    /// Whether any port gave an answer, whatever it said.
    #[must_use]
    pub fn anything_answered(&self) -> bool {
        // Silence is a set of its own on TCP, and uncertain on UDP.
        let silent = |line: &AddressReport| {
            line.observations.silent.len() + line.observations.count(State::Uncertain)
        };
        self.addresses.iter().any(|line| line.tested() > silent(line))
    }

    /// How many doors were planned. Those of a recheck are the same at each address, and count once.
    #[must_use]
    pub fn doors(&self) -> usize {
        let doors = |before, line: &AddressReport| {
            line.planned.len() + if self.recheck { 0 } else { before }
        };
        self.addresses.iter().fold(0, doors)
    }

    /// Planned ports of which nothing is known, over all addresses.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.addresses.iter().map(AddressReport::missing).sum()
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self)
    }

    /// How sure it is that this is the office's line; nothing where it was looked at from inside.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        let public = self.addresses.iter().filter(|line| line.scope == Scope::Public);
        let family = IpFamily::in_doubt(public.map(|seen| seen.address))?;
        Some(self.line.confidence(family))
    }

    /// What the report cannot say.
    #[must_use]
    pub fn limits(&self) -> Vec<Limit> {
        Limit::of(self)
    }
}
