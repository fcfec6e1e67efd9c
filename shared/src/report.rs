//! A report: the facts of one check, from which everything else is derived. A value that can be
//! stored, sent and compared; it holds no words.

use crate::{
    Controls, Evidence, Finding, Limit, Observation, Observations, OwnFault, Port, Ports, Profile,
    Recognition, Slowing, State, Transport, Verdict, findings,
};
use serde::Serialize;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On the internet.
    Public,
    /// In a private network (RFC 1918, RFC 4193) or link-local.
    Private,
    /// This very computer.
    Loopback,
}

names! {
    /// Its name in the contract.
    Scope::as_str {
        Public = "public",
        Private = "private",
        Loopback = "loopback",
    }
}

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

/// What was seen at one address of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddressReport {
    /// The address.
    pub address: IpAddr,
    /// Where it lies.
    pub scope: Scope,
    /// The ports that were to be asked.
    pub planned: Ports,
    /// The ports at which this very server listens: at a private or loopback address it may find
    /// itself.
    #[serde(skip_serializing_if = "Ports::is_empty")]
    pub own: Ports,
    /// What slowed the check down there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slowed: Option<Slowing>,
    /// What the control questions said.
    pub controls: Controls,
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

    /// Whether the check's time was over before every planned port had been asked.
    #[must_use]
    pub fn was_stopped(&self) -> bool {
        let stopped = Evidence::NotAsked { fault: OwnFault::Stopped };
        self.observations.notable.iter().any(|seen| seen.evidence == stopped)
    }

    /// What is to be believed of an observation: where something answers for every port, only what
    /// spoke a protocol is open. `everything_answers` is [`Self::everything_answers`].
    #[must_use]
    pub fn state(&self, observation: &Observation, everything_answers: bool) -> State {
        let state = observation.state();
        let doubted = everything_answers
            && state == State::Open
            && observation.port.transport == Transport::Tcp;
        if doubted && !self.is_confirmed(observation.port) { State::Unreliable } else { state }
    }

    fn is_confirmed(&self, port: Port) -> bool {
        self.observations.recognition(port).is_some_and(|known| known.protocol.is_some())
    }

    /// How many ports are in a state, as far as that is to be believed.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        if !matches!(state, State::Open | State::Unreliable) {
            return self.observations.count(state);
        }
        let flooded = self.everything_answers();
        let believed = |seen: &&Observation| self.state(seen, flooded) == state;
        self.observations.notable.iter().filter(believed).count()
    }

    /// Whether something on the way seems to answer for every port. On TCP only: what accepts every
    /// connection does not answer every question on UDP.
    #[must_use]
    pub fn everything_answers(&self) -> bool {
        let seen = &self.observations;
        let notable = seen.notable.iter().filter(|seen| seen.port.transport == Transport::Tcp);
        let open = notable.clone().filter(|seen| seen.state() == State::Open).count();
        let untested = notable.clone().filter(|seen| seen.state() == State::NotTested).count();
        let tested = notable.count() + seen.closed.tcp.len() + seen.silent.tcp.len() - untested;
        let nearly_all = open * 100 >= tested * EVERYTHING_PER_CENT;
        self.controls.show_that_everything_answers()
            || (open >= FEWEST_FOR_EVERYTHING && nearly_all)
    }
}

/// The facts of one check. Times are milliseconds since 1970 (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

    /// How many ports are in a state, as far as that is to be believed, over all addresses.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.addresses.iter().map(|line| line.count(state)).sum()
    }

    /// Whether any port gave an answer, whatever it said.
    #[must_use]
    pub fn anything_answered(&self) -> bool {
        let silent =
            self.addresses.iter().map(|line| line.observations.silent.len()).sum::<usize>();
        let tested = self.addresses.iter().map(AddressReport::tested).sum::<usize>();
        tested > silent
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
