//! `POST /api/checks` and `DELETE /api/checks/{id}`.

use super::app::App;
use super::assets::NEVER;
use super::body;
use super::connection::{connection_of, is_of_foreign_page};
use super::consent;
use super::line;
use super::problem::HttpProblem;
use super::rtt;
use super::words;
use crate::checks::{Admission, Check, Wish};
use crate::clock::unix_seconds;
use crate::visitor::{Connection, OwnAddress, Proof, Refusal, Seen, TicketError};
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::api::{CheckCreated, CheckRequest, ProblemCode};
use klinke_shared::{CheckId, Gap, Language, Line, Profile};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Admits a check of the visitor's own address.
pub(super) async fn create(
    request: HttpRequest,
    payload: Payload,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let wish: CheckRequest = wished(&request, payload).await?;
    let language = language_asked(wish.lang.as_deref(), words::language_of(&request))?;
    let profile = admissible(wish.consent, wish.profile.as_deref(), language)?;
    let (first, addresses) = visitor(&request, &app, &wish.tickets, language)?;
    let line = line_of(&app, &wish, &addresses).await;
    let wish = Wish {
        addresses,
        profile,
        again: None,
        first_rtt: rtt::of(&request),
        line,
        consent: consent::version(language),
    };
    begin(&app, &first, wish, language)
}

/// The wish in the body of a request, if a page of this server sent it.
pub(super) async fn wished<T: DeserializeOwned>(
    request: &HttpRequest,
    payload: Payload,
) -> Result<T, HttpProblem> {
    let language = words::language_of(request);
    if is_of_foreign_page(request) {
        return Err(HttpProblem::new(ProblemCode::ForeignPage, language));
    }
    let body = body::read(request, payload, "application/json", language).await?;
    serde_json::from_slice(&body)
        .map_err(|error| HttpProblem::new(ProblemCode::InvalidBody, language).because(error))
}

/// Whose request it is: the first ticket, found genuine, and the addresses that all of them prove.
pub(super) fn visitor(
    request: &HttpRequest,
    app: &App,
    tickets: &[String],
    language: Language,
) -> Result<(Seen, Vec<OwnAddress>), HttpProblem> {
    let connection = connection_of(request, app)
        .ok_or(HttpProblem::new(ProblemCode::AddressRefused, language))?;
    let (first, addresses) = proven(app, connection, tickets)
        .map_err(|refusal| HttpProblem::of_refusal(&refusal, language))?;
    let first = first.ok_or(HttpProblem::new(ProblemCode::TicketMissing, language))?;
    Ok((first, addresses))
}

/// Uses the ticket up and begins, or gives it back and tells why nothing begins now.
pub(super) fn begin(
    app: &App,
    first: &Seen,
    wish: Wish,
    language: Language,
) -> Result<HttpResponse, HttpProblem> {
    app.office
        .use_up(first, unix_seconds())
        .map_err(|error| HttpProblem::of_refusal(&Refusal::from(error), language))?;
    let check = admit(app, wish, language).inspect_err(|_| app.office.give_back(first))?;
    let report = format!("/api/checks/{}", check.id);
    let created = CheckCreated {
        id: check.id,
        events: format!("{report}/events"),
        report: report.clone(),
        kept_seconds: app.desk.kept_for(&check).as_secs(),
    };
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, report))
        .insert_header((CACHE_CONTROL, NEVER))
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

/// The addresses that these tickets prove: that of this connection, and at most one of the other family.
/// Nothing proves anything where there is no ticket.
fn proven(
    app: &App,
    connection: Connection,
    tickets: &[String],
) -> Result<(Option<Seen>, Vec<OwnAddress>), Refusal> {
    let (office, borders, now) = (&app.office, &app.borders, unix_seconds());
    let Some((ticket, companions)) = tickets.split_first() else { return Ok((None, Vec::new())) };
    let own = OwnAddress::prove(Proof::Visitor { connection, borders, ticket, office, now })?;
    let first = office.verify(ticket, own.ip(), now)?;
    let mut addresses = vec![own];
    for ticket in companions {
        let proof = Proof::Companion { first: &first, ticket, borders, office, now };
        let own = OwnAddress::prove(proof)?;
        // Of one family there is one.
        if addresses.iter().any(|known| known.ip().is_ipv4() == own.ip().is_ipv4()) {
            return Err(Refusal::Ticket(TicketError::Foreign));
        }
        addresses.push(own);
    }
    Ok((Some(first), addresses))
}

/// What is known of the line: by this server, by the visitor's browser, and by the visitor.
async fn line_of(app: &App, wish: &CheckRequest, addresses: &[OwnAddress]) -> Line {
    let known = line::of_all(app, addresses).await;
    let gap = (addresses.len() == 1).then(|| wish.gap.unwrap_or(Gap::NotOffered));
    Line { udp: wish.udp, office: wish.office, gap, ..known }
}
