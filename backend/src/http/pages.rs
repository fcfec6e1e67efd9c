//! The pages: which one an address names, in which language, with this server's own address in
//! it. The files that a page loads are in [`super::assets`].

use super::assets::{self, Dist, accepts};
use super::words;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, HOST, LOCATION, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use klinke_shared::{Language, PageRoute, Route};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// The browser asks whether its copy is still right.
const ASK_FIRST: &str = "no-cache";
/// What stands in a built page in place of this server's own address.
const ORIGIN: &str = "%ORIGIN%";
/// Any path that is not the API's: a file, a page in a language, or the way to one.
pub(super) async fn page(request: HttpRequest) -> HttpResponse {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return HttpResponse::MethodNotAllowed().insert_header(("allow", "GET, HEAD")).finish();
    }
    let path = request.path();
    if path == "/" {
        return to_language(&request);
    }
    let file = path.trim_start_matches('/');
    if !file.starts_with("pages/") && Dist::get(file).is_some() {
        return assets::file(&request, file);
    }
    html(&request, PageRoute::parse(path, words::language_of(&request)))
}

fn to_language(request: &HttpRequest) -> HttpResponse {
    let language = words::language_of(request);
    HttpResponse::SeeOther()
        .insert_header((LOCATION, PageRoute { language, route: Route::Start }.to_string()))
        .insert_header((VARY, "accept-language"))
        .insert_header((CACHE_CONTROL, ASK_FIRST))
        .finish()
}

fn html(request: &HttpRequest, page: PageRoute) -> HttpResponse {
    let (name, status) = match page.route {
        Route::Start => ("start", StatusCode::OK),
        Route::Check(_) => ("check", StatusCode::OK),
        Route::Limits => ("limits", StatusCode::OK),
        Route::NotFound => ("not-found", StatusCode::NOT_FOUND),
    };
    let Some(file) = Dist::get(&format!("pages/{}/{name}.html", page.language)) else {
        return not_built();
    };
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8");
    response.insert_header((CACHE_CONTROL, ASK_FIRST));
    response.insert_header((CONTENT_LANGUAGE, page.language.code()));
    if matches!(page.route, Route::Check(_)) {
        response.insert_header(("x-robots-tag", "noindex"));
    }
    response.insert_header((VARY, "accept-encoding"));
    let content = String::from_utf8_lossy(&file.data).replace(ORIGIN, &origin(request));
    if accepts(request, "br") {
        response.insert_header((CONTENT_ENCODING, "br"));
        return response.body(smaller(content.as_bytes()));
    }
    response.body(content)
}

/// A page holds the server's own address, so it cannot be compressed before; at this quality it
/// takes a fraction of a millisecond.
fn smaller(content: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    let mut compressed = Vec::with_capacity(content.len() / 2);
    // Writing to memory does not fail.
    let _ = brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters);
    compressed
}

/// The address under which the visitor reached this server, as far as it is a plain host and port.
fn origin(request: &HttpRequest) -> String {
    let host =
        request.headers().get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = if !host.is_empty() && host.chars().all(plain) { host } else { "localhost" };
    format!("http://{host}")
}

fn not_built() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .body("The page is not built into this program. Run `cargo xtask run`, or check from a terminal with `curl -N -d consent=yes`.\n")
}

/// The hashes of every inline script in the built pages, for the security policy.
pub(super) fn inline_script_hashes() -> BTreeSet<String> {
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            ["start", "check", "limits", "not-found"]
                .map(|name| format!("pages/{language}/{name}.html"))
        })
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
