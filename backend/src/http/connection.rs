//! From where a request came. Reads the connection itself, never what the visitor says of it.

use super::app::App;
use crate::visitor::{AddressKind, Connection, Reach, Way};
use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::http::{Version, header};
use std::net::IpAddr;

/// Headers that a proxy adds (RFC 7239, RFC 9110 7.6.3, and the older custom). Whoever sends one
/// says that the connection's other end is not the visitor, so such a request is never checked.
pub(super) const PASSED_ON: [&str; 13] = [
    "cdn-loop",
    "cf-connecting-ip",
    "fastly-client-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
];

/// The connection of a request; nothing where there is none, as over a local socket.
pub(super) fn connection_of(request: &HttpRequest, app: &App) -> Option<Connection> {
    let peer = request.peer_addr()?.ip();
    let way = if says_passed_on(request) {
        Way::PassedOn
    } else if !is_known_by(text(request, header::HOST), app) {
        Way::OtherName
    } else {
        Way::Direct
    };
    Some(Connection { peer, way })
}

/// Besides the headers: proxies speak HTTP/1.0 where no browser does, and a page that came over TLS
/// did not come from this server, which has none.
fn says_passed_on(request: &HttpRequest) -> bool {
    let over_tls = |name| text(request, name).starts_with("https:");
    PASSED_ON.iter().any(|name| request.headers().contains_key(*name))
        || request.version() < Version::HTTP_11
        || over_tls(header::ORIGIN)
        || over_tls(header::REFERER)
}

/// Whether this server goes by the name in the address that was opened: `localhost`, one of the settings,
/// or a bare address, which in local mode lies inside. No foreign page can have any of these.
fn is_known_by(host: &str, app: &App) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return app.borders.reach == Reach::Public || AddressKind::of(address).is_inside();
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    name.eq_ignore_ascii_case("localhost")
        || app.names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a page of another origin sent this request: by what browsers add to every request of a
/// page (Fetch Metadata) and to every POST (RFC 6454). Terminals send neither.
pub(super) fn is_of_foreign_page(request: &HttpRequest) -> bool {
    let site = request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes);
    let foreign_site = site.is_some_and(|site| site != b"same-origin" && site != b"none");
    let origin = text(request, header::ORIGIN);
    let foreign_origin = !origin.is_empty()
        && origin.split_once("://").is_none_or(|(_, host)| host != text(request, header::HOST));
    foreign_site || foreign_origin
}

fn text(request: &HttpRequest, name: header::HeaderName) -> &str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The address under which the visitor reached this server, as far as it is a plain host and port.
pub(super) fn origin_of(request: &HttpRequest) -> String {
    let host = text(request, header::HOST);
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = if !host.is_empty() && host.chars().all(plain) { host } else { "localhost" };
    format!("http://{host}")
}
