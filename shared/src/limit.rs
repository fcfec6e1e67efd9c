//! The honest limits of a report: what it could not see, and when that has to be said.

use crate::{Confidence, Gap, IpFamily, PortSet, Report, Scope, Slowing, State, Texts};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::num::NonZeroU16;

/// Ports that some providers block on the way, so that silence may be theirs: mail against spam,
/// and the file sharing of Windows.
const OFTEN_FILTERED_ON_THE_WAY: [u16; 7] = [25, 135, 136, 137, 138, 139, 445];

/// Something a report cannot say, in the order in which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Limit {
    /// Something answers for every port.
    EverythingAnswers,
    /// The check ended before its plan.
    EndedEarly,
    /// It is doubtful, or nobody knows, whether this is the office's line.
    NotSurelyYourLine {
        /// Whether something speaks against it.
        doubtful: bool,
    },
    /// The address of one family was not tested.
    FamilyNotTested {
        /// Which.
        family: IpFamily,
        /// Why.
        gap: Gap,
    },
    /// Some ports could not be asked, by our own fault or limit.
    NotTested {
        /// How many.
        count: usize,
    },
    /// The address is private or loopback: the check saw this network or this computer from inside.
    FromInside,
    /// An IPv6 address is that of one device, not of the router.
    OneDevice,
    /// Silent ports that providers often block on the way.
    FilteredOnTheWay {
        /// Which.
        ports: PortSet,
    },
    /// Something slowed the check down.
    Slowed {
        /// What it did.
        slowing: Slowing,
    },
    /// UDP was not asked.
    UdpNotTried,
    /// UDP ports were silent, which tells nothing.
    UdpSilent {
        /// How many.
        count: usize,
    },
    /// Ports outside the plan were not asked.
    OutsideThePlan {
        /// How many were asked.
        asked: usize,
    },
    /// Only this address, only from the outside, only now.
    OnlyHereAndNow,
}

impl Limit {
    /// The limits of a report.
    #[must_use]
    pub fn of(report: &Report) -> Vec<Self> {
        let lines = &report.addresses;
        let asked = report.doors();
        let not_tested: usize =
            lines.iter().map(|line| line.observations.count(State::NotTested)).sum();
        let uncertain: usize =
            lines.iter().map(|line| line.observations.count(State::Uncertain)).sum();
        let slowed = lines.iter().find_map(|line| line.slowed);
        let on_the_way = filtered_on_the_way(report);
        let public_v6 = lines
            .iter()
            .any(|line| matches!(line.address, IpAddr::V6(_)) && line.scope == Scope::Public);
        let every_tcp_port =
            lines.iter().all(|line| line.planned.tcp.len() == usize::from(u16::MAX));
        let from_inside = lines.iter().any(|line| line.scope != Scope::Public);
        let family = lines.first().map_or(IpFamily::V4, |line| IpFamily::of(line.address)).other();
        let gap = report.line.gap.filter(|_| lines.len() == 1 && !from_inside);
        let confidence = report.confidence().unwrap_or(Confidence::Sure);
        let doubtful = confidence == Confidence::Doubtful;
        let conditions = [
            // Of some doors alone, this is the first thing to know.
            (report.recheck, Self::OutsideThePlan { asked }),
            (lines.iter().any(crate::AddressReport::everything_answers), Self::EverythingAnswers),
            (report.ended_early(), Self::EndedEarly),
            (confidence < Confidence::Likely, Self::NotSurelyYourLine { doubtful }),
            (gap.is_some(), Self::FamilyNotTested { family, gap: gap.unwrap_or(Gap::NotOffered) }),
            (not_tested > 0, Self::NotTested { count: not_tested }),
            (from_inside, Self::FromInside),
            (public_v6, Self::OneDevice),
            (!on_the_way.is_empty() && !from_inside, Self::FilteredOnTheWay { ports: on_the_way }),
            (slowed.is_some(), Self::Slowed { slowing: slowed.unwrap_or(Slowing::Throttled) }),
            (lines.iter().all(|line| line.planned.udp.is_empty()), Self::UdpNotTried),
            (uncertain > 0, Self::UdpSilent { count: uncertain }),
            (!every_tcp_port && !report.recheck, Self::OutsideThePlan { asked }),
            (true, Self::OnlyHereAndNow),
        ];
        conditions.into_iter().filter(|(holds, _)| *holds).map(|(_, limit)| limit).collect()
    }

    /// The limit in plain words.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        match self {
            Self::EverythingAnswers => texts.limit_everything_answers().to_owned(),
            Self::EndedEarly => texts.limit_ended_early().to_owned(),
            Self::NotSurelyYourLine { doubtful: true } => texts.line_doubtful().to_owned(),
            Self::NotSurelyYourLine { doubtful: false } => texts.line_unsure().to_owned(),
            Self::FamilyNotTested { family, gap } => gap.text(*family, texts),
            Self::NotTested { count } => texts.limit_not_tested(*count),
            Self::FromInside => texts.limit_from_inside().to_owned(),
            Self::OneDevice => texts.limit_one_device().to_owned(),
            Self::FilteredOnTheWay { ports } => {
                texts.limit_filtered_on_the_way(&ports.to_string().replace(',', ", "))
            }
            Self::Slowed { slowing: Slowing::Throttled } => texts.limit_throttled().to_owned(),
            Self::Slowed { slowing: Slowing::Banned } => texts.limit_banned().to_owned(),
            Self::UdpSilent { count } => texts.limit_udp_silent(*count),
            Self::UdpNotTried => texts.limit_udp_not_tried().to_owned(),
            Self::OutsideThePlan { asked } => texts.limit_outside_the_plan(*asked),
            Self::OnlyHereAndNow => texts.limit_only_here_and_now().to_owned(),
        }
    }
}

fn filtered_on_the_way(report: &Report) -> PortSet {
    OFTEN_FILTERED_ON_THE_WAY
        .into_iter()
        .filter_map(NonZeroU16::new)
        .filter(|port| {
            report.addresses.iter().any(|line| line.observations.silent.tcp.contains(*port))
        })
        .collect()
}
