//! The pages: which one an address names, in which language, filled with what this server knows. The
//! files that a page loads are in [`super::assets`].

use super::assets::{self, ASK_FIRST, Dist, FOR_EVER, NEVER, accepts};
use super::connection::origin_of;
use super::templates::{self, TemplateError};
use super::{App, reading, sitemap, verdict, words};
use crate::knowledge;
use crate::visitor::Reach;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use base64::Engine as _;
use klinke_shared::api::Operator;
use klinke_shared::{Language, PageRoute, Route, ServiceTexts};
use minijinja::{Value, context};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Any path that is not the API's: a file, a page in a language, or the way to one.
pub(super) async fn page(request: HttpRequest, app: Data<App>) -> HttpResponse {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return HttpResponse::MethodNotAllowed().insert_header(("allow", "GET, HEAD")).finish();
    }
    let path = request.path();
    if path == "/" {
        return to(
            &request,
            PageRoute { language: words::language_of(&request), route: Route::Start },
        );
    }
    match path.trim_start_matches('/') {
        "robots.txt" => filled(
            &request,
            "robots.txt",
            context! { origin => origin_of(&request, &app) },
            "text/plain",
        ),
        "sitemap.xml" => sent(
            &request,
            &mut HttpResponse::Ok(),
            "application/xml",
            &sitemap::of(&origin_of(&request, &app)),
        ),
        file if !file.starts_with("pages/") => match own_texts(&request, &app, file) {
            Some(answer) => answer,
            None if Dist::get(file).is_some() => assets::file(&request, file),
            None => html(&request, &app, PageRoute::parse(path, words::language_of(&request))),
        },
        _ => html(
            &request,
            &app,
            PageRoute { language: words::language_of(&request), route: Route::NotFound },
        ),
    }
}

/// A file of texts that the operator's own knowledge changed. Its name is that of the built-in one, so a
/// browser may keep it only under an address that names the version.
fn own_texts(request: &HttpRequest, app: &App, file: &str) -> Option<HttpResponse> {
    let file = file.strip_prefix("texts/")?;
    let knowledge = knowledge::in_force();
    let (version, query) = (knowledge.version().trim_start_matches('?'), request.query_string());
    // A page of another time has another catalogue: it is to load itself anew.
    if !query.is_empty() && query != version {
        return Some(HttpResponse::NotFound().finish());
    }
    // The same as long as the server runs, so it is made once, as small as the files that were built in.
    let key = format!("texts/{file} {}", accepts(request, "br"));
    let smallest = |content: String| encoded(request, &content, Quality::Best);
    let made = || knowledge.own_file(file).map(smallest).ok_or(());
    let body = app.finished.or_make(key, made).ok()?;
    let mut response = HttpResponse::Ok();
    let kept = if query.is_empty() { ASK_FIRST } else { FOR_EVER };
    head(kept, request, &mut response, "application/json");
    Some(response.body(body))
}

fn to(request: &HttpRequest, page: PageRoute) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, page.to_string())).insert_header((CACHE_CONTROL, ASK_FIRST));
    if request.path() == "/" {
        response.insert_header((VARY, "accept-language"));
    }
    response.finish()
}

fn html(request: &HttpRequest, app: &App, page: PageRoute) -> HttpResponse {
    if let Route::Port(number) = page.route
        && let Some(id) = reading::only_service(number)
    {
        return to(request, PageRoute { route: Route::Service(id), ..page });
    }
    let body = match finished(request, app, page) {
        Ok(body) => body,
        Err(error) => return unfilled(&error),
    };
    let status = if page.route == Route::NotFound { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_LANGUAGE, page.language.code()));
    let is_secret = page.route.is_secret();
    if is_secret {
        response.insert_header(("x-robots-tag", "noindex"));
    }
    head(if is_secret { NEVER } else { ASK_FIRST }, request, &mut response, "text/html");
    response.body(body)
}

/// A page, filled and encoded for this browser. Without a question in its address it is the same each time,
/// unless it is that of a visitor's check.
fn finished(request: &HttpRequest, app: &App, page: PageRoute) -> Result<Bytes, TemplateError> {
    if !request.query_string().is_empty() || page.route.is_secret() {
        return filled_page(request, app, page);
    }
    let key = format!("{page} {} {}", origin_of(request, app), accepts(request, "br"));
    app.finished.or_make(key, || filled_page(request, app, page))
}

fn filled_page(request: &HttpRequest, app: &App, page: PageRoute) -> Result<Bytes, TemplateError> {
    let file = format!("pages/{}/{}", page.language, page.route.file_name());
    let own = match page.route {
        Route::Check(id) => verdict::values(app, id, page.language),
        _ => reading::values(page, request.query_string()),
    };
    let title = context! { title => reading::title(page) };
    let values = context! { ..title, ..context! { ..own, ..common(request, app, page.language) } };
    Ok(encoded(request, &templates::filled(&file, values)?, Quality::Quick))
}

/// What every page is filled with.
fn common(request: &HttpRequest, app: &App, language: Language) -> Value {
    let Operator { name, phone, email, website, imprint, privacy, .. } = &app.operator;
    let Operator { logo, sentence_de, sentence_en, .. } = &app.operator;
    let phone_number = app.operator.phone_number();
    let website_name = app.operator.website_name();
    let style = app.look.style_address();
    let operator = context! {
        name, phone, phone_number, email, website, website_name, imprint, privacy, logo, style, sentence_de,
        sentence_en,
    };
    // Only plain signs can be in it.
    let origin = Value::from_safe_string(origin_of(request, app));
    let texts = words::texts(language);
    let ServiceTexts { name, purpose, risk, fine, employee, boss, it, .. } = texts.service(None);
    let unknown = context! { name, purpose, risk, fine, employee, boss, it };
    let phrases = words::phrases(language);
    // Its signs are those of a number.
    let version = Value::from_safe_string(knowledge::in_force().version().to_owned());
    let reach = match app.borders.reach {
        Reach::Public => "public",
        Reach::Local => "local",
    };
    context! { origin, operator, unknown, phrases, version, reach }
}

fn filled(request: &HttpRequest, file: &str, values: Value, kind: &str) -> HttpResponse {
    match templates::filled(file, values) {
        Ok(content) => sent(request, &mut HttpResponse::Ok(), kind, &content),
        Err(error) => unfilled(&error),
    }
}

/// An answer with a text that was made for it, compressed where the browser takes that.
fn sent(
    request: &HttpRequest,
    response: &mut HttpResponseBuilder,
    kind: &str,
    content: &str,
) -> HttpResponse {
    head(ASK_FIRST, request, response, kind);
    response.body(encoded(request, content, Quality::Quick))
}

fn head(kept: &'static str, request: &HttpRequest, response: &mut HttpResponseBuilder, kind: &str) {
    response.insert_header((CONTENT_TYPE, format!("{kind}; charset=utf-8")));
    response.insert_header((CACHE_CONTROL, kept));
    response.insert_header((VARY, "accept-encoding"));
    if accepts(request, "br") {
        response.insert_header((CONTENT_ENCODING, "br"));
    }
}

/// How much trouble it is worth to make a text small, as Brotli's quality.
#[derive(Clone, Copy)]
enum Quality {
    /// For what is made for one answer: a fraction of a millisecond for a page, and some for the longest list.
    Quick = 5,
    /// For what is made once: a tenth of a second for all texts of a language.
    Best = 11,
}

fn encoded(request: &HttpRequest, content: &str, quality: Quality) -> Bytes {
    if accepts(request, "br") {
        Bytes::from(smaller(content.as_bytes(), quality))
    } else {
        Bytes::copy_from_slice(content.as_bytes())
    }
}

fn smaller(content: &[u8], quality: Quality) -> Vec<u8> {
    let quality = quality as i32;
    let parameters = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let mut compressed = Vec::with_capacity(content.len() / 2);
    // Writing to memory does not fail.
    let _ = brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters);
    compressed
}

fn unfilled(error: &TemplateError) -> HttpResponse {
    match error {
        TemplateError::NotBuilt(_) => not_built(),
        TemplateError::Unfit(..) => {
            tracing::error!(%error, "a page cannot be shown");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn not_built() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .body("The page is not built into this program. Run `cargo xtask run`, or check from a terminal with `curl -N -d consent=yes`.\n")
}

/// The hashes of every inline script in the built pages, for the security policy.
pub(super) fn inline_script_hashes() -> BTreeSet<String> {
    templates::names()
        .filter_map(|path| Dist::get(&path))
        .flat_map(|file| script_hashes(&String::from_utf8_lossy(&file.data)))
        .collect()
}

fn script_hashes(html: &str) -> Vec<String> {
    html.split("<script")
        .skip(1)
        .filter_map(|rest| {
            let (attributes, rest) = rest.split_once('>')?;
            let (content, _) = rest.split_once("</script>")?;
            (!attributes.contains("src=")).then(|| {
                base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content.as_bytes()))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_inline_script_is_hashed_and_files_are_not() {
        let hashes = script_hashes(
            "<script type=module>a()</script><script src=x.js></script><script>b()</script>",
        );
        assert_eq!(hashes.len(), 2);
        // echo -n 'a()' | openssl dgst -sha256 -binary | base64
        assert_eq!(hashes[0], "qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4=");
    }
}
