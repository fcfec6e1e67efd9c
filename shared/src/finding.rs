//! An observation judged with the catalogue: which service, how severe, expected or not.

use crate::{Observation, Port, Recognition, ServiceId, Severity, State, Texts, catalogue};
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
    /// The service that was recognised there or, where nothing was, that is usual there; nothing
    /// when the catalogue knows none.
    pub service: Option<ServiceId>,
    /// Whether what it said proves that it is this service.
    #[serde(default)]
    pub proven: bool,
    /// What was recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition: Option<Recognition>,
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
    /// What an employee is to do about it. Of a door that was seen from inside only, nobody knows whether
    /// strangers reach it.
    #[must_use]
    pub fn for_employee(&self, texts: &Texts) -> String {
        let words = texts.service(self.service);
        if self.from_inside {
            texts.employee_from_inside(&words.name, &self.port.number.to_string())
        } else {
            words.employee.clone()
        }
    }

    /// What a boss is to know of it.
    #[must_use]
    pub fn for_boss<'a>(&self, texts: &'a Texts) -> &'a str {
        if self.from_inside { texts.boss_from_inside() } else { &texts.service(self.service).boss }
    }

    /// The finding for an observation and what was recognised; nothing unless the port is open.
    #[must_use]
    pub fn of(observation: &Observation, recognition: Option<&Recognition>) -> Option<Self> {
        (observation.state() == State::Open).then(|| Self::at(observation.port, recognition))
    }

    /// The service behind an open port, as far as one can tell.
    #[must_use]
    pub fn service_of(port: Port, recognition: Option<&Recognition>) -> Option<ServiceId> {
        match recognition {
            Some(known) => catalogue::recognised_as(port, known).map(|(id, _)| id),
            None => catalogue::usual_at(port),
        }
    }

    fn at(port: Port, recognition: Option<&Recognition>) -> Self {
        let told = recognition.map(|known| catalogue::recognised_as(port, known));
        let (service, proven) = match told {
            Some(Some((service, proven))) => (Some(service), proven),
            Some(None) => (None, false),
            None => (catalogue::usual_at(port), false),
        };
        let others = catalogue::at_port(port).into_iter().filter(|id| Some(*id) != service);
        Self {
            port,
            state: State::Open,
            service,
            proven,
            also: if proven { Vec::new() } else { others.collect() },
            severity: service.map_or(UNKNOWN_SEVERITY, |id| id.service().severity_of(recognition)),
            expected: false,
            from_inside: false,
            recognition: recognition.cloned(),
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

/// The findings of many observations with what was recognised at each port, the most severe first,
/// then by rank and port.
#[must_use]
pub fn findings<'a>(
    observations: impl IntoIterator<Item = &'a Observation>,
    recognition: impl Fn(Port) -> Option<&'a Recognition>,
) -> Vec<Finding> {
    let place = |observation: &'a Observation| {
        let finding = Finding::of(observation, recognition(observation.port))?;
        let rank = finding.service.map_or(u16::MAX, |id| id.service().rank);
        Some((Reverse(finding.severity), rank, finding.port))
    };
    // A heap, because a sort of findings would cost the page another kilobyte.
    let order: BinaryHeap<_> = observations.into_iter().filter_map(place).collect();
    let sorted = order.into_sorted_vec().into_iter();
    sorted.map(|(_, _, port)| Finding::at(port, recognition(port))).collect()
}
