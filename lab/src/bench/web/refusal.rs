//! Wishes for a check that a server must refuse. It knows the contract: where tickets come from, and where
//! they go.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::net::SocketAddr;

use super::answer::{Request, ask};

/// The ticket that a server gives to whoever comes from that address.
pub(super) fn ticket(at: SocketAddr) -> Result<String> {
    let request =
        Request { method: "GET", path: "/api/visitor", headers: &[], body: String::new() };
    let visitor: Value = serde_json::from_slice(&ask(at, &request)?.body)?;
    let ticket = visitor.get("ticket").and_then(Value::as_str);
    ticket.map(str::to_owned).with_context(|| format!("no ticket: {visitor}"))
}

/// The wish of somebody who shows that ticket.
pub(super) fn wish(ticket: &str) -> Request<'static> {
    let body = json!({ "tickets": [ticket], "consent": true }).to_string();
    let headers = &[("content-type", "application/json")];
    Request { method: "POST", path: "/api/checks", headers, body }
}
