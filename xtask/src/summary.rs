//! The end of a test run: what failed and why, then the table of which part took how long and how
//! it went. It does not know what the parts do.

use anyhow::Error;
use std::fmt;
use std::time::Duration;

use crate::shell::Failed;

/// What became of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    /// Its tools are missing, so nothing can be said: that is not a success.
    NotRun,
}

/// The parts so far, in the order in which they ran.
#[derive(Default)]
pub(crate) struct Summary {
    rows: Vec<(String, Duration, Outcome)>,
    /// Why parts failed; lines, because they stood far above.
    reasons: Vec<String>,
}

impl Summary {
    pub(crate) fn add(&mut self, part: &str, took: Duration, outcome: Outcome) {
        self.rows.push((part.to_owned(), took, outcome));
    }

    /// Says once more, before the table, why this part failed.
    pub(crate) fn explain(&mut self, part: &str, error: &Error) {
        self.reasons.push(format!("{part}: {error:#}"));
        let words = error.downcast_ref::<Failed>().into_iter().flat_map(|failed| &failed.words);
        self.reasons.extend(words.map(|line| format!("  | {line}")));
    }

    /// Whether every part ran and passed; a run without parts has shown nothing.
    pub(crate) fn is_success(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|row| row.2 == Outcome::Passed)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Passed => "ok",
            Self::Failed => "FAILED",
            Self::NotRun => "NOT RUN",
        })
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.rows.iter().map(|row| row.1).sum::<Duration>();
        let verdict = if self.is_success() { Outcome::Passed } else { Outcome::Failed };
        for reason in &self.reasons {
            writeln!(formatter, "{reason}")?;
        }
        if !self.reasons.is_empty() {
            writeln!(formatter)?;
        }
        writeln!(formatter, "{:<8}{:>9}  result", "part", "seconds")?;
        for (part, took, outcome) in &self.rows {
            writeln!(formatter, "{part:<8}{:>9.1}  {outcome}", took.as_secs_f64())?;
        }
        write!(formatter, "{:<8}{:>9.1}  {verdict}", "total", total.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::{Failed, Outcome, Summary};
    use std::time::Duration;

    fn summary(rows: &[(&str, u64, Outcome)]) -> Summary {
        let mut summary = Summary::default();
        for &(part, milliseconds, outcome) in rows {
            summary.add(part, Duration::from_millis(milliseconds), outcome);
        }
        summary
    }

    #[test]
    fn every_part_has_a_row_and_the_total_is_last() {
        let rows = [
            ("fmt", 400, Outcome::Passed),
            ("rust", 61_200, Outcome::Failed),
            ("e2e", 0, Outcome::NotRun),
        ];
        let expected = "\
part      seconds  result
fmt           0.4  ok
rust         61.2  FAILED
e2e           0.0  NOT RUN
total        61.6  FAILED";
        assert_eq!(summary(&rows).to_string(), expected);
    }

    #[test]
    fn what_failed_is_said_again_before_the_table() {
        let mut summary = summary(&[("lab", 2_000, Outcome::Failed)]);
        let words = vec!["loss-1 FAILED".to_owned()];
        summary.explain("lab", &Failed { sentence: "it failed".to_owned(), words }.into());
        let expected = "\
lab: it failed
  | loss-1 FAILED

part      seconds  result
lab           2.0  FAILED
total         2.0  FAILED";
        assert_eq!(summary.to_string(), expected);
    }

    #[test]
    fn only_a_run_in_which_everything_passed_is_a_success() {
        let passed = ("fmt", 1, Outcome::Passed);
        assert!(summary(&[passed]).is_success());
        assert!(!summary(&[passed, ("e2e", 0, Outcome::NotRun)]).is_success());
        assert!(!summary(&[passed, ("rust", 1, Outcome::Failed)]).is_success());
        assert!(!summary(&[]).is_success());
    }
}
