//! What is known of one port while it is being asked, and which evidence replaces which. Knows no
//! time and no other port.

use super::transport::{Fault, Outcome};
use klinke_shared::{Evidence, IcmpKind, OwnFault, Port};
use std::time::Duration;

/// One port of the plan.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) port: Port,
    /// Tries that count.
    pub(super) tries: u8,
    /// How often it could not be asked for want of descriptors.
    pub(super) exhausted: u16,
    /// An error that may pass: it counts only if nothing better comes.
    pub(super) hint: Option<Evidence>,
    pub(super) evidence: Option<Evidence>,
}

impl Asked {
    pub(super) const fn new(port: Port) -> Self {
        Self { port, tries: 0, exhausted: 0, hint: None, evidence: None }
    }

    /// Whether evidence is better than what is known: an answer replaces silence and errors that may
    /// pass, and nothing replaces an answer.
    pub(super) fn is_bettered_by(&self, evidence: Evidence) -> bool {
        match self.evidence {
            None => true,
            Some(Evidence::Silence { .. }) => !matches!(evidence, Evidence::NotAsked { .. }),
            Some(known) => may_pass(known) && is_answer(evidence),
        }
    }

    /// Whether nothing but silence is known.
    pub(super) const fn is_silent(&self) -> bool {
        matches!(self.evidence, Some(Evidence::Silence { .. }))
    }
}

/// The evidence in an outcome; nothing where it is none.
pub(super) fn evidence(outcome: Outcome, rtt: Duration) -> Option<Evidence> {
    let rtt_us = u32::try_from(rtt.as_micros()).unwrap_or(u32::MAX);
    match outcome {
        Outcome::Accepted => Some(Evidence::Accepted { rtt_us }),
        Outcome::Answered { sent, received } => Some(Evidence::Answered { rtt_us, sent, received }),
        Outcome::Refused => Some(Evidence::Refused { rtt_us }),
        Outcome::Unreachable { icmp, from } => Some(Evidence::Unreachable { icmp, from, rtt_us }),
        Outcome::Fault(fault) => Some(Evidence::NotAsked { fault: own_fault(fault) }),
        Outcome::Silent | Outcome::Talked { .. } => None,
    }
}

const fn own_fault(fault: Fault) -> OwnFault {
    match fault {
        Fault::Exhausted => OwnFault::Exhausted,
        Fault::NoRoute => OwnFault::NoRoute,
        Fault::Forbidden => OwnFault::Forbidden,
        Fault::Unsupported => OwnFault::Unsupported,
        Fault::Other => OwnFault::Other,
    }
}

/// Whether it is an error of the way to the target, which may be gone at the next try (the “soft
/// errors” of RFC 1122, 4.2.3.9). A firewall's refusal is none of these.
pub(super) const fn may_pass(evidence: Evidence) -> bool {
    use IcmpKind::{HostUnreachable, NetworkUnreachable, Other};
    matches!(
        evidence,
        Evidence::Unreachable { icmp: HostUnreachable | NetworkUnreachable | Other, .. }
    )
}

/// Whether the port itself has answered.
pub(super) const fn is_answer(evidence: Evidence) -> bool {
    matches!(
        evidence,
        Evidence::Accepted { .. } | Evidence::Answered { .. } | Evidence::Refused { .. }
    )
}
