//! Two reports beside each other: what became of each door. Knows no words, and not where the reports
//! come from.

use crate::{Finding, Report, State};

/// What became of the doors of an earlier report. Each door stands in one list at most.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Open then, and not any more.
    pub shut: Vec<Finding>,
    /// Not open then, and open now.
    pub new: Vec<Finding>,
    /// Open then and now.
    pub still: Vec<Finding>,
    /// Open in one; in the other not asked, not tested or not to be believed.
    pub unknown: Vec<Finding>,
    /// Whether the reports have no address in common.
    pub elsewhere: bool,
}

impl Comparison {
    /// What became of the doors of `before`, as `after` shows them.
    #[must_use]
    pub fn of(before: &Report, after: &Report) -> Self {
        let is_in =
            |report: &Report, address| report.addresses.iter().any(|line| line.address == address);
        let mut all = Self {
            elsewhere: !after.addresses.iter().any(|line| is_in(before, line.address)),
            ..Self::default()
        };
        let (then, now) = (before.states(), after.states());
        for finding in open(before) {
            all.list(now(finding.port), |all| &mut all.shut).push(finding);
        }
        for finding in open(after).filter(|finding| then(finding.port) != Some(State::Open)) {
            all.list(then(finding.port), |all| &mut all.new).push(finding);
        }
        all
    }

    /// The list for a door that is open in one report, by its state in the other.
    fn list(
        &mut self,
        other: Option<State>,
        shut: fn(&mut Self) -> &mut Vec<Finding>,
    ) -> &mut Vec<Finding> {
        match other {
            Some(State::Open) => &mut self.still,
            Some(State::Closed | State::Filtered) => shut(self),
            _ => &mut self.unknown,
        }
    }
}

fn open(report: &Report) -> impl Iterator<Item = Finding> {
    report.findings().into_iter().filter(|finding| finding.state == State::Open)
}
