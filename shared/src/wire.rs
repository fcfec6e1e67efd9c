//! How every message and every part of a report is read: which fields, under which names, and which
//! may be left out. How they are written stands at the types themselves.

use crate::api::{CheckCreated, Hosts, Operator, Problem, ProfileInfo, Site, Visitor};
use crate::tree::{Read, Tree, Unreadable};
use crate::{
    AddressReport, Certificate, CheckId, Controls, Event, Evidence, Line, Observation,
    Observations, PlannedAddress, Port, PortSet, Ports, Recognised, Recognition, Report,
    ServiceTexts,
};

macro_rules! records {
    ($($type:ident { $($needed:ident),* $(; $optional:ident)* })+) => {$(
        impl Read for $type {
            fn read(tree: Tree) -> Result<Self, Unreadable> {
                let mut fields = tree.fields()?;
                Ok(Self {
                    $($needed: fields.take(stringify!($needed))?,)*
                    $($optional: fields.take_or_default(stringify!($optional))?,)*
                })
            }
        }

        readable!($type);
    )+};
}

// After a semicolon: what may be left out.
records! {
    Site { operator, languages, profiles, local_mode, kept_seconds, hosts; stun }
    Hosts { ; ipv4; ipv6 }
    Operator { name, phone, email, website, imprint, privacy, logo, sentence_de, sentence_en }
    ProfileInfo { profile, ports }
    Visitor { address, scope, line; ticket; ticket_seconds; refused }
    Line { udp, office; provider; name; networks; gap }
    CheckCreated { id, events, report, kept_seconds }
    PlannedAddress { address, scope, planned }
    Observations { ; notable; closed; silent; recognised }
    Controls { asked, open }
    AddressReport { address, scope, planned, controls, observations; own; slowed }
    Report { format, profile, started_ms, finished_ms, ending, line, addresses; recheck }
    Certificate { expires; names; issuer }
    Recognition { ; protocol; tls; product; version; detail; notes; certificate }
    ServiceTexts { purpose, risk, fine, employee, boss, it; name; router; sources }
}

readable!(CheckId, Event, Evidence, Observation, PortSet, Ports, Problem, Recognised);

impl Read for CheckId {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        tree.text()?.parse().map_err(|_| Unreadable("the name of a check"))
    }
}

impl Read for PortSet {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        tree.text()?.parse().map_err(|_| Unreadable("a set of ports"))
    }
}

/// A third transport would be no detail, so what is not understood here is refused.
impl Read for Ports {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        let ports =
            Self { tcp: fields.take_or_default("tcp")?, udp: fields.take_or_default("udp")? };
        fields.end().map(|()| ports)
    }
}

impl Read for Problem {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        Ok(Self {
            kind: fields.take("type")?,
            status: fields.take("status")?,
            code: fields.take("code")?,
            title: fields.take("title")?,
            detail: fields.take_or_default("detail")?,
            retry_after: fields.take_or_default("retry_after")?,
        })
    }
}

impl Read for Observation {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        let port = Port { transport: fields.take("transport")?, number: fields.take("port")? };
        Ok(Self { port, evidence: fields.take("evidence")? })
    }
}

impl Read for Recognised {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        let port = Port { transport: fields.take("transport")?, number: fields.take("port")? };
        Ok(Self { port, recognition: fields.take("recognition")? })
    }
}

impl Read for Evidence {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        Ok(match fields.take::<String>("kind")?.as_str() {
            "accepted" => Self::Accepted { rtt_us: fields.take("rtt_us")? },
            "answered" => Self::Answered {
                rtt_us: fields.take("rtt_us")?,
                sent: fields.take("sent")?,
                received: fields.take("received")?,
            },
            "refused" => Self::Refused { rtt_us: fields.take("rtt_us")? },
            "unreachable" => Self::Unreachable {
                icmp: fields.take("icmp")?,
                from: fields.take_or_default("from")?,
                rtt_us: fields.take("rtt_us")?,
            },
            "silence" => Self::Silence { tries: fields.take("tries")? },
            "not-asked" => Self::NotAsked { fault: fields.take("fault")? },
            _ => return Err(Unreadable("a kind of evidence")),
        })
    }
}

impl Read for Event {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        Ok(match fields.take::<String>("type")?.as_str() {
            "waiting" => Self::Waiting { place: fields.take("place")? },
            "started" => Self::Started {
                id: fields.take("id")?,
                profile: fields.take("profile")?,
                started_ms: fields.take("started_ms")?,
                addresses: fields.take("addresses")?,
            },
            "observed" => Self::Observed {
                address: fields.take("address")?,
                observations: fields.take("observations")?,
            },
            "slowed" => {
                Self::Slowed { address: fields.take("address")?, slowing: fields.take("slowing")? }
            }
            "finished" => Self::Finished { report: fields.take("report")? },
            "ended" => Self::Ended { reason: fields.take("reason")? },
            _ => return Err(Unreadable("a type of event")),
        })
    }
}
