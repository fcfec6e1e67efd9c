//! The files that a page loads, built into the program: the right encoding, and how long a browser
//! may keep each. Knows no page.

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use data_encoding::HEXLOWER;
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;

/// The built page. Without one, the server still runs and says how to build it.
#[derive(Embed)]
#[folder = "../dist"]
#[allow_missing = true]
pub(super) struct Dist;

/// A file whose name holds a hash of its content never changes.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The browser asks whether its copy is still right.
pub(super) const ASK_FIRST: &str = "no-cache";
/// What is about one visitor: nobody keeps it.
pub(super) const NEVER: &str = "no-store";

/// So many bytes of a file's hash tell its versions apart.
const TAG: usize = 16;

/// A file that a page loads, in the smallest form that the browser accepts.
pub(super) fn file(request: &HttpRequest, path: &str) -> HttpResponse {
    let Some((file, encoding)) = encoded(request, path) else {
        return HttpResponse::NotFound().finish();
    };
    let kept = if is_hashed(path) { FOR_EVER } else { ASK_FIRST };
    let tag = HEXLOWER.encode(&file.metadata.sha256_hash()[..TAG]);
    let (mut response, unchanged) = begun(request, &tag, kept);
    response.insert_header((VARY, "accept-encoding"));
    if unchanged {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, media_type(path)));
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    // What is built in is sent as it lies in memory, however slowly somebody reads it.
    response.body(match file.data {
        Cow::Borrowed(built_in) => Bytes::from_static(built_in),
        Cow::Owned(read) => Bytes::from(read),
    })
}

/// The beginning of an answer with something that may be kept, and whether the browser has it already by this
/// version.
pub(super) fn begun(
    request: &HttpRequest,
    version: &str,
    kept: &'static str,
) -> (HttpResponseBuilder, bool) {
    let tag = format!("\"{version}\"");
    let known = request.headers().get(IF_NONE_MATCH);
    let unchanged = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((CACHE_CONTROL, kept)).insert_header((ETAG, tag));
    (response, unchanged)
}

/// The smallest form of a file that the browser accepts.
fn encoded(request: &HttpRequest, path: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(request, coding))
        .find_map(|(coding, ending)| Some((Dist::get(&format!("{path}.{ending}"))?, Some(coding))))
        .or_else(|| Some((Dist::get(path)?, None)))
}

/// Whether a browser takes an answer in that encoding (RFC 9110, 12.5.3).
pub(super) fn accepts(request: &HttpRequest, encoding: &str) -> bool {
    let header = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    header.unwrap_or_default().split(',').any(|part| {
        let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
        coding.trim() == encoding && !matches!(weight.trim(), "q=0" | "q=0.0")
    })
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
}
