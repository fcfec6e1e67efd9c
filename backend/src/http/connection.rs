//! From where a request came. Reads the connection itself, never what the visitor says of it.

use crate::visitor::Connection;
use actix_web::HttpRequest;

/// Headers that a proxy adds (RFC 7239, RFC 9110 7.6.3, and the older custom). Whoever sends one
/// says that the connection's other end is not the visitor, so such a request is never checked.
const PASSED_ON: [&str; 8] = [
    "forwarded",
    "x-forwarded-for",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "x-cluster-client-ip",
    "via",
];

/// The connection of a request; nothing where there is none, as over a local socket.
pub(super) fn connection_of(request: &HttpRequest) -> Option<Connection> {
    let peer = request.peer_addr()?.ip();
    let passed_on = PASSED_ON.iter().any(|name| request.headers().contains_key(*name));
    Some(Connection { peer, passed_on })
}
