//! Headers that every answer carries. The page may load nothing but its own files; scripts only
//! from files of this server and the one inline script that starts the page, by its hash.

use super::app::App;
use super::connection::is_over_tls;
use super::pages;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{DefaultHeaders, Next};
use actix_web::web::Data;
use klinke_shared::api::Hosts;
use std::fmt::Write as _;

/// How long a browser that came by TLS comes by nothing else, in seconds: two years, as browsers' own lists
/// want it (hstspreload.org).
const ONLY_TLS_FOR: &str = "max-age=63072000";

/// The headers for every answer. `hosts` are those that the page asks besides its own: one for each
/// family of addresses.
#[must_use]
pub fn headers(hosts: &Hosts) -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("content-security-policy", policy(hosts)))
        .add(("x-content-type-options", "nosniff"))
        // The address of a report is its key: it leaves with no link.
        .add(("referrer-policy", "no-referrer"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("cross-origin-embedder-policy", "require-corp"))
        .add(("cross-origin-resource-policy", "same-origin"))
        .add(("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
}

/// Tells a browser that came by TLS to come by nothing else.
///
/// # Errors
/// Those of the request itself.
pub async fn over_tls(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let app = response.request().app_data::<Data<App>>().cloned();
    if app.is_some_and(|app| is_over_tls(response.request(), &app)) {
        let only = HeaderValue::from_static(ONLY_TLS_FOR);
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, only);
    }
    Ok(response)
}

fn policy(hosts: &Hosts) -> String {
    let mut hashes = String::new();
    for hash in pages::inline_script_hashes() {
        let _ = write!(hashes, " 'sha256-{hash}'");
    }
    let mut connect = String::from("'self'");
    for host in [&hosts.ipv4, &hosts.ipv6].into_iter().flatten() {
        // A host without a port has that of the page.
        let any_port = if host.contains(':') { "" } else { ":*" };
        let _ = write!(connect, " {host}{any_port}");
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self'; \
         connect-src {connect}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}
