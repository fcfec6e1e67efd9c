//! What to do now: the most useful steps that a report leads to, the first one first. Knows no card and no
//! reader; whose turn it is says each sentence.

use crate::{Finding, Headline, Report, Severity, Texts, Tip, Verdict};

/// More steps than these nobody keeps in mind.
const MOST: usize = 3;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Pass the report on to the IT today.
    Today,
    /// Pass it on within days.
    Soon,
    /// Ask the IT about the open doors when there is time.
    Ask,
    /// Have the IT look from inside.
    FromInside,
    /// Have the line checked from outside.
    FromOutside,
    /// Check from the office's own network.
    FromOffice,
    /// Check again in a while: this time not everything worked.
    Again,
    /// Read what helps with most of what was found.
    Read(Tip),
    /// Check again once the doors are shut.
    Afterwards,
    /// Check again after some months, and after each change.
    Regularly,
}

impl Step {
    /// The steps of a report, at least one and at most three.
    #[must_use]
    pub fn of(report: &Report) -> Vec<Self> {
        let findings = report.findings();
        Self::among(Verdict::among(report, &findings), &findings)
    }

    /// The same, where verdict and findings of the report are known.
    pub(crate) fn among(verdict: Verdict, findings: &[Finding]) -> Vec<Self> {
        let steps: &[Self] = match verdict.headline {
            Headline::Critical { .. } => &[Self::Today, Self::Afterwards],
            Headline::High { .. } => &[Self::Soon, Self::Afterwards],
            Headline::Notable { .. } => &[Self::Ask, Self::Afterwards],
            Headline::FromInside { .. } => &[Self::FromOutside, Self::Ask],
            Headline::Ordinary { .. } => &[Self::Ask, Self::Regularly],
            Headline::NoneOpen | Headline::NoAnswer | Headline::NoneOpenAgain { .. } => {
                &[Self::Regularly]
            }
            Headline::OtherLine => &[Self::FromOffice],
            Headline::EverythingAnswers => &[Self::FromInside],
            Headline::Incomplete { .. } | Headline::NothingTested => &[Self::Again],
        };
        let mut steps = steps.to_vec();
        if let Some(tip) = tip_for(findings) {
            steps.insert(1, Self::Read(tip));
        }
        steps.truncate(MOST);
        steps
    }

    /// The step in one sentence; that of a tip ends where its title follows.
    #[must_use]
    pub fn text(self, texts: &Texts) -> &str {
        match self {
            Self::Today => texts.step_today(),
            Self::Soon => texts.step_soon(),
            Self::Ask => texts.step_ask(),
            Self::FromInside => texts.step_from_inside(),
            Self::FromOutside => texts.step_from_outside(),
            Self::FromOffice => texts.step_from_office(),
            Self::Again => texts.step_again(),
            Self::Read(_) => texts.step_read(),
            Self::Afterwards => texts.step_afterwards(),
            Self::Regularly => texts.step_regularly(),
        }
    }
}

/// The tip that helps with most of the doors that want a look; of equals, the one of the worst door.
fn tip_for(findings: &[Finding]) -> Option<Tip> {
    let wants_a_look = |urgency| urgency >= Severity::Medium;
    let doors = findings.iter().filter(|finding| wants_a_look(finding.urgency()));
    let tips: Vec<Tip> = doors
        .filter_map(|finding| finding.service)
        .flat_map(|service| service.service().tips.iter().copied())
        .collect();
    let count = |tip: Tip| tips.iter().filter(|other| **other == tip).count();
    tips.iter().copied().rev().max_by_key(|tip| count(*tip))
}
