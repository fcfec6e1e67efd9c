//! A report: the facts of one check, from which everything else is derived. A value that can be
//! stored, sent and compared; it holds no words.

use crate::{Finding, Limit, Observation, Observations, Ports, Profile, State, Verdict, findings};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The version of the report's form. Grows when a reader of an older form would misread it.
pub const REPORT_FORMAT: u32 = 1;

/// From this many answered TCP ports on, “nearly all are open” is no coincidence.
const FEWEST_FOR_EVERYTHING: usize = 20;
/// The share of tested ports that has to be open, in per cent, to say that everything answers. No
/// real computer offers nine tenths of such a list; a protection device that answers in its place
/// offers all, less what is lost on the way.
const EVERYTHING_PER_CENT: usize = 90;

/// Where an address lies, seen from this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// On the internet.
    Public,
    /// In a private network (RFC 1918, RFC 4193) or link-local.
    Private,
    /// This very computer.
    Loopback,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// The whole plan was carried out.
    Complete,
    /// The time that a check may take was over first.
    TimeLimit,
}

/// What was seen at one address of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressReport {
    /// The address.
    pub address: IpAddr,
    /// Where it lies.
    pub scope: Scope,
    /// The ports that were to be asked.
    pub planned: Ports,
    /// The ports at which this very server listens: at a private or loopback address it may find
    /// itself.
    #[serde(default, skip_serializing_if = "Ports::is_empty")]
    pub own: Ports,
    /// What was seen.
    pub observations: Observations,
}

impl AddressReport {
    /// How many ports were really tested.
    #[must_use]
    pub fn tested(&self) -> usize {
        self.observations.len() - self.observations.count(State::NotTested)
    }

    /// Planned ports of which nothing is known.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.planned.len().saturating_sub(self.tested())
    }

    /// Whether something on the way seems to answer for every port.
    #[must_use]
    pub fn everything_answers(&self) -> bool {
        let open = self.observations.count(State::Open);
        open >= FEWEST_FOR_EVERYTHING && open * 100 >= self.tested() * EVERYTHING_PER_CENT
    }
}

/// The facts of one check. Times are milliseconds since 1970 (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_FORMAT`] of the writer.
    pub format: u32,
    /// How much was asked.
    pub profile: Profile,
    /// When the check began.
    pub started_ms: u64,
    /// When it ended.
    pub finished_ms: u64,
    /// How it ended.
    pub ending: Ending,
    /// The addresses of the line.
    pub addresses: Vec<AddressReport>,
}

impl Report {
    /// Whether the check ended before its plan.
    #[must_use]
    pub fn ended_early(&self) -> bool {
        self.ending != Ending::Complete
    }

    /// Every open door with its evidence, the most severe first. Where something answers for every
    /// port, each is marked unreliable.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut all = findings(self.notable());
        for finding in &mut all {
            finding.expected = self.is_own(finding.port);
            finding.from_inside =
                self.open_at(finding.port).all(|line| line.scope != Scope::Public);
            if self.unreliable(finding.port) {
                finding.state = State::Unreliable;
            }
        }
        all.dedup_by_key(|finding| finding.port);
        all
    }

    /// Whether it is this very server that answers at a port.
    #[must_use]
    pub fn is_own(&self, port: crate::Port) -> bool {
        self.addresses.iter().any(|line| line.own.contains(port))
    }

    fn unreliable(&self, port: crate::Port) -> bool {
        self.open_at(port).all(AddressReport::everything_answers)
    }

    fn open_at(&self, port: crate::Port) -> impl Iterator<Item = &AddressReport> {
        let open =
            move |line: &&AddressReport| line.observations.state_of(port) == Some(State::Open);
        self.addresses.iter().filter(open)
    }

    /// The observations that have a line of their own, of all addresses.
    pub fn notable(&self) -> impl Iterator<Item = &Observation> {
        self.addresses.iter().flat_map(|line| &line.observations.notable)
    }

    /// How many ports were seen in a state, over all addresses.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.addresses.iter().map(|line| line.observations.count(state)).sum()
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

    /// What the report cannot say.
    #[must_use]
    pub fn limits(&self) -> Vec<Limit> {
        Limit::of(self)
    }
}
