//! `POST /api/checks/{id}/recheck`: some doors of a finished report once more, after a fix. The visitor
//! proves anew whose address it is, and it has to be one of the report.

use super::app::App;
use super::checks::{begin, language_asked, visitor, wished};
use super::consent;
use super::line;
use super::problem::HttpProblem;
use super::reports::{finished, known};
use super::rtt;
use super::words;
use crate::checks::{Again, Wish};
use crate::visitor::OwnAddress;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::api::{MOST_ASKED_AGAIN, ProblemCode, RecheckRequest};
use klinke_shared::{Gap, Language, Line, Plan, Port, Report};

/// Admits a recheck of doors of a report, at those of its addresses that are proven to be the visitor's.
pub(super) async fn create(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let asked: RecheckRequest = wished(&request, payload).await?;
    let language = language_asked(asked.lang.as_deref(), words::language_of(&request))?;
    if !asked.consent {
        return Err(HttpProblem::new(ProblemCode::ConsentMissing, language));
    }
    let check = known(&app, &id, language)?;
    let report = finished(&check, language)?;
    let plan = planned(&asked.ports, &report, language)?;
    let (first, proven) = visitor(&request, &app, &asked.tickets, language)?;
    let addresses = reported(&proven, &report, language)?;
    let wish = Wish {
        line: line_of(&app, &addresses, proven.len(), &report).await,
        addresses,
        profile: report.profile,
        again: Some(Again { of: check.origin(), plan }),
        first_rtt: rtt::of(&request),
        consent: consent::version(language),
    };
    begin(&app, &first, wish, language)
}

/// The plan of these ports, if the report had planned each of them.
fn planned(ports: &[Port], report: &Report, language: Language) -> Result<Plan, HttpProblem> {
    let refused = HttpProblem::new(ProblemCode::PortsRefused, language);
    if ports.is_empty() || ports.len() > MOST_ASKED_AGAIN {
        let why = format!("{} ports are named; accepted are 1 to {MOST_ASKED_AGAIN}", ports.len());
        return Err(refused.because(why));
    }
    let is_planned = |port: Port| report.addresses.iter().any(|line| line.planned.contains(port));
    match ports.iter().find(|port| !is_planned(**port)) {
        Some(port) => Err(refused.because(format!("{port} was not planned in this report"))),
        None => Ok(Plan::by_rank(ports.iter().copied())),
    }
}

/// Those of the proven addresses that are in the report. The first one, from which the request comes, has
/// to be; another one that is not, such as an IPv6 address that has changed since, is left alone.
fn reported(
    proven: &[OwnAddress],
    report: &Report,
    language: Language,
) -> Result<Vec<OwnAddress>, HttpProblem> {
    let is_reported =
        |own: &OwnAddress| report.addresses.iter().any(|seen| seen.address == own.ip());
    let reported: Vec<OwnAddress> = proven.iter().copied().filter(is_reported).collect();
    if reported.first() == proven.first() {
        Ok(reported)
    } else {
        Err(HttpProblem::new(ProblemCode::OtherLine, language))
    }
}

/// What is known of the line now, and what the visitor and their browser said of it for the report. Where
/// the report has two addresses and one of them is not asked again, there is a gap.
async fn line_of(app: &App, addresses: &[OwnAddress], proven: usize, report: &Report) -> Line {
    let known = line::of_all(app, addresses).await;
    let was_proven = proven > addresses.len();
    let missing = if was_proven { Gap::Refused } else { Gap::NotOffered };
    let gap = (addresses.len() < report.addresses.len()).then_some(missing).or(report.line.gap);
    Line { udp: report.line.udp, office: report.line.office, gap, ..known }
}
