//! An observation judged with the catalogue: which service, how severe, expected or not.

use crate::{Observation, Port, ServiceId, Severity, State, Texts, catalogue};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is assumed of an open port that no service claims: it should be looked at, because nobody
/// knows what it is.
const UNKNOWN_SEVERITY: Severity = Severity::Medium;

/// One open door, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where.
    #[serde(flatten)]
    pub port: Port,
    /// Open, or unreliable where something answers for every port.
    pub state: State,
    /// The service that is usual there; nothing when the catalogue claims none.
    pub service: Option<ServiceId>,
    /// Others that may be found there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ServiceId>,
    /// How severe it is.
    pub severity: Severity,
    /// Whether this door is known to be open on purpose. It is shown, but it raises no alarm.
    pub expected: bool,
    /// Whether it was seen open from inside only, so that nobody knows whether strangers reach it.
    #[serde(default)]
    pub from_inside: bool,
}

impl Finding {
    /// The finding for an observation; nothing unless the port is open.
    #[must_use]
    pub fn of(observation: &Observation) -> Option<Self> {
        (observation.state() == State::Open).then(|| Self::at(observation.port))
    }

    fn at(port: Port) -> Self {
        let mut candidates = catalogue::at_port(port).into_iter();
        let service = candidates.next();
        Self {
            port,
            state: State::Open,
            service,
            also: candidates.collect(),
            severity: service.map_or(UNKNOWN_SEVERITY, |id| id.service().severity),
            expected: false,
            from_inside: false,
        }
    }

    /// How urgent it is here and now. The severity is that of a door which the whole internet
    /// reaches; of one seen from inside nothing worse can be said than that it wants a look.
    #[must_use]
    pub fn urgency(&self) -> Severity {
        match self {
            Self { expected: true, .. } => Severity::Info,
            Self { from_inside: true, severity, .. } => (*severity).min(Severity::Medium),
            Self { severity, .. } => *severity,
        }
    }

    /// What people read at its head: how soon something has to be done, or that it is expected.
    #[must_use]
    pub fn label<'a>(&self, texts: &'a Texts) -> &'a str {
        match self {
            Self { expected: true, .. } => texts.severity_expected(),
            Self { from_inside: true, severity: Severity::Critical | Severity::High, .. } => {
                texts.severity_inside()
            }
            Self { severity, .. } => severity.label(texts),
        }
    }
}

/// The findings of many observations, the most severe first, then by rank and port.
#[must_use]
pub fn findings<'a>(observations: impl IntoIterator<Item = &'a Observation>) -> Vec<Finding> {
    // A heap, because a sort of findings would cost the page another kilobyte.
    let order: BinaryHeap<_> = observations.into_iter().filter_map(place).collect();
    order.into_sorted_vec().into_iter().map(|(_, _, port)| Finding::at(port)).collect()
}

fn place(observation: &Observation) -> Option<(Reverse<Severity>, u16, Port)> {
    let finding = Finding::of(observation)?;
    let rank = finding.service.map_or(u16::MAX, |id| id.service().rank);
    Some((Reverse(finding.severity), rank, finding.port))
}
