//! Tests against a network with known truth: each scenario is one line of a table, and one
//! function runs them all. Seconds are told and never judged.

mod beside;
mod table;

use anyhow::{Context as _, Result, ensure};
use std::net::IpAddr;
use std::path::Path;
use std::time::Instant;

pub(crate) use self::table::SCENARIOS;

use self::beside::Beside;
use crate::firewall::Firewall;
use crate::measure;
use crate::network::Network;
use crate::own_network;
use crate::port::Transport;
use crate::scanner::{Job, Klinke, Method, Scanner};
use crate::truth::Score;
use crate::wire::Settings;

/// A network, a question to it, and what the answer has to be.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) wire: Settings,
    pub(crate) firewall: Firewall,
    pub(crate) address: IpAddr,
    pub(crate) transport: Transport,
    /// How many ports; all that are not silent are among them.
    pub(crate) ports: usize,
    /// How often, each time with another chance.
    pub(crate) runs: u32,
    pub(crate) rate: Option<u32>,
    pub(crate) method: Method,
    /// The most descriptors that Klinke may have open.
    pub(crate) descriptors: Option<u32>,
    pub(crate) expected: Expected,
    /// Whether it takes long and does little, so that it disturbs no other one.
    pub(crate) beside_others: bool,
    /// Why this cannot hold yet; then a failure is told and is none.
    pub(crate) not_yet: Option<&'static str>,
}

/// What has to be true, besides that nothing is falsely open, falsely closed or missing.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    /// At least this share of the open ports is found.
    Found(f64),
    /// Something answers for all ports, and at least this share of them is called so.
    Unreliable(f64),
}

/// How one scenario went.
enum Verdict {
    Passed,
    /// It failed, as it was known to.
    NotYet(&'static str),
    Failed(String),
}

/// Runs the scenarios with this in their name, each with a line; an error if one of them fails.
pub(crate) fn test(klinke: &Path, name: &str, method: Option<Method>) -> Result<()> {
    let chosen: Vec<_> = SCENARIOS.iter().filter(|one| one.name.contains(name)).collect();
    ensure!(!chosen.is_empty(), "no scenario has {name:?} in its name");
    own_network::require_besides(&[])?;
    let is_alone = chosen.len() == 1;
    let (beside, chosen): (Vec<_>, Vec<_>) =
        chosen.into_iter().partition(|one| one.beside_others && !is_alone);
    let start = |one: &&Scenario| Beside::start(one.name, klinke, method);
    let beside = beside.iter().map(start).collect::<Result<Vec<_>>>()?;
    let holds = |one: &&&Scenario| one.test(Klinke::new(klinke, method.unwrap_or(one.method)));
    let failed = chosen.iter().filter(|one| !holds(one)).map(|one| one.name);
    let mut failed: Vec<_> = failed.collect();
    for other in beside {
        failed.extend(other.end()?);
    }
    ensure!(failed.is_empty(), "these scenarios failed: {}", failed.join(", "));
    Ok(())
}

/// The one scenario with this name.
pub(crate) fn find(name: &str) -> Result<&'static Scenario> {
    let known = || SCENARIOS.iter().map(|one| one.name).collect::<Vec<_>>().join(", ");
    let found = SCENARIOS.iter().find(|one| one.name == name);
    found.with_context(|| format!("there is no scenario {name:?}, but {}", known()))
}

impl Scenario {
    /// Runs it and says how it went; whether it is as expected.
    fn test(&self, klinke: Klinke) -> bool {
        let start = Instant::now();
        let result = self.run(klinke);
        let seconds = start.elapsed().as_secs_f64();
        let told = result.as_ref().map_or_else(|error| format!("{error:#}"), Score::to_string);
        let verdict = self.verdict(result.ok());
        println!("{:<18}{:<8}{seconds:>6.1} s  {told}", self.name, verdict.word());
        match &verdict {
            Verdict::Passed => {}
            Verdict::NotYet(why) => println!("{:<18}not yet: {why}", ""),
            Verdict::Failed(why) => println!("{:<18}{why}", ""),
        }
        !matches!(verdict, Verdict::Failed(_))
    }

    fn run(&self, klinke: Klinke) -> Result<Score> {
        let scanner = Scanner::Klinke(Klinke { descriptors: self.descriptors, ..klinke });
        let ports = Firewall::ports(self.transport, self.ports);
        let job = Job { address: self.address, ports: &ports, rate: self.rate };
        let scores = (0..self.runs).map(|run| {
            let seed = self.wire.seed.wrapping_add(u64::from(run));
            let _network = Network::open(Settings { seed, ..self.wire }, self.firewall)?;
            let run = measure::run(&scanner.command(&job))?;
            Ok(Score::of(&scanner.read(&run.printed, &job)?, &ports, self.firewall))
        });
        Ok(Score::sum(&scores.collect::<Result<Vec<_>>>()?))
    }

    fn verdict(&self, score: Option<Score>) -> Verdict {
        let Some(score) = score else {
            return Verdict::Failed("it could not run".to_owned());
        };
        match (self.expected.broken_by(score), self.not_yet) {
            (None, None) => Verdict::Passed,
            (Some(_), Some(why)) => Verdict::NotYet(why),
            (Some(why), None) => Verdict::Failed(why),
            (None, Some(_)) => Verdict::Failed("it holds now: take its `not_yet` away".to_owned()),
        }
    }
}

impl Expected {
    /// Which expectation a score breaks.
    fn broken_by(self, score: Score) -> Option<String> {
        #[expect(clippy::cast_precision_loss, reason = "numbers of ports are small")]
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        let (kept, rule) = match self {
            Self::Found(least) => (
                share(score.found, score.open) >= least || score.open == 0,
                format!("{least} found"),
            ),
            Self::Unreliable(least) => {
                (share(score.unreliable, score.asked) >= least, format!("{least} unreliable"))
            }
        };
        let faults = score.false_open + score.false_closed + score.missing;
        let is_true = faults == 0;
        (!kept || !is_true).then(|| format!("expected: no fault, and a share of {rule}"))
    }
}

impl Verdict {
    const fn word(&self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::NotYet(_) => "not yet",
            Self::Failed(_) => "FAILED",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Expected, SCENARIOS, Score};
    use std::collections::BTreeSet;

    const PERFECT: Score = Score {
        asked: 100,
        open: 16,
        found: 16,
        false_open: 0,
        false_closed: 0,
        unreliable: 0,
        missing: 0,
    };

    #[test]
    fn one_fault_breaks_what_is_expected() {
        let broken = |score| Expected::Found(0.9).broken_by(score).is_some();
        assert!(!broken(PERFECT));
        assert!(!broken(Score { found: 15, ..PERFECT }));
        assert!(broken(Score { found: 14, ..PERFECT }));
        assert!(broken(Score { false_open: 1, ..PERFECT }));
        assert!(broken(Score { false_closed: 1, ..PERFECT }));
        assert!(broken(Score { missing: 1, ..PERFECT }));
    }

    #[test]
    fn who_answers_for_everything_must_be_called_so() {
        let expected = Expected::Unreliable(0.9);
        assert!(expected.broken_by(PERFECT).is_some());
        assert_eq!(expected.broken_by(Score { unreliable: 95, ..PERFECT }), None);
    }

    #[test]
    fn every_scenario_has_a_name_of_its_own() {
        let names: BTreeSet<_> = SCENARIOS.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), SCENARIOS.len());
    }

    #[test]
    fn who_runs_beside_others_can_be_called_alone() {
        for beside in SCENARIOS.iter().filter(|one| one.beside_others) {
            let same = SCENARIOS.iter().filter(|one| one.name.contains(beside.name));
            assert_eq!(same.count(), 1, "{}", beside.name);
        }
    }
}
