//! Every check that a change must pass, in order and timed. It knows the commands; it does not
//! know what they look at.

use anyhow::{Result, ensure};
use clap::ValueEnum;
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::build::SELECTION;
use crate::e2e;
use crate::lab;
use crate::own_network;
use crate::page;
use crate::shell::{self, Failed};
use crate::summary::{Outcome, Summary};
use crate::tools::{Kit, Toolbox, require_debian};
use crate::workspace::Workspace;

/// One part of a test run. The order is that of a run: what is quick comes first, and what uses
/// a build comes after the part that makes it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Whether all code is formatted.
    Fmt,
    /// Clippy for the host and for the page; the dependencies' licences and sources.
    Lint,
    /// Builds the page.
    Page,
    /// All Rust tests, on this machine.
    Rust,
    /// Scans in a network with known truth.
    Lab,
    /// Compares with real daemons.
    Services,
    /// The shared crate's tests, as WebAssembly.
    Wasm,
    /// The browser journeys.
    E2e,
    /// Builds the documentation.
    Docs,
}

/// What the parts work with.
struct Bench<'a> {
    workspace: &'a Workspace,
    toolbox: Toolbox,
}

/// Runs these parts, or all if there are none; goes on after a failure, so that one run tells
/// everything.
pub(crate) fn test(workspace: &Workspace, only: &[Part]) -> Result<ExitCode> {
    let bench = Bench { workspace, toolbox: Toolbox::open(workspace)? };
    let wanted = |part: &Part| only.is_empty() || only.contains(part);
    let parts: Vec<_> = Part::value_variants().iter().copied().filter(wanted).collect();

    let mut summary = Summary::default();
    timed(&mut summary, "tools", || {
        all(parts.iter().map(|part| bench.toolbox.install(part.kits())).collect())
    });
    for part in parts {
        bench.try_part(part, &mut summary);
    }
    println!("\n{summary}");
    Ok(if summary.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Formats all Rust code.
pub(crate) fn format(workspace: &Workspace) -> Result<()> {
    Toolbox::open(workspace)?.install(&[Kit::Rust])?;
    shell::run(shell::cargo(workspace).args(["fmt", "--all"]), "Its own words are above.")
}

fn timed(summary: &mut Summary, name: &str, work: impl FnOnce() -> Result<()>) {
    eprintln!("\n== {name}");
    let start = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { Outcome::Passed } else { Outcome::Failed };
    if let Err(error) = result {
        eprintln!("error: {error:#}");
        summary.explain(name, &error);
    }
    eprintln!("== {name}: {outcome} after {:.1} s", start.elapsed().as_secs_f64());
    summary.add(name, start.elapsed(), outcome);
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Lint => "lint",
            Self::Page => "page",
            Self::Rust => "rust",
            Self::Lab => "lab",
            Self::Services => "services",
            Self::Wasm => "wasm",
            Self::E2e => "e2e",
            Self::Docs => "docs",
        }
    }

    const fn kits(self) -> &'static [Kit] {
        match self {
            Self::Fmt | Self::Docs => &[Kit::Rust],
            Self::Rust => &[Kit::Rust, Kit::Words, Kit::Tests],
            Self::Lint => &[Kit::Rust, Kit::Licences],
            Self::Page => &[Kit::Page],
            Self::Lab => &[Kit::Rust, Kit::Lab],
            Self::Services => &[Kit::Rust, Kit::Lab, Kit::Services],
            Self::Wasm => &[Kit::WasmTests],
            Self::E2e => &[Kit::Page, Kit::Journeys],
        }
    }
}

impl Bench<'_> {
    fn try_part(&self, part: Part, summary: &mut Summary) {
        match self.obstacle(part) {
            None => timed(summary, part.name(), || self.run(part)),
            Some(obstacle) => {
                eprintln!("\n== {}: cannot run: {obstacle}", part.name());
                summary.add(part.name(), std::time::Duration::ZERO, Outcome::NotRun);
            }
        }
    }

    /// Why this part cannot run here, if it cannot.
    fn obstacle(&self, part: Part) -> Option<String> {
        let missing = self.toolbox.missing(part.kits());
        if !missing.is_empty() {
            return Some(format!("it needs {}", missing.join(", ")));
        }
        let place = match part {
            Part::Lab => own_network::check(),
            Part::Services => own_network::check()
                .and_then(|()| own_network::check_rooms())
                .and_then(|()| require_debian()),
            _ => Ok(()),
        };
        place.err().map(|error| format!("{error:#}"))
    }

    fn run(&self, part: Part) -> Result<()> {
        match part {
            Part::Fmt => self.cargo(&["fmt", "--all", "--check"], "Run `cargo xtask fmt`."),
            Part::Lint => self.lint(),
            Part::Page => page::build_if_changed(self.workspace, &self.toolbox),
            Part::Rust => self.cargo_for_all("test", &["--no-fail-fast"]),
            Part::Lab => lab::run(self.workspace, None),
            Part::Services => lab::compare(self.workspace, &self.toolbox, &[]),
            Part::Wasm => self.wasm_tests(),
            Part::E2e => e2e::run(self.workspace, &self.toolbox, None),
            Part::Docs => self.docs(),
        }
    }

    fn lint(&self) -> Result<()> {
        let page =
            ["-p", "klinke-page", "-p", "klinke-shared", "--target", "wasm32-unknown-unknown"];
        let for_page = [&["clippy"], &page[..], &["--", "-D", "warnings"]].concat();
        all(vec![
            self.cargo_for_all("clippy", &["--all-targets", "--", "-D", "warnings"]),
            self.cargo(&for_page, "Clippy's words are above."),
            self.licences(),
        ])
    }

    fn licences(&self) -> Result<()> {
        let mut deny = Command::new("cargo-deny");
        deny.args(["--all-features", "check", "licenses", "bans", "sources"]);
        deny.env("PATH", self.toolbox.path()?).current_dir(self.workspace.root());
        shell::run(&mut deny, "Change the dependency, or the rule in deny.toml.")
    }

    fn wasm_tests(&self) -> Result<()> {
        let mut cargo = shell::cargo(self.workspace);
        cargo.args(["test", "-p", "klinke-shared", "--target", "wasm32-unknown-unknown"]);
        cargo.arg("--no-fail-fast");
        let runner = self.toolbox.wasm_test_runner();
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
        let printed = shell::run_and_read(&mut cargo, "Its own words are above.")?;
        // The runner knows tests by an attribute of its own, and is content with none at all.
        ensure!(some_passed(&printed), "not one test ran as WebAssembly");
        Ok(())
    }

    fn docs(&self) -> Result<()> {
        let mut cargo = shell::cargo(self.workspace);
        cargo.arg("doc").args(SELECTION).arg("--no-deps").env("RUSTDOCFLAGS", "-D warnings");
        shell::run(&mut cargo, "Its own words are above.")
    }

    fn cargo_for_all(&self, verb: &str, options: &[&str]) -> Result<()> {
        self.cargo(&[&[verb], &SELECTION[..], options].concat(), "Its own words are above.")
    }

    fn cargo(&self, arguments: &[&str], advice: &str) -> Result<()> {
        shell::run(shell::cargo(self.workspace).args(arguments), advice)
    }
}

/// Succeeds if all did; says every failure once, not only the first.
fn all(results: Vec<Result<()>>) -> Result<()> {
    let errors: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    let mut sentences: Vec<_> = errors.iter().map(|error| format!("{error:#}")).collect();
    sentences.dedup();
    let words = errors.iter().filter_map(|error| error.downcast_ref::<Failed>());
    let words = words.flat_map(|failed| failed.words.clone()).collect();
    let failed = Failed { sentence: sentences.join("\n       "), words };
    if errors.is_empty() { Ok(()) } else { Err(failed.into()) }
}

fn some_passed(printed: &str) -> bool {
    printed.lines().any(|line| {
        let rest = line.strip_prefix("test result: ok. ");
        rest.is_some_and(|counts| !counts.starts_with("0 passed"))
    })
}

#[cfg(test)]
mod tests {
    use super::{all, some_passed};
    use anyhow::anyhow;

    #[test]
    fn a_test_run_without_tests_has_shown_nothing() {
        assert!(some_passed("test result: ok. 0 passed; 0 failed\ntest result: ok. 7 passed; 0"));
        assert!(!some_passed("no tests to run!\ntest result: ok. 0 passed; 0 failed"));
    }

    #[test]
    fn every_failure_is_told_once_and_not_only_the_first() {
        let fail = |sentence: &'static str| Err(anyhow!(sentence));
        let error = all(vec![fail("one"), Ok(()), fail("two"), fail("two")]).unwrap_err();
        assert_eq!(error.to_string(), "one\n       two");
        assert!(all(vec![Ok(()), Ok(())]).is_ok());
    }
}
