//! Requests per second of Klinke and of nginx, which sends the same bytes ready-made: they take turns, and
//! wrk asks both in the same way. What a start costs that is refused is beside it, because anybody may
//! ask for one.

use anyhow::{Result, ensure};
use std::path::Path;

use super::START_PAGE;
use super::answer::{Answer, Request, ask};
use super::ground::{self, KLINKE, KLINKE_ELSEWHERE, NGINX};
use super::load::{Load, Told};
use super::nginx::{self, Nginx};
use super::refusal::{ticket, wish};
use super::serving::Serving;
use crate::bench::median::median;

/// All connections of the load come from one address, and no limit is to stand in their way.
const NO_LIMIT: &str = "connections.per_address=10000";
const HEAD: &str = "\
question                  server   requests/s (least-most)  CPU µs each  median ms    99 % ms  bytes each";

/// One question, and what it must be answered with.
struct Question {
    name: &'static str,
    request: Request<'static>,
    status: u16,
}

/// One server's turn.
#[derive(Clone, Copy)]
struct Turn {
    told: Told,
    cpu_micros: f64,
}

/// Compares both servers by every question.
pub(crate) fn compare(klinke: &Path, load: Load) -> Result<()> {
    ground::prepare()?;
    // Each server has a key of its own, so the ticket of one is nothing to the next.
    let strange = ticket_of_another(klinke)?;
    let klinke = Serving::klinke(klinke, &[KLINKE, KLINKE_ELSEWHERE], &[NO_LIMIT])?;
    let foreign = ticket(KLINKE_ELSEWHERE)?;
    let questions = [
        Question { name: "start page", request: START_PAGE, status: 200 },
        Question { name: "another server's ticket", request: wish(&strange), status: 403 },
        Question { name: "another line's ticket", request: wish(&foreign), status: 403 },
    ];
    let answers = questions.iter().map(|question| ask(KLINKE, &question.request));
    let answers = answers.collect::<Result<Vec<_>>>()?;
    let nginx = Nginx::start(&answers)?;
    println!("before: {}", ground::load());
    println!("{HEAD}");
    for (place, (question, answer)) in questions.iter().zip(&answers).enumerate() {
        let path = nginx::path(place);
        let same = Request { path: &path, body: question.request.body.clone(), ..question.request };
        question.require(answer, &ask(NGINX, &same)?)?;
        let mut turns: [Vec<Turn>; 2] = Default::default();
        for _ in 0..load.rounds {
            let [ours, theirs] = &mut turns;
            let put = |at, request: &Request| load.put(at, request, question.status);
            ours.push(Turn::take(|| put(KLINKE, &question.request), &klinke)?);
            theirs.push(Turn::take(|| put(NGINX, &same), &nginx.serving)?);
        }
        question.show(&turns);
    }
    println!("after:  {}", ground::load());
    Ok(())
}

/// The ticket of a server that is gone by the time it is shown.
fn ticket_of_another(klinke: &Path) -> Result<String> {
    let _another = Serving::klinke(klinke, &[KLINKE], &[])?;
    ticket(KLINKE)
}

impl Question {
    /// Otherwise the two would do different work.
    fn require(&self, ours: &Answer, theirs: &Answer) -> Result<()> {
        let Self { name, status, .. } = self;
        ensure!(ours.status == *status, "{name}: Klinke answers with status {}", ours.status);
        ensure!(
            (theirs.status, &theirs.body) == (ours.status, &ours.body),
            "{name}: nginx answers {theirs:?}"
        );
        let missing = ours.headers.iter().find(|(name, _)| theirs.header(name).is_none());
        ensure!(missing.is_none(), "{name}: nginx leaves out {missing:?}");
        Ok(())
    }

    fn show(&self, [ours, theirs]: &[Vec<Turn>; 2]) {
        self.show_turns("klinke", ours);
        self.show_turns("nginx", theirs);
        let ratio = |of: fn(&Turn) -> f64| middle(ours, of) / middle(theirs, of);
        let (rate, cpu) = (ratio(Turn::per_second), ratio(|turn| turn.cpu_micros));
        println!("{:<26}÷ nginx  {rate:>10.3}{cpu:>29.2}", self.name);
    }

    fn show_turns(&self, server: &str, turns: &[Turn]) {
        let rates = || turns.iter().map(Turn::per_second);
        let (least, most) = (rates().fold(f64::MAX, f64::min), rates().fold(0.0, f64::max));
        let (rate, range) = (middle(turns, Turn::per_second), format!("({least:.0}-{most:.0})"));
        print!("{:<26}{server:<9}{rate:>10.0} {range:<15}", self.name);
        print!("{:>13.1}", middle(turns, |turn| turn.cpu_micros));
        let [half, nearly_all, bytes] = [
            middle(turns, |turn| turn.told.median_ms),
            middle(turns, |turn| turn.told.p99_ms),
            middle(turns, |turn| turn.told.bytes_each()),
        ];
        println!("{half:>11.2}{nearly_all:>11.2}{bytes:>12.0}");
    }
}

impl Turn {
    fn take(load: impl FnOnce() -> Result<Told>, server: &Serving) -> Result<Self> {
        let before = server.cpu_seconds()?;
        let told = load()?;
        let used = server.cpu_seconds()? - before;
        Ok(Self { told, cpu_micros: used * 1e6 / f64::from(told.requests) })
    }

    fn per_second(&self) -> f64 {
        self.told.per_second()
    }
}

fn middle(turns: &[Turn], of: impl Fn(&Turn) -> f64) -> f64 {
    median(turns.iter().map(of))
}
