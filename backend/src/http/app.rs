//! What every request can reach, and the table of routes.

use super::finished::Finished;
use super::problem::wrong_method;
use super::{
    checks, events, health, look, metrics, pages, problem, rechecks, reports, security_txt, site,
    terminal, visitor,
};
use crate::checks::Desk;
use crate::lines::Names;
use crate::look::Look;
use crate::visitor::{Borders, TicketOffice, TrustedProxies};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, Resource, Responder};
use klinke_shared::api::{Hosts, Operator};
use std::net::SocketAddr;
use std::sync::Arc;

/// The parts of the running server that requests use.
pub struct App {
    /// Admits and finds checks.
    pub desk: Arc<Desk>,
    /// Hands out and verifies tickets.
    pub office: TicketOffice,
    /// Whom this server may check.
    pub borders: Borders,
    /// The names by which it is known.
    pub names: Vec<String>,
    /// The proxies before it whose word counts.
    pub proxies: TrustedProxies,
    /// The addresses that it listens on.
    pub listening: Vec<SocketAddr>,
    /// Where it is reached over each family.
    pub hosts: Hosts,
    /// The UDP port at which it answers STUN.
    pub stun: Option<u16>,
    /// Who is asked for the names of lines.
    pub line_names: Option<Names>,
    /// Who runs it.
    pub operator: Operator,
    /// How its pages look in the hands of the operator.
    pub look: Look,
    /// The pages that were filled already.
    pub finished: Finished,
}

impl App {
    /// Whether this is one of its names; the port does not count.
    pub(super) fn has_name(&self, name: &str) -> bool {
        let names = self.names.iter().map(String::as_str);
        names.chain(self.hosts.names()).any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// Adds all routes. What is in the contract is here, one line each.
pub fn configure(app: Data<App>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config
            .app_data(app)
            .service(reading("/api/site", site::site))
            .service(reading("/api/visitor", visitor::visitor))
            .service(reading("/api/openapi.json", site::openapi))
            .service(only("/api/checks", "POST").post(checks::create))
            .service(
                only("/api/checks/{id}", "GET, HEAD, DELETE")
                    .get(reports::report)
                    .route(web::head().to(reports::report))
                    .delete(checks::forget),
            )
            .service(only("/api/checks/{id}/events", "GET").get(events::events))
            .service(only("/api/checks/{id}/recheck", "POST").post(rechecks::create))
            .service(only("/check", "POST").post(terminal::check))
            .service(reading("/healthz", health::alive))
            .service(reading("/readyz", health::ready))
            .service(reading("/metrics", metrics::metrics))
            .service(reading("/.well-known/security.txt", security_txt::security_txt))
            .service(reading(Look::LOGO, look::logo))
            .service(reading(Look::STYLE, look::style))
            .service(web::scope("/api").default_service(web::to(problem::not_found)))
            .default_service(web::to(pages::page));
    }
}

/// A resource that can be read.
fn reading<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    only(path, "GET, HEAD").get(handler.clone()).route(web::head().to(handler))
}

/// A resource that answers any other method by saying which it accepts.
fn only(path: &str, methods: &'static str) -> Resource {
    let refuse = move |request: HttpRequest| async move { wrong_method(&request, methods) };
    web::resource(path).default_service(web::to(refuse))
}
