//! `GET /metrics`: the engine's numbers for whoever runs this server, in the text format of
//! Prometheus. Nobody else sees them: only connections from this very machine are answered.

use super::app::App;
use super::connection::is_of_this_machine;
use super::problem::{HttpProblem, not_found};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use std::fmt::Write as _;

/// The media type of the format, version 0.0.4.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Every number, with its help.
pub(super) async fn metrics(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    if !is_of_this_machine(&request, &app) {
        return Err(not_found(request).await);
    }
    let mut text = String::new();
    for count in app.desk.machine().counts() {
        let kind = if count.name.ends_with("_total") { "counter" } else { "gauge" };
        let name = count.name;
        let _ = writeln!(
            text,
            "# HELP {name} {}\n# TYPE {name} {kind}\n{name} {}",
            count.help, count.value
        );
    }
    Ok(HttpResponse::Ok().content_type(TEXT_FORMAT).body(text))
}
