//! `/operator/…`: the operator's logo and style sheet. Reads no file; [`crate::look`] did, at the start.

use super::app::App;
use super::assets::{ASK_FIRST, FOR_EVER, begun};
use crate::look::Served;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// On a page, a drawing is a picture that runs and loads nothing. Opened by itself, it would be a page of this
/// server's: then it may have styles of its own, and nothing else.
const ONLY_A_PICTURE: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The logo, in the head of every page.
pub(super) async fn logo(request: HttpRequest, app: Data<App>) -> HttpResponse {
    sent(&request, app.look.logo.as_ref())
}

/// The style sheet that overrules the page's own.
pub(super) async fn style(request: HttpRequest, app: Data<App>) -> HttpResponse {
    sent(&request, app.look.style.as_ref())
}

/// Pages name the version, so a browser may keep what it got; without it, it asks first.
fn sent(request: &HttpRequest, served: Option<&Served>) -> HttpResponse {
    let Some(served) = served else { return HttpResponse::NotFound().finish() };
    let kept = if request.query_string() == served.query() { FOR_EVER } else { ASK_FIRST };
    let (mut response, unchanged) = begun(request, &served.version, kept);
    response.insert_header((CONTENT_SECURITY_POLICY, ONLY_A_PICTURE));
    if unchanged {
        return response.finish();
    }
    response.content_type(served.media_type).body(served.content.clone())
}
