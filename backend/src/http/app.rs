//! What every request can reach, and the table of routes.

use super::{checks, events, health, pages, problem, reports, site, terminal, visitor};
use crate::checks::Desk;
use crate::visitor::{Reach, TicketOffice};
use actix_web::web::{self, Data, ServiceConfig};
use klinke_shared::api::{LARGEST_BODY, Operator};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The parts of the running server that requests use.
pub struct App {
    /// Admits and finds checks.
    pub desk: Arc<Desk>,
    /// Hands out and verifies tickets.
    pub office: TicketOffice,
    /// Whom this server may check.
    pub reach: Reach,
    /// Who runs it.
    pub operator: Operator,
}

impl App {
    /// Seconds since 1970, for tickets.
    pub(super) fn now() -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
    }
}

/// Adds all routes. What is in the contract is here, one line each.
pub fn configure(app: Data<App>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config
            .app_data(app)
            .app_data(web::PayloadConfig::new(LARGEST_BODY))
            .route("/api/site", web::get().to(site::site))
            .route("/api/visitor", web::get().to(visitor::visitor))
            .route("/api/openapi.json", web::get().to(site::openapi))
            .service(
                web::resource("/api/checks")
                    .post(checks::create)
                    .default_service(web::to(problem::wrong_method)),
            )
            .service(
                web::resource("/api/checks/{id}")
                    .get(reports::report)
                    .delete(checks::forget)
                    .default_service(web::to(problem::wrong_method)),
            )
            .route("/api/checks/{id}/events", web::get().to(events::events))
            .service(
                web::resource("/check")
                    .post(terminal::check)
                    .default_service(web::to(problem::wrong_method)),
            )
            .route("/healthz", web::get().to(health::alive))
            .route("/readyz", web::get().to(health::ready))
            .service(web::scope("/api").default_service(web::to(problem::not_found)))
            .default_service(web::to(pages::page));
    }
}
