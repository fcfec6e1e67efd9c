//! The page and its files, built into the program: the right language, the right encoding, and how
//! long a browser may keep each.

use super::words;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HOST,
    IF_NONE_MATCH, LOCATION, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use klinke_shared::{Language, PageRoute, Route};
use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The built page. Without one, the server still runs and says how to build it.
#[derive(Embed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// What stands in a built page in place of this server's own address.
const ORIGIN: &str = "%ORIGIN%";
/// A file whose name holds a hash of its content never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "no-cache";

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
        return asset(&request, file);
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
    let content = String::from_utf8_lossy(&file.data).replace(ORIGIN, &origin(request));
    response.body(content)
}

/// The address under which the visitor reached this server, as far as it is a plain host and port.
fn origin(request: &HttpRequest) -> String {
    let host =
        request.headers().get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = if !host.is_empty() && host.chars().all(plain) { host } else { "localhost" };
    format!("http://{host}")
}

fn asset(request: &HttpRequest, path: &str) -> HttpResponse {
    let Some((file, encoding)) = encoded(request, path) else { return not_built() };
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    let unchanged = request
        .headers()
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((CACHE_CONTROL, if is_hashed(path) { FOR_EVER } else { ASK_FIRST }));
    response.insert_header((ETAG, tag));
    response.insert_header((VARY, "accept-encoding"));
    if unchanged {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, media_type(path)));
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response.body(file.data.into_owned())
}

/// The smallest form of a file that the browser accepts.
fn encoded(request: &HttpRequest, path: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = request
        .headers()
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let accepts = |name: &str| {
        accepted.split(',').any(|part| {
            let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
            coding.trim() == name && !matches!(weight.trim(), "q=0" | "q=0.0")
        })
    };
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(coding))
        .find_map(|(coding, ending)| Some((Dist::get(&format!("{path}.{ending}"))?, Some(coding))))
        .or_else(|| Some((Dist::get(path)?, None)))
}

/// Whether a file's name holds a hash of its content: 16 hexadecimal digits after a dash.
fn is_hashed(path: &str) -> bool {
    path.split('-').skip(1).any(|part| {
        part.len() > 16
            && part.bytes().take(16).all(|byte| byte.is_ascii_hexdigit())
            && matches!(part.as_bytes()[16], b'.' | b'_')
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("klinke-page-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("texts/de-0123456789abcdef.json"));
        assert!(!is_hashed("favicon.svg"));
        assert!(!is_hashed("apple-touch-icon.png"));
        assert!(!is_hashed("x-0123456789abcdef"));
    }

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
