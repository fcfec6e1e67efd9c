//! A report with what follows from it, worked out once: of hundreds of open doors that takes a moment.

use crate::{Finding, Report, Step, Verdict};

/// A report and its judgement.
#[derive(Debug, Clone, Eq)]
pub struct Judged {
    /// The report.
    pub report: Report,
    /// Every open door, the most severe first.
    pub findings: Vec<Finding>,
    /// The verdict.
    pub verdict: Verdict,
    /// What to do now.
    pub steps: Vec<Step>,
}

/// All else follows from the report.
impl PartialEq for Judged {
    fn eq(&self, other: &Self) -> bool {
        self.report == other.report
    }
}

impl Judged {
    /// The judgement of a report.
    #[must_use]
    pub fn of(report: Report) -> Self {
        let findings = report.findings();
        let verdict = Verdict::among(&report, &findings);
        let steps = Step::among(verdict, &findings);
        Self { report, findings, verdict, steps }
    }
}
