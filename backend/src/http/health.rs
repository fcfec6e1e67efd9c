//! `GET /healthz` and `GET /readyz`, for whoever watches this server.

use actix_web::{HttpResponse, Responder};

/// The process answers.
pub(super) async fn alive() -> impl Responder {
    "ok\n"
}

/// The process can admit checks. It can from its first request on, as nothing is opened later.
pub(super) async fn ready(app: actix_web::web::Data<super::App>) -> HttpResponse {
    if app.desk.is_open() {
        HttpResponse::Ok().body("ready\n")
    } else {
        HttpResponse::ServiceUnavailable().body("closing\n")
    }
}
