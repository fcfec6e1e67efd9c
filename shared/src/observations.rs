//! All observations of one address, kept small: what is worth a line of its own with its evidence,
//! the plain closed and the plain silent ports as sets. The stream and the report both use it, so
//! 65,535 silent ports are a few bytes.

use crate::{Evidence, Observation, Port, Ports, Recognition, State};
use serde::Serialize;

/// Observations of one address; each port is in at most once, and the latest counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Observations {
    /// Everything that is not plainly closed or silent, ordered by port.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notable: Vec<Observation>,
    /// Ports that answered with RST.
    #[serde(skip_serializing_if = "Ports::is_empty")]
    pub closed: Ports,
    /// TCP ports that did not answer.
    #[serde(skip_serializing_if = "Ports::is_empty")]
    pub silent: Ports,
    /// What was recognised behind open ports, ordered by port.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recognised: Vec<Recognised>,
}

/// What is behind one port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recognised {
    /// Where.
    #[serde(flatten)]
    pub port: Port,
    /// What.
    pub recognition: Recognition,
}

impl Observations {
    /// Takes an observation in; it replaces an earlier one of the same port, because a late answer
    /// knows more than the silence before it.
    pub fn insert(&mut self, observation: Observation) {
        let port = observation.port;
        self.forget(port);
        match (observation.evidence, observation.state()) {
            (Evidence::Refused { .. }, _) => {
                self.closed.insert(port);
            }
            (Evidence::Silence { .. }, State::Filtered) => {
                self.silent.insert(port);
            }
            _ => {
                let place = self.notable.partition_point(|known| known.port < port);
                self.notable.insert(place, observation);
            }
        }
    }

    /// Takes in what was recognised behind a port; it replaces what was known before.
    pub fn recognise(&mut self, recognised: Recognised) {
        match self.recognised.binary_search_by_key(&recognised.port, |known| known.port) {
            Ok(place) => self.recognised[place] = recognised,
            Err(place) => self.recognised.insert(place, recognised),
        }
    }

    /// What was recognised behind a port.
    #[must_use]
    pub fn recognition(&self, port: Port) -> Option<&Recognition> {
        let place = self.recognised.binary_search_by_key(&port, |known| known.port).ok()?;
        self.recognised.get(place).map(|known| &known.recognition)
    }

    /// Takes in all observations of another part of the same check; the other's count.
    pub fn merge(&mut self, later: &Self) {
        for port in later.closed.iter() {
            self.forget(port);
            self.closed.insert(port);
        }
        for port in later.silent.iter() {
            self.forget(port);
            self.silent.insert(port);
        }
        for observation in &later.notable {
            self.insert(*observation);
        }
        for recognised in &later.recognised {
            self.recognise(recognised.clone());
        }
    }

    fn forget(&mut self, port: Port) {
        self.closed.remove(port);
        self.silent.remove(port);
        if let Ok(place) = self.notable.binary_search_by_key(&port, |known| known.port) {
            self.notable.remove(place);
        }
    }

    /// The state of a port; nothing while it has not been observed.
    #[must_use]
    pub fn state_of(&self, port: Port) -> Option<State> {
        if self.closed.contains(port) {
            Some(State::Closed)
        } else if self.silent.contains(port) {
            Some(State::Filtered)
        } else {
            let place = self.notable.binary_search_by_key(&port, |known| known.port).ok()?;
            self.notable.get(place).map(Observation::state)
        }
    }

    /// How many ports were seen in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        let notable = self.notable.iter().filter(|known| known.state() == state).count();
        match state {
            State::Closed => notable + self.closed.len(),
            State::Filtered => notable + self.silent.len(),
            _ => notable,
        }
    }

    /// How many ports have been observed at all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.notable.len() + self.closed.len() + self.silent.len()
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.recognised.is_empty()
    }
}
