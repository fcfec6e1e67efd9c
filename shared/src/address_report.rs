//! What was seen at one address of the line, and what of it is to be believed. Knows no other
//! address and no words.

use crate::{
    Controls, Evidence, Observation, Observations, OwnFault, Port, Ports, Slowing, State, Transport,
};
use serde::Serialize;
use std::net::IpAddr;

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
        self.believed_state(observation.port, observation.state(), everything_answers)
    }

    /// What is to be believed of a state that was seen at a port.
    pub(crate) fn believed_state(
        &self,
        port: Port,
        seen: State,
        everything_answers: bool,
    ) -> State {
        let doubted = everything_answers && seen == State::Open && port.transport == Transport::Tcp;
        if doubted && !self.is_confirmed(port) { State::Unreliable } else { seen }
    }

    /// Whether a protocol was really spoken at a port.
    pub(crate) fn is_confirmed(&self, port: Port) -> bool {
        self.observations.recognition(port).is_some_and(|known| known.protocol.is_some())
    }

    /// How many ports are in a state, as far as that is to be believed.
    #[must_use]
    pub fn believed(&self, state: State) -> usize {
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
