//! Is it the office's line? What speaks for it and against it, and how sure that makes us. Knows neither how
//! the signs were found nor what is behind any door.

use crate::{IpFamily, Line, Network, OfficeAnswer, Texts, UdpPath};
use std::net::IpAddr;

/// How sure it is that this is the office's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Something speaks against it.
    Doubtful,
    /// Nothing speaks for or against it.
    Unsure,
    /// Something speaks for it, nothing against it.
    Likely,
    /// Both the way of the packets and the visitor say so.
    Sure,
}

/// A reason for the confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The visitor says that it is not the office's provider.
    SaidNo,
    /// UDP comes from another address: a proxy or a VPN of the browser.
    UdpDifferent,
    /// A list of the operator's has it, or its name says so.
    Listed(Network),
    /// The visitor says that it is the office's provider.
    SaidYes,
    /// UDP comes from the same address.
    UdpSame,
    /// Nobody knows from where UDP comes.
    UdpUnknown,
}

impl Line {
    /// What speaks for and against this being the office's line, the weightiest first. `family` is that of
    /// the address.
    #[must_use]
    pub fn reasons(&self, family: IpFamily) -> Vec<Reason> {
        let listed = |network| self.networks.contains(&network);
        let shared = family == IpFamily::V4 && listed(Network::SharedIpv4);
        let reasons = [
            (self.office == OfficeAnswer::No, Reason::SaidNo),
            (self.udp == UdpPath::Different, Reason::UdpDifferent),
            (listed(Network::Cloud), Reason::Listed(Network::Cloud)),
            (listed(Network::Mobile), Reason::Listed(Network::Mobile)),
            (shared, Reason::Listed(Network::SharedIpv4)),
            (self.office == OfficeAnswer::Yes, Reason::SaidYes),
            (self.udp == UdpPath::Same, Reason::UdpSame),
            (self.udp == UdpPath::Unknown, Reason::UdpUnknown),
        ];
        reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect()
    }

    /// How sure it is that this is the office's line.
    #[must_use]
    pub fn confidence(&self, family: IpFamily) -> Confidence {
        let reasons = self.reasons(family);
        if reasons.iter().any(|reason| reason.is_against()) {
            return Confidence::Doubtful;
        }
        match (self.office, self.udp) {
            (OfficeAnswer::Yes, UdpPath::Same) => Confidence::Sure,
            (OfficeAnswer::Yes, _) | (_, UdpPath::Same) => Confidence::Likely,
            _ => Confidence::Unsure,
        }
    }
}

impl IpFamily {
    /// The family by which the line of these addresses is judged: whatever speaks against an IPv6 address
    /// speaks against an IPv4 address, too. Nothing without an address.
    #[must_use]
    pub fn in_doubt(addresses: impl IntoIterator<Item = IpAddr>) -> Option<Self> {
        let families = addresses.into_iter().map(Self::of);
        families.reduce(|one, other| if one == Self::V4 { one } else { other })
    }
}

impl Reason {
    /// Whether it speaks against this being the office's line.
    #[must_use]
    pub const fn is_against(self) -> bool {
        !matches!(self, Self::SaidYes | Self::UdpSame | Self::UdpUnknown)
    }

    /// The reason in one sentence.
    #[must_use]
    pub fn text(self, texts: &Texts) -> &str {
        match self {
            Self::SaidNo => texts.line_said_no(),
            Self::UdpDifferent => texts.line_udp_different(),
            Self::Listed(Network::Mobile) => texts.line_mobile(),
            Self::Listed(Network::SharedIpv4) => texts.line_shared(),
            Self::Listed(_) => texts.line_cloud(),
            Self::SaidYes => texts.line_said_yes(),
            Self::UdpSame => texts.line_udp_same(),
            Self::UdpUnknown => texts.line_udp_unknown(),
        }
    }
}

impl Confidence {
    /// The confidence in one sentence.
    #[must_use]
    pub fn text(self, texts: &Texts) -> &str {
        match self {
            Self::Doubtful => texts.line_doubtful(),
            Self::Unsure => texts.line_unsure(),
            Self::Likely => texts.line_likely(),
            Self::Sure => texts.line_sure(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_against_the_line_outweighs_what_speaks_for_it() {
        use Confidence::{Doubtful, Likely, Sure, Unsure};
        let line = |udp, office| Line { udp, office, ..Line::default() };
        let on =
            |network| Line { networks: vec![network], ..line(UdpPath::Same, OfficeAnswer::Yes) };
        for (line, v4, v6) in [
            (Line::default(), Unsure, Unsure),
            (line(UdpPath::Same, OfficeAnswer::Unsaid), Likely, Likely),
            (line(UdpPath::Unknown, OfficeAnswer::Yes), Likely, Likely),
            (line(UdpPath::Same, OfficeAnswer::Yes), Sure, Sure),
            (line(UdpPath::Same, OfficeAnswer::No), Doubtful, Doubtful),
            (line(UdpPath::Different, OfficeAnswer::Yes), Doubtful, Doubtful),
            (on(Network::Cloud), Doubtful, Doubtful),
            (on(Network::Mobile), Doubtful, Doubtful),
            (on(Network::SharedIpv4), Doubtful, Sure),
        ] {
            assert_eq!(line.confidence(IpFamily::V4), v4, "{line:?}");
            assert_eq!(line.confidence(IpFamily::V6), v6, "{line:?}");
        }
    }

    #[test]
    fn two_addresses_are_judged_as_the_one_of_which_more_can_be_said() {
        let all = |addresses: &[&str]| {
            IpFamily::in_doubt(addresses.iter().map(|address| address.parse().unwrap()))
        };
        assert_eq!(all(&["2a00::1", "1.2.3.4"]), Some(IpFamily::V4));
        assert_eq!(all(&["1.2.3.4", "2a00::1"]), Some(IpFamily::V4));
        assert_eq!(all(&["2a00::1"]), Some(IpFamily::V6));
        assert_eq!(all(&[]), None);
    }
}
