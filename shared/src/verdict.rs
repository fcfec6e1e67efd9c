//! The one sentence at the top of a report, and its colour.

use crate::{Confidence, Finding, Report, Severity, Texts};
use serde::{Deserialize, Serialize};

/// The colour of a verdict. It never stands alone: the sentence says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Nothing to do now.
    Green,
    /// Something to look at soon.
    Yellow,
    /// Something to close without delay.
    Red,
    /// It cannot be said.
    Grey,
}

names! {
    /// The name in the contract and in the styles of the page.
    Colour::as_str { Green = "green", Yellow = "yellow", Red = "red", Grey = "grey" }
}

impl Colour {
    /// All, in the order of a traffic light; the last is none of its.
    pub const ALL: [Self; 4] = [Self::Green, Self::Yellow, Self::Red, Self::Grey];
}

/// What the verdict says. `open` counts all open doors, `urgent` and `notable` those it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Headline {
    /// At least one door leads straight in: close it today.
    Critical {
        /// Critical doors.
        urgent: usize,
    },
    /// At least one door should not be open: close it within days.
    High {
        /// Doors of high severity.
        urgent: usize,
    },
    /// At least one door should be looked at.
    Notable {
        /// Doors of medium severity.
        notable: usize,
    },
    /// Doors that would want a look are open, but they were seen from inside only.
    FromInside {
        /// Those doors.
        notable: usize,
    },
    /// Doors are open, and all of them are ordinary.
    Ordinary {
        /// Open doors.
        open: usize,
    },
    /// No open door, and everything planned was tested.
    NoneOpen,
    /// Not one door gave an answer. That is what a good firewall does, and no proof of one.
    NoAnswer,
    /// Some doors were asked again, and none of them is open, as far as they answer.
    NoneOpenAgain {
        /// How many.
        asked: usize,
    },
    /// Nothing to look at was found, but something speaks against this being the office's line.
    OtherLine,
    /// Nothing to look at was found, but not everything could be tested.
    Incomplete {
        /// Ports that could not be tested.
        missing: usize,
    },
    /// Something answers for every port.
    EverythingAnswers,
    /// Nothing could be tested.
    NothingTested,
}

/// The verdict: a sentence and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Verdict {
    /// The colour.
    pub colour: Colour,
    /// What it says.
    pub headline: Headline,
}

impl Verdict {
    /// The verdict of a report. What is unreliable or untested is never green, nor are some doors alone.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self::among(report, &report.findings())
    }

    /// The same, where the findings of the report are known.
    pub(crate) fn among(report: &Report, findings: &[Finding]) -> Self {
        let headline = headline(report, findings);
        let colour = match headline {
            Headline::Critical { .. } | Headline::High { .. } => Colour::Red,
            Headline::Notable { .. } | Headline::FromInside { .. } => Colour::Yellow,
            Headline::Ordinary { .. } if report.recheck => Colour::Grey,
            Headline::Ordinary { .. } | Headline::NoneOpen | Headline::NoAnswer => Colour::Green,
            Headline::NoneOpenAgain { .. }
            | Headline::OtherLine
            | Headline::Incomplete { .. }
            | Headline::EverythingAnswers
            | Headline::NothingTested => Colour::Grey,
        };
        Self { colour, headline }
    }

    /// The verdict in one sentence.
    #[must_use]
    pub fn sentence(&self, texts: &Texts) -> String {
        match self.headline {
            Headline::Critical { urgent } => texts.verdict_critical(urgent),
            Headline::High { urgent } => texts.verdict_high(urgent),
            Headline::Notable { notable } => texts.verdict_notable(notable),
            Headline::FromInside { notable } => texts.verdict_from_inside(notable),
            Headline::Ordinary { open } => texts.verdict_ordinary(open),
            Headline::NoneOpen => texts.verdict_none_open().to_owned(),
            Headline::NoAnswer => texts.verdict_no_answer().to_owned(),
            Headline::NoneOpenAgain { asked } => texts.verdict_none_open_again(asked),
            Headline::OtherLine => texts.verdict_other_line().to_owned(),
            Headline::Incomplete { missing } => texts.verdict_incomplete(missing),
            Headline::EverythingAnswers => texts.verdict_everything_answers().to_owned(),
            Headline::NothingTested => texts.verdict_nothing_tested().to_owned(),
        }
    }

    /// What the verdict means and what comes next, in a sentence or two.
    #[must_use]
    pub fn meaning<'a>(&self, texts: &'a Texts) -> &'a str {
        match self.headline {
            Headline::Critical { .. } => texts.meaning_critical(),
            Headline::High { .. } => texts.meaning_high(),
            Headline::Notable { .. } => texts.meaning_notable(),
            Headline::FromInside { .. } => texts.meaning_from_inside(),
            Headline::Ordinary { .. } => texts.meaning_ordinary(),
            Headline::NoneOpen => texts.meaning_none_open(),
            Headline::NoAnswer => texts.meaning_no_answer(),
            Headline::NoneOpenAgain { .. } => texts.meaning_none_open_again(),
            Headline::OtherLine => texts.meaning_other_line(),
            Headline::Incomplete { .. } => texts.meaning_incomplete(),
            Headline::EverythingAnswers => texts.meaning_everything_answers(),
            Headline::NothingTested => texts.meaning_nothing_tested(),
        }
    }
}

fn headline(report: &Report, findings: &[Finding]) -> Headline {
    let tested: usize = report.addresses.iter().map(crate::AddressReport::tested).sum();
    let missing = report.missing();
    if report.addresses.iter().any(crate::AddressReport::everything_answers) {
        return Headline::EverythingAnswers;
    }
    if tested == 0 {
        return Headline::NothingTested;
    }
    let urgent = |urgency| findings.iter().filter(|finding| finding.urgency() == urgency).count();
    let (critical, high, notable) =
        (urgent(Severity::Critical), urgent(Severity::High), urgent(Severity::Medium));
    match (critical, high, notable) {
        (1.., _, _) => Headline::Critical { urgent: critical },
        (0, 1.., _) => Headline::High { urgent: high },
        (0, 0, 1..) if findings.iter().all(|finding| finding.from_inside) => {
            Headline::FromInside { notable }
        }
        (0, 0, 1..) => Headline::Notable { notable },
        _ if report.confidence() == Some(Confidence::Doubtful) => Headline::OtherLine,
        _ if missing > 0 => Headline::Incomplete { missing },
        _ if report.recheck && findings.is_empty() => {
            Headline::NoneOpenAgain { asked: report.doors() }
        }
        _ if !report.anything_answered() => Headline::NoAnswer,
        _ if findings.is_empty() => Headline::NoneOpen,
        _ => Headline::Ordinary { open: findings.len() },
    }
}
