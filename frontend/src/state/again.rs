//! Doors of a report that are asked again after a fix. Knows no request.

use super::{Check, Failure, Phase, Signal};
use klinke_shared::{CheckId, Port, State};

/// A door that is asked again, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Again {
    port: Port,
    phase: AgainPhase,
}

/// How far asking again has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgainPhase {
    /// The server is asked to begin.
    Asking,
    /// A small check runs.
    Running(Box<Check>),
    /// This is what was seen; nothing where nobody got to ask.
    Done(Option<State>),
    /// It did not come to an end.
    Failed(Failure),
}

/// The doors that were asked again, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agains(Vec<Again>);

impl Agains {
    /// What is known of a door.
    #[must_use]
    pub fn of(&self, port: Port) -> Option<&AgainPhase> {
        self.0.iter().find(|again| again.port == port).map(|again| &again.phase)
    }

    /// What was seen at a door when it was asked again.
    #[must_use]
    pub fn seen(&self, port: Port) -> Option<State> {
        match self.of(port) {
            Some(AgainPhase::Done(state)) => *state,
            _ => None,
        }
    }

    /// The door that the server is asked to begin with.
    #[must_use]
    pub fn asking(&self) -> Option<Port> {
        self.0
            .iter()
            .find(|again| matches!(again.phase, AgainPhase::Asking))
            .map(|again| again.port)
    }

    /// The small check that runs.
    #[must_use]
    pub fn running(&self) -> Option<CheckId> {
        self.0.iter().find_map(|again| match &again.phase {
            AgainPhase::Running(check) => Some(check.id),
            _ => None,
        })
    }

    /// Whether one of them is being asked: a line has one check at a time.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.asking().is_some() || self.running().is_some()
    }

    /// The visitor wishes a door to be asked again.
    pub(super) fn ask(&mut self, port: Port) {
        if !self.is_busy() {
            self.0.retain(|again| again.port != port);
            self.0.push(Again { port, phase: AgainPhase::Asking });
        }
    }

    /// The server began, or did not.
    pub(super) fn answered(&mut self, answer: Result<CheckId, Failure>) {
        if let Some(again) =
            self.0.iter_mut().find(|again| matches!(again.phase, AgainPhase::Asking))
        {
            again.phase = match answer {
                Ok(id) => AgainPhase::Running(Box::new(Check::new(id))),
                Err(failure) => AgainPhase::Failed(failure),
            };
        }
    }

    /// The stream of a small check said something.
    pub(super) fn hear(&mut self, id: CheckId, signal: Signal) {
        for again in &mut self.0 {
            let AgainPhase::Running(check) = &mut again.phase else { continue };
            if check.id == id {
                check.hear(signal);
                if let Some(phase) = ended(check, again.port) {
                    again.phase = phase;
                }
                return;
            }
        }
    }
}

fn ended(check: &Check, port: Port) -> Option<AgainPhase> {
    match &check.phase {
        Phase::Connecting | Phase::Waiting { .. } | Phase::Running => None,
        Phase::Finished(judged) => Some(AgainPhase::Done(judged.report.states()(port))),
        _ => Some(AgainPhase::Failed(Failure::Unreachable)),
    }
}
