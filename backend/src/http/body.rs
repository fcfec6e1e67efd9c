//! Reads the body of a request: whole, bounded, of the right media type.

use super::problem::HttpProblem;
use actix_web::HttpRequest;
use actix_web::web::{Bytes, Payload};
use futures_util::StreamExt;
use klinke_shared::Language;
use klinke_shared::api::{LARGEST_BODY, ProblemCode};
use std::time::Duration;

/// Bodies are a few hundred bytes; who drips them holds a connection for nothing.
const LONGEST: Duration = Duration::from_secs(10);

/// The whole body, if it is of that media type and not too large.
pub(super) async fn read(
    request: &HttpRequest,
    mut payload: Payload,
    media_type: &str,
    language: Language,
) -> Result<Bytes, HttpProblem> {
    let given = request
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(media_type) {
        return Err(HttpProblem::new(ProblemCode::WrongMediaType, language)
            .because(format!("the body is “{given}”; accepted is {media_type}")));
    }
    let whole = async {
        let mut body = Vec::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|error| {
                HttpProblem::new(ProblemCode::InvalidBody, language).because(error)
            })?;
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(HttpProblem::new(ProblemCode::BodyTooLarge, language)
                    .because(format!("accepted are {LARGEST_BODY} bytes")));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.into())
    };
    tokio::time::timeout(LONGEST, whole).await.unwrap_or_else(|_| {
        Err(HttpProblem::new(ProblemCode::InvalidBody, language)
            .because(format!("the body did not arrive within {} seconds", LONGEST.as_secs())))
    })
}
