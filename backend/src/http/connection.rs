//! From where a request came. Reads the connection itself, never what the visitor says of it; what a proxy
//! says counts only if the operator trusts it.

use super::app::App;
use crate::visitor::{
    AddressKind, Connection, ForwardedError, ForwardedHeader, PASSED_ON, Reach, Way, unmapped,
};
use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::http::{Version, header};
use std::net::IpAddr;

/// The connection of a request; nothing where there is none, as over a local socket.
pub(super) fn connection_of(request: &HttpRequest, app: &App) -> Option<Connection> {
    let peer = unmapped(request.peer_addr()?.ip());
    let (peer, way) = if app.proxies.trusts(peer) {
        behind_trusted(request, app).map_or_else(|way| (peer, way), |client| (client, Way::Direct))
    } else {
        (peer, if says_passed_on(request) { Way::PassedOn } else { Way::Direct })
    };
    let known = is_known_by(text(request, &header::HOST), app);
    let way = if way == Way::Direct && !known { Way::OtherName } else { way };
    Some(Connection { peer, way })
}

/// Whether a request comes from this very machine, and nobody passed it on. Not even a trusted proxy.
pub(super) fn is_of_this_machine(request: &HttpRequest, app: &App) -> bool {
    request.peer_addr().is_some_and(|peer| unmapped(peer.ip()).is_loopback())
        && !says_passed_on(request)
        && is_known_by(text(request, &header::HOST), app)
}

/// For whom trusted proxies ask, or why that is not to be believed.
fn behind_trusted(request: &HttpRequest, app: &App) -> Result<IpAddr, Way> {
    let headers = request.headers();
    let foreign = |name: &&str| headers.contains_key(*name) && !app.proxies.sets(name);
    if PASSED_ON.iter().any(foreign) {
        return Err(Way::PassedOn);
    }
    let source = match app.proxies.source() {
        ForwardedHeader::Forwarded => "forwarded",
        ForwardedHeader::XForwardedFor => "x-forwarded-for",
    };
    let lines: Vec<&[u8]> = headers.get_all(source).map(HeaderValue::as_bytes).collect();
    let (client, proxies) = app.proxies.client(&lines).map_err(|error| match error {
        ForwardedError::Missing | ForwardedError::OnlyProxies => Way::ProxySilent,
        _ => Way::PassedOn,
    })?;
    // Each proxy adds itself once (RFC 9110, 7.6.3); one more is not among the trusted.
    let passed = headers.get_all(header::VIA).map(HeaderValue::as_bytes);
    let passed: usize = passed.map(|line| line.split(|byte| *byte == b',').count()).sum();
    if passed > proxies { Err(Way::PassedOn) } else { Ok(client) }
}

/// Besides the headers: proxies speak HTTP/1.0 where no browser does, and a page that came over TLS
/// did not come from this server, which has none.
fn says_passed_on(request: &HttpRequest) -> bool {
    let over_tls = |name| text(request, name).starts_with("https:");
    PASSED_ON.iter().any(|name| request.headers().contains_key(*name))
        || request.version() < Version::HTTP_11
        || over_tls(&header::ORIGIN)
        || over_tls(&header::REFERER)
}

/// Whether the visitor's browser speaks TLS, as far as a trusted proxy says so.
pub(super) fn is_over_tls(request: &HttpRequest, app: &App) -> bool {
    let trusted = request.peer_addr().is_some_and(|peer| app.proxies.trusts(peer.ip()));
    let says = |name: &'static str, sign: &[u8]| {
        let last = request.headers().get_all(name).last().map(HeaderValue::as_bytes);
        app.proxies.sets(name) && last.is_some_and(|value| value == sign)
    };
    let forwarded = || {
        let last = request.headers().get_all("forwarded").last();
        let last = last.and_then(|value| value.to_str().ok()).unwrap_or_default();
        app.proxies.sets("forwarded") && last.to_ascii_lowercase().contains("proto=https")
    };
    trusted && (says("x-forwarded-proto", b"https") || forwarded())
}

/// Whether this server goes by the name in the address that was opened: `localhost`, one of the settings,
/// or a bare address, which in local mode lies inside. No foreign page can have any of these.
fn is_known_by(host: &str, app: &App) -> bool {
    let name = without_port(host);
    if let Ok(address) = unbracketed(name).parse::<IpAddr>() {
        return app.borders.reach == Reach::Public || AddressKind::of(address).is_inside();
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || app.has_name(name)
}

fn without_port(host: &str) -> &str {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    name.map_or(host, |(name, _)| name)
}

fn unbracketed(name: &str) -> &str {
    name.trim_start_matches('[').trim_end_matches(']')
}

/// The origin of the page that sent a request, if it is one of this server's own under another name or
/// address: the page asks the hosts of both families.
pub(super) fn own_origin<'a>(request: &'a HttpRequest, app: &App) -> Option<&'a str> {
    let origin = text(request, &header::ORIGIN);
    let (_, host) = origin.split_once("://")?;
    let name = without_port(host);
    let local = app.listening.iter().any(|own| {
        let is_of_this_machine = name == "localhost" && own.ip().is_loopback();
        let same_address = unbracketed(name).parse() == Ok(own.ip());
        (is_of_this_machine || same_address) && host.ends_with(&format!(":{}", own.port()))
    });
    (local || app.has_name(name)).then_some(origin)
}

/// Whether a page of another origin sent this request: by what browsers add to every request of a
/// page (Fetch Metadata) and to every POST (RFC 6454). Terminals send neither.
pub(super) fn is_of_foreign_page(request: &HttpRequest) -> bool {
    let site = request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes);
    let foreign_site = site.is_some_and(|site| site != b"same-origin" && site != b"none");
    let origin = text(request, &header::ORIGIN);
    let foreign_origin = !origin.is_empty()
        && origin.split_once("://").is_none_or(|(_, host)| host != text(request, &header::HOST));
    foreign_site || foreign_origin
}

fn text<'a>(request: &'a HttpRequest, name: &header::HeaderName) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The address under which the visitor reached this server, as far as it is a plain host and port.
pub(super) fn origin_of(request: &HttpRequest, app: &App) -> String {
    let host = text(request, &header::HOST);
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = if !host.is_empty() && host.chars().all(plain) { host } else { "localhost" };
    let scheme = if is_over_tls(request, app) { "https" } else { "http" };
    format!("{scheme}://{host}")
}
