//! `GET /api/visitor`: the address that this request comes from, what is known of its line, and a ticket
//! for it. With `?with=TICKET`, at the host of the other family, a companion of that ticket.

use super::app::App;
use super::assets::NEVER;
use super::connection::{connection_of, own_origin};
use super::line;
use super::problem::{HttpProblem, code_of, warn_of_mistake};
use super::words;
use crate::clock::unix_seconds;
use crate::visitor::{OwnAddress, Proof, Refusal, TICKET_LIFETIME, unmapped};
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, VARY};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::Scope;
use klinke_shared::api::{ProblemCode, Visitor};
use serde::Deserialize;

/// What a page asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The ticket of the other family's address.
    with: Option<String>,
}

/// Whether this address could be checked is decided by the same proof that a check needs; only the
/// ticket is still to be made.
pub(super) async fn visitor(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let language = words::language_of(&request);
    let asked = Query::<Asked>::from_query(request.query_string())
        .map_err(|error| HttpProblem::new(ProblemCode::InvalidBody, language).because(error))?;
    let connection = connection_of(&request, &app)
        .ok_or(HttpProblem::new(ProblemCode::AddressRefused, language))?;
    let proven = OwnAddress::prove(Proof::Terminal { connection, borders: &app.borders })
        .and_then(|own| ticket(&app, own, asked.with.as_deref()).map(|ticket| (own, ticket)));
    let visitor = match proven {
        Ok((own, ticket)) => Visitor {
            address: own.ip(),
            scope: own.scope(),
            ticket: Some(ticket.map_err(|error| {
                HttpProblem::new(ProblemCode::Internal, language).because(error)
            })?),
            ticket_seconds: TICKET_LIFETIME.as_secs(),
            refused: None,
            line: line::known(&app, own.ip()).await,
        },
        Err(refusal) => {
            warn_of_mistake(&refusal);
            let address = unmapped(connection.peer);
            let scope = crate::visitor::scope_of(address).unwrap_or(Scope::Private);
            Visitor {
                address,
                scope,
                ticket: None,
                ticket_seconds: 0,
                refused: Some(code_of(&refusal)),
                line: klinke_shared::Line::default(),
            }
        }
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, NEVER)).insert_header((VARY, "origin"));
    // A foreign page could ask as well, and must not read the answer. Only this server's own pages may,
    // and from another of its hosts they ask for companions only.
    if let Some(origin) = own_origin(&request, &app).filter(|_| asked.with.is_some()) {
        response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, origin));
        response.insert_header(("cross-origin-resource-policy", "cross-origin"));
    }
    Ok(response.json(visitor))
}

/// A ticket, or a companion of another. The inner error is that there are no random numbers.
fn ticket(
    app: &App,
    own: OwnAddress,
    with: Option<&str>,
) -> Result<Result<String, getrandom::Error>, Refusal> {
    let now = unix_seconds();
    if let Some(first) = with {
        return Ok(Ok(app.office.issue_companion(first, own.ip(), now)?));
    }
    let mut nonce = [0; 16];
    Ok(getrandom::fill(&mut nonce).map(|()| app.office.issue(own.ip(), now, nonce)))
}
