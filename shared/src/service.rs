//! What an entry of the catalogue is: the facts of one service. Its words are in [`crate::Texts`].

use crate::{Family, Note, Port, Protocol, Recognition, Texts, Tip, Transport, UsedBy, catalogue};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How bad it is when the whole internet can reach a service on an office line, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing to do; good to know.
    Info,
    /// Usual for its purpose; keep it up to date.
    Low,
    /// Should be looked at soon.
    Medium,
    /// Should not be reachable; close it within days.
    High,
    /// Is attacked all the time and leads straight in; close it today.
    Critical,
}

names! {
    /// Its name in the contract.
    Severity::as_str {
        Info = "info",
        Low = "low",
        Medium = "medium",
        High = "high",
        Critical = "critical",
    }
}

impl Severity {
    /// Every severity, the worst first.
    pub const WORST_FIRST: [Self; 5] =
        [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// What people read: how soon something has to be done.
    #[must_use]
    pub fn label(self, texts: &Texts) -> &str {
        match self {
            Self::Info => texts.severity_info(),
            Self::Low => texts.severity_low(),
            Self::Medium => texts.severity_medium(),
            Self::High => texts.severity_high(),
            Self::Critical => texts.severity_critical(),
        }
    }
}

/// The facts of one service, from its file in `knowledge/services/` or the operator's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub(crate) name: &'static str,
    /// How bad it is when strangers reach it.
    pub severity: Severity,
    /// What kind of thing it is.
    pub family: Family,
    /// 1 for what attackers try first; unique.
    pub rank: u16,
    /// Whether the `quick` profile asks for it.
    pub quick: bool,
    /// Who uses it, the more usual first; one or two.
    pub used_by: &'static [UsedBy],
    /// The tips that help with it, most useful first; one to three.
    pub tips: &'static [Tip],
    pub(crate) tcp: &'static [u16],
    pub(crate) udp: &'static [u16],
    pub(crate) also_tcp: &'static [u16],
    pub(crate) also_udp: &'static [u16],
    pub(crate) protocols: &'static [Protocol],
    pub(crate) tls: &'static [Protocol],
    pub(crate) products: &'static [&'static str],
    pub(crate) when: &'static [(Note, Severity)],
}

impl Service {
    /// The service's name in the catalogue, for example `rdp`: the name of its file.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The ports where it is the usual service.
    pub fn ports(&self) -> impl Iterator<Item = Port> {
        numbered(Transport::Tcp, self.tcp).chain(numbered(Transport::Udp, self.udp))
    }

    /// The numbers of its doors in words, in both transports, those where others are usual as well.
    #[cfg(feature = "built-in")]
    #[must_use]
    pub fn doors(&self, texts: &Texts) -> String {
        let ports = self.ports().chain(self.further_ports());
        let mut numbers: Vec<u16> = ports.map(|port| port.number.get()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        texts.services_ports(&numbers.join(", "))
    }

    /// Who uses it, in words.
    #[cfg(feature = "built-in")]
    #[must_use]
    pub fn users(&self, texts: &Texts) -> String {
        let users: Vec<&str> = self.used_by.iter().map(|user| user.label(texts)).collect();
        users.join(", ")
    }

    /// Whether Klinke can tell it by what it says, and not only by the number of its port.
    #[must_use]
    pub const fn is_recognisable(&self) -> bool {
        !(self.protocols.is_empty() && self.tls.is_empty() && self.products.is_empty())
    }

    /// How severe it is, knowing what was recognised: the worst that a fact says of it, or its usual
    /// severity where no fact says anything.
    #[must_use]
    pub fn severity_of(&self, recognition: Option<&Recognition>) -> Severity {
        let said = |(note, severity): &(Note, Severity)| {
            recognition.filter(|known| known.has(*note)).map(|_| *severity)
        };
        self.when.iter().filter_map(said).max().unwrap_or(self.severity)
    }

    /// Whether it speaks what was recognised.
    pub(crate) fn speaks(&self, recognition: &Recognition) -> bool {
        let spoken = if recognition.tls { self.tls } else { self.protocols };
        recognition.protocol.is_some_and(|protocol| spoken.contains(&protocol))
    }

    /// Whether that it speaks so proves that it is this service. Web pages, and TLS of which nothing
    /// more is known, are spoken by nearly everything, so they prove no more than a web page.
    pub(crate) fn is_proven_by(&self, recognition: &Recognition) -> bool {
        let general =
            matches!(recognition.protocol, Some(Protocol::Http | Protocol::Tls | Protocol::Dtls));
        self.products.is_empty() && (!general || self.family == Family::Web)
    }

    /// Whether it is the product that was recognised.
    pub(crate) fn is_product(&self, recognition: &Recognition) -> bool {
        recognition.product.as_deref().is_some_and(|product| self.products.contains(&product))
    }

    /// The ports where it may be found although another service is the usual one.
    pub fn further_ports(&self) -> impl Iterator<Item = Port> {
        numbered(Transport::Tcp, self.also_tcp).chain(numbered(Transport::Udp, self.also_udp))
    }
}

fn numbered(transport: Transport, numbers: &'static [u16]) -> impl Iterator<Item = Port> {
    numbers.iter().filter_map(move |&number| Port::new(transport, number))
}

/// The key of a service of this catalogue. Written as its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct ServiceId(pub(crate) u16);

impl ServiceId {
    /// The facts.
    #[must_use]
    pub fn service(self) -> &'static Service {
        &catalogue::table()[usize::from(self.0)]
    }

    /// The position in the catalogue, in order of rank.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.service().name)
    }
}

impl From<ServiceId> for &'static str {
    fn from(id: ServiceId) -> Self {
        id.service().name
    }
}

impl TryFrom<String> for ServiceId {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        catalogue::by_name(&name).ok_or_else(|| format!("the catalogue has no service “{name}”"))
    }
}
