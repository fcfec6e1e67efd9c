//! `POST /api/checks` and `DELETE /api/checks/{id}`.

use super::app::App;
use super::body;
use super::connection::{connection_of, is_of_foreign_page};
use super::problem::HttpProblem;
use super::rtt;
use super::words;
use crate::checks::{Admission, Check, Wish};
use crate::clock::unix_seconds;
use crate::visitor::{Connection, OwnAddress, Proof};
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::api::{CheckCreated, CheckRequest, ProblemCode};
use klinke_shared::{CheckId, Language, Profile};
use std::sync::Arc;

/// Admits a check of the visitor's own address.
pub(super) async fn create(
    request: HttpRequest,
    payload: Payload,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let language = words::language_of(&request);
    if is_of_foreign_page(&request) {
        return Err(HttpProblem::new(ProblemCode::ForeignPage, language));
    }
    let body = body::read(&request, payload, "application/json", language).await?;
    let wish: CheckRequest = serde_json::from_slice(&body)
        .map_err(|error| HttpProblem::new(ProblemCode::InvalidBody, language).because(error))?;
    let language = language_asked(wish.lang.as_deref(), language)?;
    let profile = admissible(wish.consent, wish.profile.as_deref(), language)?;
    let connection = connection_of(&request, &app)
        .ok_or(HttpProblem::new(ProblemCode::AddressRefused, language))?;
    let addresses = proven(&app, connection, &wish.tickets, language)?;
    let check = admit(&app, Wish { addresses, profile, first_rtt: rtt::of(&request) }, language)?;
    let report = format!("/api/checks/{}", check.id);
    let created = CheckCreated {
        id: check.id,
        events: format!("{report}/events"),
        report: report.clone(),
        kept_seconds: app.desk.limits().kept_for.as_secs(),
    };
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, report))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(created))
}

/// Stops a check and forgets everything about it.
pub(super) async fn forget(
    request: HttpRequest,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let language = words::language_of(&request);
    let unknown = HttpProblem::new(ProblemCode::UnknownCheck, language);
    let id: CheckId = id.parse().map_err(|_| unknown.clone())?;
    if app.desk.forget(id) { Ok(HttpResponse::NoContent().finish()) } else { Err(unknown) }
}

/// The language that a request names, or the one of its headers.
pub(super) fn language_asked(
    asked: Option<&str>,
    otherwise: Language,
) -> Result<Language, HttpProblem> {
    let Some(asked) = asked else { return Ok(otherwise) };
    asked
        .parse()
        .map_err(|error| HttpProblem::new(ProblemCode::UnknownLanguage, otherwise).because(error))
}

/// The profile, if the visitor consents.
pub(super) fn admissible(
    consent: bool,
    profile: Option<&str>,
    language: Language,
) -> Result<Profile, HttpProblem> {
    if !consent {
        return Err(HttpProblem::new(ProblemCode::ConsentMissing, language));
    }
    profile.map_or(Ok(Profile::default()), |name| {
        name.parse()
            .map_err(|error| HttpProblem::new(ProblemCode::UnknownProfile, language).because(error))
    })
}

/// Starts the check, or tells why it cannot start now.
pub(super) fn admit(app: &App, wish: Wish, language: Language) -> Result<Arc<Check>, HttpProblem> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits)
        .map_err(|error| HttpProblem::new(ProblemCode::Internal, language).because(error))?;
    match app.desk.admit(CheckId::from_random(bits), wish) {
        Admission::Admitted(check) => Ok(check),
        refused => Err(HttpProblem::of_admission(&refused, language)),
    }
}

fn proven(
    app: &App,
    connection: Connection,
    tickets: &[String],
    language: Language,
) -> Result<Vec<OwnAddress>, HttpProblem> {
    if tickets.is_empty() {
        return Err(HttpProblem::new(ProblemCode::TicketMissing, language));
    }
    let mut addresses = Vec::new();
    for ticket in tickets {
        let proof = Proof::Visitor {
            connection,
            borders: &app.borders,
            ticket,
            office: &app.office,
            now: unix_seconds(),
        };
        let own = OwnAddress::prove(proof)
            .map_err(|refusal| HttpProblem::of_refusal(&refusal, language))?;
        if !addresses.contains(&own) {
            addresses.push(own);
        }
    }
    Ok(addresses)
}
