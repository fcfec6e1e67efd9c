//! `GET /api/checks/{id}/events`: a check's events as server-sent events (WHATWG HTML, 9.2).

use super::app::App;
use super::assets::NEVER;
use super::connection::connection_of;
use super::problem::HttpProblem;
use super::words;
use crate::checks::Followed;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse};
use futures_util::stream::{self, Stream};
use klinke_shared::CheckId;
use klinke_shared::api::ProblemCode;
use std::time::Duration;

/// A comment is sent after this much silence, so that nothing on the way takes the stream for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How soon a browser connects again after a loss, in milliseconds.
const RETRY_MS: u32 = 1_000;

/// Streams from the start, or after the event that a reconnecting browser saw last. When everything
/// has been seen the answer is 204, which ends the browser's reconnecting.
pub(super) async fn events(
    request: HttpRequest,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, HttpProblem> {
    let unknown = HttpProblem::new(ProblemCode::UnknownCheck, words::language_of(&request));
    let id: CheckId = id.parse().map_err(|_| unknown.clone())?;
    let check = app.desk.find(id).ok_or(unknown)?;
    if let Some(peer) = is_own_page(&request).then(|| connection_of(&request, &app)).flatten()
        && check.is_of_line(peer.peer) == Some(false)
    {
        app.desk.connection_changed(&check);
    }
    let seen = last_event_id(&request);
    if check.saw_all(seen) {
        return Ok(HttpResponse::NoContent().finish());
    }
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, NEVER))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(messages(check.follow(seen))))
}

/// Whether the page that began the check follows it. Others may, from anywhere: whoever has the address
/// of a check may read along.
fn is_own_page(request: &HttpRequest) -> bool {
    request.query_string().split('&').any(|part| part == "own=yes")
}

fn last_event_id(request: &HttpRequest) -> usize {
    let header = request.headers().get("last-event-id").and_then(|value| value.to_str().ok());
    header.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

fn messages(followed: Followed) -> impl Stream<Item = Result<Bytes, Error>> {
    let start = Ok(Bytes::from(format!("retry: {RETRY_MS}\n\n")));
    let rest = stream::unfold(followed, |mut followed| async move {
        let message = match tokio::time::timeout(HEARTBEAT, followed.next()).await {
            Ok(Some((number, event))) => {
                let data = serde_json::to_string(event.as_ref()).unwrap_or_default();
                format!("id: {number}\ndata: {data}\n\n")
            }
            Ok(None) => return None,
            Err(_silence) => ": still here\n\n".to_owned(),
        };
        Some((Ok(Bytes::from(message)), followed))
    });
    stream::StreamExt::chain(stream::once(async { start }), rest)
}
