//! Headers that every answer carries. The page may load nothing but its own files; scripts only
//! from files of this server and the one inline script that starts the page, by its hash.

use super::pages;
use actix_web::middleware::DefaultHeaders;
use std::fmt::Write as _;

/// The headers for every answer.
#[must_use]
pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("content-security-policy", policy()))
        .add(("x-content-type-options", "nosniff"))
        // The address of a report is its key: it leaves with no link.
        .add(("referrer-policy", "no-referrer"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("cross-origin-resource-policy", "same-origin"))
        .add(("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
}

fn policy() -> String {
    let mut hashes = String::new();
    for hash in pages::inline_script_hashes() {
        let _ = write!(hashes, " 'sha256-{hash}'");
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}
