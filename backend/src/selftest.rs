//! What this machine itself cannot do. At the start and every hour it connects to machines that the operator
//! named; a port that cannot be reached there cannot be tested anywhere, and reports say so. It asks only
//! those machines, and knows no visitor.

use crate::engine::Machine;
use klinke_shared::IpFamily;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;

/// How often it looks again: hosters change what they block seldom, and without a word.
pub const EVERY: Duration = Duration::from_hours(1);
/// Answers from anywhere on earth take less, also when the first packet is lost and sent again after a
/// second (RFC 6298, 2.1).
const PATIENCE: Duration = Duration::from_secs(4);

/// Connects to every listener once and tells the machine which ports are blocked.
pub async fn run(listeners: &[SocketAddr], machine: &Machine) {
    let tried = futures_util::future::join_all(listeners.iter().map(|listener| async move {
        let reached = tokio::time::timeout(PATIENCE, TcpStream::connect(listener)).await;
        (*listener, matches!(reached, Ok(Ok(_))))
    }));
    let blocked = blocked(&tried.await);
    if !blocked.is_empty() {
        let ports: Vec<String> =
            blocked.iter().map(|(family, port)| format!("{} {port}", family.label())).collect();
        tracing::warn!(
            "this machine cannot reach TCP ports at the listeners of selftest.listeners: {}. They are “not tested” \
             in every report",
            ports.join(", ")
        );
    }
    machine.cannot_reach(blocked);
}

/// A port is blocked when no listener at it was reached, and another port of the same machine was: else it is
/// that machine that is not there.
fn blocked(tried: &[(SocketAddr, bool)]) -> HashSet<(IpFamily, u16)> {
    let key = |listener: &SocketAddr| (IpFamily::of(listener.ip()), listener.port());
    let is_there = |listener: &SocketAddr| {
        tried.iter().any(|(other, reached)| *reached && other.ip() == listener.ip())
    };
    let reached: HashSet<_> =
        tried.iter().filter(|(_, reached)| *reached).map(|(listener, _)| key(listener)).collect();
    let failed = tried.iter().filter(|(listener, reached)| !reached && is_there(listener));
    failed.map(|(listener, _)| key(listener)).filter(|key| !reached.contains(key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use klinke_shared::{Port, Transport};

    #[test]
    fn a_machine_that_is_not_there_says_nothing_of_ports() {
        let at = |listener: &str, reached| (listener.parse().unwrap(), reached);
        let tried = [
            at("192.0.2.1:25", false),
            at("192.0.2.1:443", true),
            at("192.0.2.1:445", false),
            at("192.0.2.2:445", true),
            at("192.0.2.3:135", false),
            at("[2001:db8::1]:25", true),
        ];
        assert_eq!(blocked(&tried), HashSet::from([(IpFamily::V4, 25)]));
    }

    #[tokio::test]
    async fn what_is_reached_and_what_is_not_is_found_by_real_connections() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = listener.local_addr().unwrap();
        // A port that was free a moment ago, on an address where nothing else listens.
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shut = free.local_addr().unwrap();
        drop(free);
        let machine = Machine::default();
        run(&[open, shut], &machine).await;
        let port = |of: SocketAddr| Port::new(Transport::Tcp, of.port()).unwrap();
        assert!(machine.can_reach(open.ip(), port(open)));
        assert!(!machine.can_reach(shut.ip(), port(shut)));
        run(&[open], &machine).await;
        assert!(machine.can_reach(shut.ip(), port(shut)), "what was blocked may be free again");
    }
}
