//! The visitor's line as it becomes known: its address, the one of the other family, the way of UDP, and
//! what the visitor says. Knows no request and no clock.

use klinke_shared::api::{CheckRequest, Visitor};
use klinke_shared::{Gap, IpFamily, Language, Line as Signs, OfficeAnswer, Profile, UdpPath};
use std::net::IpAddr;

/// What is known of the address from which the page's own requests come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Line {
    /// The server has been asked, or will be as soon as the page runs.
    #[default]
    Asked,
    /// The address and its proof.
    Known(Visitor),
    /// The server did not say.
    Failed,
}

impl Line {
    /// The visitor, once known.
    #[must_use]
    pub const fn visitor(&self) -> Option<&Visitor> {
        match self {
            Self::Known(visitor) => Some(visitor),
            Self::Asked | Self::Failed => None,
        }
    }

    /// The proof for the address, where it may be checked.
    #[must_use]
    pub fn ticket(&self) -> Option<&str> {
        self.visitor().and_then(|visitor| visitor.ticket.as_deref())
    }
}

/// What is known of the address of the other family.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Other {
    /// Its host has been asked, or will be.
    #[default]
    Asked,
    /// The address and its proof.
    Known(Visitor),
    /// There is none to check.
    Missing(Gap),
}

/// What is found out about a line beside its first address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// The address of the other family.
    pub other: Other,
    /// From which addresses UDP comes; nothing while that is being found out.
    pub by_udp: Option<Vec<IpAddr>>,
    /// What the visitor says.
    pub office: OfficeAnswer,
    /// The addresses to which the visitor agreed last.
    pub agreed: Vec<IpAddr>,
}

impl Survey {
    /// After the server said what it knows of the first address. Proofs belong together, so the other
    /// family is asked anew; the rest only where the line is another one.
    #[must_use]
    pub fn after(self, before: &Line, now: &Line) -> Self {
        let address = |line: &Line| line.visitor().map(|visitor| visitor.address);
        let same = address(before) == address(now);
        let kept = if same { self } else { Self { agreed: self.agreed, ..Self::default() } };
        Self { other: Other::Asked, ..kept }
    }

    /// The other family's visitor.
    #[must_use]
    pub const fn other(&self) -> Option<&Visitor> {
        match &self.other {
            Other::Known(visitor) => Some(visitor),
            Other::Asked | Other::Missing(_) => None,
        }
    }

    /// Why there is no other address to check.
    #[must_use]
    pub const fn gap(&self) -> Option<Gap> {
        match self.other {
            Other::Missing(gap) => Some(gap),
            Other::Asked | Other::Known(_) => None,
        }
    }

    /// Whether it is known which addresses there are to check. A check does not wait for UDP.
    #[must_use]
    pub fn has_addresses(&self) -> bool {
        self.other != Other::Asked
    }

    /// Whether nothing is being found out any more.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.has_addresses() && self.by_udp.is_some()
    }

    /// The addresses that a check would be of.
    #[must_use]
    pub fn addresses(&self, line: &Line) -> Vec<IpAddr> {
        line.visitor().into_iter().chain(self.other()).map(|visitor| visitor.address).collect()
    }

    /// What speaks for and against this being the office's line.
    #[must_use]
    pub fn signs(&self, line: &Line) -> Signs {
        let known = line.visitor().map(|visitor| visitor.line.clone()).unwrap_or_default();
        let known =
            known.together(self.other().map(|other| other.line.clone()).unwrap_or_default());
        let by_udp = self.by_udp.as_deref().unwrap_or_default();
        let udp = UdpPath::between(&self.addresses(line), by_udp);
        Signs { udp, office: self.office, gap: self.gap(), ..known }
    }

    /// The wish that is sent, with the proofs of all addresses.
    #[must_use]
    pub fn wish(&self, line: &Line, profile: Profile, language: Language) -> CheckRequest {
        let signs = self.signs(line);
        let visitors = line.visitor().into_iter().chain(self.other());
        CheckRequest {
            tickets: visitors.filter_map(|visitor| visitor.ticket.clone()).collect(),
            consent: true,
            profile: Some(profile.to_string()),
            lang: Some(language.to_string()),
            udp: signs.udp,
            office: signs.office,
            gap: signs.gap,
        }
    }

    /// The family that is asked of another host, once the first address is known.
    #[must_use]
    pub fn family_to_ask(line: &Line) -> Option<IpFamily> {
        line.visitor().map(|visitor| IpFamily::of(visitor.address).other())
    }
}
