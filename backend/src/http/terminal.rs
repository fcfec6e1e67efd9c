//! `POST /check`: the terminal's way. `curl -N -d consent=yes https://host/check` streams plain text
//! and ends with the verdict.

use super::app::App;
use super::body;
use super::checks::{admissible, admit, language_asked};
use super::connection::{connection_of, is_of_foreign_page};
use super::consent;
use super::line;
use super::problem::HttpProblem;
use super::rtt;
use super::words;
use crate::checks::{Check, Followed, Wish};
use crate::visitor::{OwnAddress, Proof};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError};
use futures_util::stream::{self, Stream};
use klinke_shared::api::ProblemCode;
use klinke_shared::{
    CheckId, EndReason, Event, Finding, Gap, Language, Line, Observations, Recognised, Texts,
    findings, place_in_queue, render,
};
use serde::Deserialize;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// At least this often something is told: people see that it goes on, and a terminal that hung up is
/// noticed when it cannot be told.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// The form that a terminal sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default)]
    consent: String,
    profile: Option<String>,
    lang: Option<String>,
}

/// Checks the address that this connection comes from and tells as it goes.
pub(super) async fn check(request: HttpRequest, payload: Payload, app: Data<App>) -> HttpResponse {
    match start(&request, payload, &app).await {
        Ok((check, language)) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .insert_header(("x-accel-buffering", "no"))
            .streaming(lines(Told::new(app, &check), words::texts(language))),
        Err(problem) => {
            let mut response = HttpResponse::build(problem.status_code());
            if let Some(wait) = problem.retry_after {
                response.insert_header(("retry-after", wait.as_secs().to_string()));
            }
            response.content_type("text/plain; charset=utf-8").body(problem.as_text())
        }
    }
}

async fn start(
    request: &HttpRequest,
    payload: Payload,
    app: &App,
) -> Result<(Arc<Check>, Language), HttpProblem> {
    let language = words::language_of(request);
    if is_of_foreign_page(request) {
        return Err(HttpProblem::new(ProblemCode::ForeignPage, language));
    }
    let body = body::read(request, payload, "application/x-www-form-urlencoded", language).await?;
    let form = actix_web::web::Query::<Form>::from_query(&String::from_utf8_lossy(&body))
        .map_err(|error| {
            HttpProblem::new(ProblemCode::InvalidBody, language)
                .because(format!("{error}; accepted are consent=yes, profile=… and lang=…"))
        })?
        .into_inner();
    let language = language_asked(form.lang.as_deref(), language)?;
    let profile = admissible(form.consent == "yes", form.profile.as_deref(), language)?;
    let connection = connection_of(request, app)
        .ok_or(HttpProblem::new(ProblemCode::AddressRefused, language))?;
    let own = OwnAddress::prove(Proof::Terminal { connection, borders: &app.borders })
        .map_err(|refusal| HttpProblem::of_refusal(&refusal, language))?;
    let line = Line { gap: Some(Gap::NotOffered), ..line::known(app, own.ip()).await };
    let wish = Wish {
        addresses: vec![own],
        profile,
        again: None,
        first_rtt: rtt::of(request),
        line,
        consent: consent::version(language),
    };
    let check = admit(app, wish, language)?;
    Ok((check, language))
}

fn lines(told: Told, texts: &'static Texts) -> impl Stream<Item = Result<Bytes, Error>> {
    stream::unfold(told, move |mut told| async move {
        let text = match timeout(TELL_EVERY, told.followed.next()).await {
            Ok(Some((_, event))) => told.words(&event, texts),
            Ok(None) => return None,
            Err(_silence) => told.progress(texts),
        };
        Some((Ok(Bytes::from(text)), told))
    })
}

/// A check as it is told to a terminal. Nobody else knows its name, so it ends with the connection,
/// and nothing of it is kept.
struct Told {
    app: Data<App>,
    id: CheckId,
    followed: Followed,
    planned: usize,
    seen: Vec<Observations>,
    spoke_at: Instant,
}

impl Drop for Told {
    fn drop(&mut self) {
        self.app.desk.forget(self.id);
    }
}

impl Told {
    fn new(app: Data<App>, check: &Arc<Check>) -> Self {
        Self {
            app,
            id: check.id,
            followed: check.follow(0),
            planned: 0,
            seen: Vec::new(),
            spoke_at: Instant::now(),
        }
    }

    fn done(&self) -> usize {
        self.seen.iter().map(Observations::len).sum()
    }

    fn progress(&mut self, texts: &Texts) -> String {
        self.spoke_at = Instant::now();
        texts.check_progress(&self.done().to_string(), &self.planned.to_string()) + "\n"
    }

    /// An event in words; empty where there is nothing to say.
    fn words(&mut self, event: &Event, texts: &Texts) -> String {
        match event {
            Event::Started { addresses, .. } => {
                self.planned = addresses.iter().map(|line| line.planned.len()).sum();
                self.seen = vec![Observations::default(); addresses.len()];
                addresses.iter().fold(String::new(), |text, line| {
                    text + &texts.check_address(&line.address.to_string()) + "\n"
                })
            }
            Event::Observed { address, observations } => {
                if let Some(seen) = self.seen.get_mut(*address) {
                    seen.merge(observations);
                }
                let opened = findings(&observations.notable, |port| observations.recognition(port));
                let known = observations.recognised.iter();
                let doors: String = opened
                    .iter()
                    .map(|finding| door(finding, texts))
                    .chain(known.filter_map(recognised))
                    .collect();
                let quiet = doors.is_empty() && self.done() < self.planned;
                if quiet && self.spoke_at.elapsed() < TELL_EVERY {
                    return String::new();
                }
                doors + &self.progress(texts)
            }
            Event::Slowed { slowing, .. } => format!("{}\n", slowing.text(texts)),
            Event::Finished { report } => format!("\n{}", render::text(report, texts)),
            Event::Ended { reason: EndReason::Shutdown } => {
                format!("\n{}\n", texts.check_shutdown_text())
            }
            Event::Waiting { place } => format!("{}\n", place_in_queue(*place, texts)),
            Event::Ended { reason: EndReason::ConnectionChanged } => {
                format!("\n{}\n", texts.check_changed_text())
            }
            Event::Ended { reason: EndReason::Forgotten | EndReason::NobodyWaited } => {
                format!("\n{}\n", texts.check_forgotten_title())
            }
        }
    }
}

fn door(finding: &Finding, texts: &Texts) -> String {
    format!("{} {}: {}\n", finding.port, texts.state_open(), texts.service(finding.service).name)
}

/// What is behind a door, once it has said so.
fn recognised(known: &Recognised) -> Option<String> {
    known.recognition.label().map(|label| format!("{} {label}\n", known.port))
}
