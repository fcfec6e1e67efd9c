//! `GET /api/visitor`: the address that this request comes from, and a ticket for it.

use super::app::App;
use super::connection::connection_of;
use super::problem::{HttpProblem, code_of, warn_of_mistake};
use super::words;
use crate::clock::unix_seconds;
use crate::visitor::{OwnAddress, Proof, TICKET_LIFETIME, unmapped};
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::Scope;
use klinke_shared::api::{ProblemCode, Visitor};

/// Whether this address could be checked is decided by the same proof that a check needs; only the
/// ticket is still to be made.
pub(super) async fn visitor(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let language = words::language_of(&request);
    let connection = connection_of(&request, &app)
        .ok_or(HttpProblem::new(ProblemCode::AddressRefused, language))?;
    let proven = OwnAddress::prove(Proof::Terminal { connection, borders: &app.borders });
    let visitor = match proven {
        Ok(own) => Visitor {
            address: own.ip(),
            scope: own.scope(),
            ticket: Some(app.office.issue(own.ip(), unix_seconds())),
            ticket_seconds: TICKET_LIFETIME.as_secs(),
            refused: None,
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
            }
        }
    };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(visitor))
}
