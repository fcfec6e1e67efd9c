//! How events and observations are read: each from one flat list of fields that may be there. The
//! JSON is what serde would make of the tagged types themselves, but reading it that way needs
//! serde's buffer for content of unknown kind, which costs the page twenty kilobytes more to load.
//! Written they are by their own types.

use crate::{
    CheckId, EndReason, IcmpKind, Observations, OwnFault, PlannedAddress, Port, Profile, Report,
    Transport,
};
use serde::Deserialize;
use std::net::IpAddr;
use std::num::NonZeroU16;

/// A kind of event or evidence came without one of its fields.
#[derive(Debug, thiserror::Error)]
#[error("a field of this kind is missing: {0}")]
pub(crate) struct Missing(&'static str);

fn needed<T>(field: Option<T>, name: &'static str) -> Result<T, Missing> {
    field.ok_or(Missing(name))
}

#[derive(Deserialize)]
pub(crate) struct Observation {
    transport: Transport,
    port: NonZeroU16,
    evidence: crate::Evidence,
}

impl From<Observation> for crate::Observation {
    fn from(wire: Observation) -> Self {
        let port = Port { transport: wire.transport, number: wire.port };
        Self { port, evidence: wire.evidence }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EvidenceKind {
    Accepted,
    Refused,
    Unreachable,
    Silence,
    NotAsked,
}

#[derive(Deserialize)]
pub(crate) struct Evidence {
    kind: EvidenceKind,
    rtt_us: Option<u32>,
    icmp: Option<IcmpKind>,
    from: Option<IpAddr>,
    tries: Option<u8>,
    fault: Option<OwnFault>,
}

impl TryFrom<Evidence> for crate::Evidence {
    type Error = Missing;

    fn try_from(wire: Evidence) -> Result<Self, Missing> {
        let rtt_us = needed(wire.rtt_us, "rtt_us");
        Ok(match wire.kind {
            EvidenceKind::Accepted => Self::Accepted { rtt_us: rtt_us? },
            EvidenceKind::Refused => Self::Refused { rtt_us: rtt_us? },
            EvidenceKind::Unreachable => {
                let icmp = needed(wire.icmp, "icmp")?;
                Self::Unreachable { icmp, from: wire.from, rtt_us: rtt_us? }
            }
            EvidenceKind::Silence => Self::Silence { tries: needed(wire.tries, "tries")? },
            EvidenceKind::NotAsked => Self::NotAsked { fault: needed(wire.fault, "fault")? },
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EventKind {
    Started,
    Observed,
    Finished,
    Ended,
}

#[derive(Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    kind: EventKind,
    id: Option<CheckId>,
    profile: Option<Profile>,
    started_ms: Option<u64>,
    addresses: Option<Vec<PlannedAddress>>,
    address: Option<usize>,
    observations: Option<Observations>,
    report: Option<Box<Report>>,
    reason: Option<EndReason>,
}

impl TryFrom<Event> for crate::Event {
    type Error = Missing;

    fn try_from(wire: Event) -> Result<Self, Missing> {
        Ok(match wire.kind {
            EventKind::Started => Self::Started {
                id: needed(wire.id, "id")?,
                profile: needed(wire.profile, "profile")?,
                started_ms: needed(wire.started_ms, "started_ms")?,
                addresses: needed(wire.addresses, "addresses")?,
            },
            EventKind::Observed => Self::Observed {
                address: needed(wire.address, "address")?,
                observations: needed(wire.observations, "observations")?,
            },
            EventKind::Finished => Self::Finished { report: needed(wire.report, "report")? },
            EventKind::Ended => Self::Ended { reason: needed(wire.reason, "reason")? },
        })
    }
}
