//! Who listens in a network, by the kernel's own tables: asking by a connection would be the first
//! thing that a daemon ever hears. It does not know what listens there.

use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use std::fs;

use super::service::Service;
use crate::port::{Port, Transport};

/// What the kernel calls a socket that listens (`TCP_LISTEN`), and one of UDP without a peer
/// (`TCP_CLOSE`).
const TCP_LISTENS: &str = "0A";
const UDP_LISTENS: &str = "07";

/// The ports with a listener.
pub(super) struct Listening {
    /// A socket of IPv6 takes IPv4 too, unless somebody says otherwise.
    in_any: BTreeSet<Port>,
    in_ipv6: BTreeSet<Port>,
}

impl Listening {
    /// In this process's network.
    pub(super) fn here() -> Result<Self> {
        let read = |name: &str, transport| {
            let table = fs::read_to_string(format!("/proc/self/net/{name}"));
            table
                .map(|table| ports(&table, transport))
                .context("this system has no list of sockets")
        };
        let mut in_ipv6 = read("tcp6", Transport::Tcp)?;
        in_ipv6.append(&mut read("udp6", Transport::Udp)?);
        let mut in_any = in_ipv6.clone();
        in_any.append(&mut read("tcp", Transport::Tcp)?);
        in_any.append(&mut read("udp", Transport::Udp)?);
        Ok(Self { in_any, in_ipv6 })
    }

    /// The first of these ports that somebody has taken.
    pub(super) fn first_of(&self, services: &[Service]) -> Option<Port> {
        services.iter().map(|service| service.port).find(|port| self.in_any.contains(port))
    }

    pub(super) fn has_all(&self, services: &[Service]) -> bool {
        services.iter().all(|service| {
            let ports = if service.in_ipv6 { &self.in_ipv6 } else { &self.in_any };
            ports.contains(&service.port)
        })
    }
}

/// Reads lines like `  0: 00000000:0016 00000000:0000 0A …`.
fn ports(table: &str, transport: Transport) -> BTreeSet<Port> {
    let listens = if transport == Transport::Tcp { TCP_LISTENS } else { UDP_LISTENS };
    let port = |line: &str| {
        let mut fields = line.split_whitespace().skip(1);
        let (_, number) = fields.next()?.rsplit_once(':')?;
        let is_listening = fields.nth(1)? == listens;
        let number = u16::from_str_radix(number, 16).ok()?;
        is_listening.then_some(Port { transport, number })
    };
    table.lines().filter_map(port).collect()
}

#[cfg(test)]
mod tests {
    use super::ports;
    use crate::port::{Port, Transport};

    const TABLE: &str = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0
";

    #[test]
    fn listeners_are_read_and_connections_are_not() {
        let found: Vec<_> = ports(TABLE, Transport::Tcp).into_iter().collect();
        assert_eq!(found, [Port { transport: Transport::Tcp, number: 22 }]);
    }

    #[test]
    fn half_a_table_has_no_listeners() {
        assert!(ports("  0: 00000000:0016", Transport::Tcp).is_empty());
        assert!(ports("x\n\n0: : : 0A", Transport::Tcp).is_empty());
    }
}
