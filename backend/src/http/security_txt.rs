//! `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness of this server, or of a connection
//! from it.

use super::app::App;
use super::assets::ASK_FIRST;
use super::connection::origin_of;
use crate::clock::unix_seconds;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use klinke_shared::{Article, Language, PageRoute, Route, day};

/// RFC 9116, 2.5.5 recommends less than a year. It is written anew with every request.
const GOOD_FOR_SECONDS: u64 = 180 * 86_400;

/// The file; nothing where no operator is named.
pub(super) async fn security_txt(request: HttpRequest, app: Data<App>) -> HttpResponse {
    if app.operator.email.is_empty() {
        return HttpResponse::NotFound().finish();
    }
    let origin = origin_of(&request, &app);
    let seen = |language| PageRoute { language, route: Route::Article(Article::SeenUs) };
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((CACHE_CONTROL, ASK_FIRST))
        .body(format!(
            "Contact: mailto:{}\nExpires: {}T00:00:00Z\nPreferred-Languages: de, en\n\
             # A connection from this server? {origin}{} {origin}{}\n",
            app.operator.email,
            day(unix_seconds() + GOOD_FOR_SECONDS),
            seen(Language::German),
            seen(Language::English),
        ))
}
