//! A visitor among a thousand others who are slow on purpose: how long the start page takes with and
//! without them, how many of them the server holds, and what they cost it. How slow one is, the crowd
//! knows.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::START_PAGE;
use super::answer::{Request, ask};
use super::crowd::{Crowd, Slowness};
use super::ground::{self, KLINKE, KLINKE_ELSEWHERE};
use super::serving::Serving;
use crate::bench::median::median;

/// How many are slow, all from one address.
const SLOW: u32 = 1_000;
/// What lets them in.
const NO_LIMIT: &str = "connections.per_address=10000";
/// How often the visitor opens the page before the crowd comes, and again with it.
const VISITS: u32 = 1_000;
/// The visitor is one person, and no load. All visits are over before the first of the crowd is cut off.
const VISIT_EVERY: Duration = Duration::from_millis(5);
/// How long after the crowd has come those are counted who are still held: by then, everybody has had
/// Klinke's 10 seconds for a request's head, and some more.
const COUNTED_AFTER: Duration = Duration::from_secs(13);
/// How long the server may take to notice that the crowd has gone.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);
const MEBIBYTE: f64 = 1_048_576.0;

const HEAD: &str = "\
1,000 who are slow      limit    held  after 13 s  MiB more   median ms: alone  among      ÷   99 % ms: alone  among      ÷";

/// What the crowd does, and whether the server lets it in.
struct Row {
    name: &'static str,
    how: Slowness,
    limit: &'static str,
    settings: &'static [&'static str],
}

const ROWS: [Row; 4] = [
    Row { name: "at asking", how: Slowness::Asking, limit: "none", settings: &[NO_LIMIT] },
    Row { name: "at reading", how: Slowness::Reading, limit: "none", settings: &[NO_LIMIT] },
    Row { name: "at asking", how: Slowness::Asking, limit: "default", settings: &[] },
    Row { name: "at reading", how: Slowness::Reading, limit: "default", settings: &[] },
];

/// Some visits, in milliseconds.
#[derive(Clone, Copy)]
struct Visits {
    median: f64,
    p99: f64,
}

/// One coming and going of the crowd.
struct Round {
    alone: Visits,
    among: Visits,
    /// Connections that the server holds while the visitor is there, and later.
    held: f64,
    later: f64,
    /// What its memory has grown by since the first crowd came, in bytes: what it keeps of one, the next
    /// gets.
    memory: f64,
}

/// Measures each kind of crowd, with its limit and without.
pub(crate) fn measure(klinke: &Path, rounds: u32) -> Result<()> {
    ground::prepare()?;
    println!("before: {}", ground::load());
    println!("{HEAD}");
    for row in &ROWS {
        let serving = Serving::klinke(klinke, &[KLINKE, KLINKE_ELSEWHERE], row.settings)?;
        let file = largest_file()?;
        // The first visits pay for what a server does once.
        visit()?;
        let memory = serving.memory()?;
        let rounds = (0..rounds).map(|_| row.round(&serving, memory, &file));
        row.show(&rounds.collect::<Result<Vec<_>>>()?);
    }
    println!("after:  {}", ground::load());
    Ok(())
}

/// The page's program, by its link in the start page.
fn largest_file() -> Result<String> {
    let page = ask(KLINKE, &Request { headers: &[], ..START_PAGE })?;
    let page = String::from_utf8(page.body)?;
    let links =
        page.split(['"', '\'']).find(|word| word.starts_with('/') && word.ends_with("_bg.wasm"));
    links.map(str::to_owned).context("the start page names no program")
}

fn visit() -> Result<Visits> {
    let start = Instant::now();
    let mut took = Vec::new();
    for number in 0..VISITS {
        thread::sleep((VISIT_EVERY * number).saturating_sub(start.elapsed()));
        let opened = Instant::now();
        let answer = ask(KLINKE, &START_PAGE)?;
        ensure!(answer.status == 200, "the start page has status {}", answer.status);
        took.push(opened.elapsed().as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
    Ok(Visits { median: median(took), p99 })
}

impl Row {
    fn round(&self, serving: &Serving, memory: u64, file: &str) -> Result<Round> {
        let alone = visit()?;
        let sockets = serving.sockets()?;
        let more = || Ok::<_, anyhow::Error>(count(serving.sockets()?.saturating_sub(sockets)));
        let round = thread::scope(|scope| {
            let crowd = Crowd::gather(self.how, SLOW, KLINKE_ELSEWHERE, file)?;
            let come = Instant::now();
            // The crowd goes when this function is left, whichever way.
            let (_here, stop) = mpsc::channel();
            scope.spawn(move || crowd.linger(&stop));
            let among = visit()?;
            let held = more()?;
            let memory = bytes(serving.memory()?.saturating_sub(memory));
            thread::sleep(COUNTED_AFTER.saturating_sub(come.elapsed()));
            Ok::<_, anyhow::Error>(Round { alone, among, held, later: more()?, memory })
        })?;
        let until = Instant::now() + PATIENCE;
        while more()? > 0.0 {
            ensure!(Instant::now() < until, "the crowd is gone and still held");
            thread::sleep(LOOK_EVERY);
        }
        Ok(round)
    }

    fn show(&self, rounds: &[Round]) {
        let middle = |of: fn(&Round) -> f64| median(rounds.iter().map(of));
        let Self { name, limit, .. } = self;
        let [held, later, memory] =
            [middle(|round| round.held), middle(|round| round.later), middle(|round| round.memory)];
        print!("{name:<23} {limit:<8}{held:>5.0}{later:>12.0}{:>10.1}", memory / MEBIBYTE);
        let [alone, among] = [middle(|it| it.alone.median), middle(|it| it.among.median)];
        print!("{alone:>19.2}{among:>7.2}{:>7.2}", among / alone);
        let [alone, among] = [middle(|it| it.alone.p99), middle(|it| it.among.p99)];
        println!("{alone:>17.2}{among:>7.2}{:>7.2}", among / alone);
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are a thousand of them")]
fn count(sockets: usize) -> f64 {
    sockets as f64
}

#[expect(clippy::cast_precision_loss, reason = "mebibytes are told of them")]
fn bytes(memory: u64) -> f64 {
    memory as f64
}
