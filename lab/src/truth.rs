//! Compares what a scanner said with what is true, port by port. Knows neither scanner nor network.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

use crate::firewall::{Firewall, Truth};
use crate::port::{Port, Ports};

/// What a scanner can say of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    Open,
    Closed,
    Filtered,
    Uncertain,
    NotTested,
    Unreliable,
}

/// What a scanner said of each port.
pub(crate) type Said = BTreeMap<Port, State>;

/// How near to the truth a scanner was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Score {
    pub(crate) asked: usize,
    /// Ports that really are open.
    pub(crate) open: usize,
    /// Of these, the ones that were called open.
    pub(crate) found: usize,
    /// Called open, and are not.
    pub(crate) false_open: usize,
    /// Called closed, and nothing has said so.
    pub(crate) false_closed: usize,
    /// Called unreliable: something answers for the target.
    pub(crate) unreliable: usize,
    /// Not mentioned at all.
    pub(crate) missing: usize,
}

impl Score {
    pub(crate) fn of(said: &Said, ports: &Ports, firewall: Firewall) -> Self {
        let mut score = Self { asked: ports.len(), ..Self::default() };
        for port in ports.iter() {
            score.count(firewall.truth(port), said.get(&port).copied());
        }
        score
    }

    fn count(&mut self, truth: Truth, said: Option<State>) {
        let count = |counter: &mut usize, is| *counter += usize::from(is);
        let (open, closed) = (said == Some(State::Open), said == Some(State::Closed));
        count(&mut self.open, truth == Truth::Open);
        count(&mut self.found, truth == Truth::Open && open);
        count(&mut self.false_open, truth != Truth::Open && open);
        count(&mut self.false_closed, truth != Truth::Closed && closed);
        count(&mut self.unreliable, said == Some(State::Unreliable));
        count(&mut self.missing, said.is_none());
    }

    /// The same, for several runs together.
    pub(crate) fn sum(scores: &[Self]) -> Self {
        let sum = |of: fn(&Self) -> usize| scores.iter().map(of).sum();
        Self {
            asked: sum(|score| score.asked),
            open: sum(|score| score.open),
            found: sum(|score| score.found),
            false_open: sum(|score| score.false_open),
            false_closed: sum(|score| score.false_closed),
            unreliable: sum(|score| score.unreliable),
            missing: sum(|score| score.missing),
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asked, open, found, false_open, false_closed, unreliable, missing } = self;
        write!(
            formatter,
            "{found} of {open} found, {false_open} falsely open, {false_closed} falsely closed, \
             {unreliable} unreliable, {missing} missing of {asked}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Score, State};
    use crate::firewall::Firewall;
    use crate::port::{Port, Ports, Transport};

    fn score(said: &[(u16, State)]) -> Score {
        let port = |number| Port { transport: Transport::Tcp, number };
        let said: Said = said.iter().map(|(number, state)| (port(*number), *state)).collect();
        // One open, one closed, one silent.
        Score::of(&said, &Ports::with(Transport::Tcp, &[&[22, 21, 4]], 3), Firewall::Plain)
    }

    #[test]
    fn the_whole_truth_has_no_fault() {
        let whole = [(22, State::Open), (21, State::Closed), (4, State::Filtered)];
        let expected = Score { asked: 3, open: 1, found: 1, ..Score::default() };
        assert_eq!(score(&whole), expected);
    }

    #[test]
    fn silence_that_is_called_closed_is_a_fault_and_a_reset_that_is_not_called_so_is_none() {
        let score = score(&[(22, State::Closed), (21, State::Filtered), (4, State::Closed)]);
        assert_eq!((score.found, score.false_closed, score.false_open), (0, 2, 0));
    }

    #[test]
    fn what_was_not_said_is_missing() {
        let score = score(&[(21, State::Open)]);
        assert_eq!((score.missing, score.false_open), (2, 1));
    }
}
