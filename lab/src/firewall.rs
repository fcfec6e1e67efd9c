//! The firewalls before the target, and what is true behind each of them. It makes rules and knows
//! the truth; it does not know who scans, or what was found.

use anyhow::Result;
use std::fmt::Write as _;

use crate::namespace::Namespace;
use crate::port::{Port, Ports, Transport};

/// Accepted by the target: services that are commonly left open.
pub(crate) const OPEN_TCP: [u16; 16] =
    [22, 25, 53, 80, 110, 143, 443, 445, 993, 995, 3306, 3389, 5432, 5900, 6379, 8080];
/// Answered with a reset.
const CLOSED_TCP: [u16; 6] = [21, 23, 79, 111, 113, 8443];
/// Answered with “administratively prohibited”.
const PROHIBITED_TCP: [u16; 5] = [135, 139, 389, 1433, 1723];
/// Answered by services, if the question is one of theirs.
pub(crate) const OPEN_UDP: [u16; 5] = [53, 123, 161, 500, 1900];
/// Answered with “port unreachable”.
const CLOSED_UDP: [u16; 5] = [69, 137, 514, 5353, 11_211];

/// What stands before the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Firewall {
    /// Nothing: the operating system itself answers.
    None,
    /// Drops what is not meant to be reached.
    Plain,
    /// The same behind a home router's limit of new connections.
    Limit,
    /// The same behind a prevention system that bans for so many seconds.
    Ban { seconds: u32 },
    /// Accepts every connection itself.
    SynProxy,
    /// Resets every connection itself.
    ResetAll,
    /// Calls everything prohibited.
    ProhibitAll,
}

/// What a port really is, as seen from the scanner's side of the firewall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Open,
    Closed,
    /// No answer, or one that says nothing about the port: neither open nor closed.
    Unknowable,
}

impl Firewall {
    /// Sets this firewall up, in a namespace that has none.
    pub(crate) fn raise(self, namespace: &Namespace) -> Result<()> {
        if self == Self::None {
            return Ok(());
        }
        namespace.feed("nft", &["-f", "-"], &self.rules())?;
        if self == Self::SynProxy {
            // Otherwise an acknowledgement without a connection begins one, past the proxy.
            namespace.set("netfilter/nf_conntrack_tcp_loose", 0)?;
        }
        Ok(())
    }

    pub(crate) fn truth(self, port: Port) -> Truth {
        match (self, port.transport) {
            (Self::None | Self::Plain | Self::Limit | Self::Ban { .. }, _)
            | (Self::SynProxy | Self::ResetAll, Transport::Udp) => behind_base(port),
            (Self::SynProxy, Transport::Tcp) | (Self::ProhibitAll, _) => Truth::Unknowable,
            (Self::ResetAll, Transport::Tcp) => Truth::Closed,
        }
    }

    /// So many ports, and among them all that are not silent.
    pub(crate) fn ports(transport: Transport, count: usize) -> Ports {
        match transport {
            Transport::Tcp => {
                Ports::with(transport, &[&OPEN_TCP, &CLOSED_TCP, &PROHIBITED_TCP], count)
            }
            Transport::Udp => Ports::with(transport, &[&OPEN_UDP, &CLOSED_UDP], count),
        }
    }

    fn rules(self) -> String {
        let mut rules = String::new();
        for (name, ports) in [
            ("OPEN_TCP", &OPEN_TCP[..]),
            ("CLOSED_TCP", &CLOSED_TCP),
            ("PROHIBITED_TCP", &PROHIBITED_TCP),
            ("OPEN_UDP", &OPEN_UDP),
            ("CLOSED_UDP", &CLOSED_UDP),
        ] {
            let ports = ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
            // Writing to text cannot fail.
            let _ = writeln!(rules, "define {name} = {{ {ports} }}");
        }
        let seconds = if let Self::Ban { seconds } = self { seconds } else { 0 };
        // The one number that nftables takes from no definition.
        let in_front = self.in_front().replace("SECONDS", &seconds.to_string());
        rules + include_str!("firewall/base.nft") + &in_front
    }

    const fn in_front(self) -> &'static str {
        match self {
            Self::None | Self::Plain => "",
            Self::Limit => include_str!("firewall/limit.nft"),
            Self::Ban { .. } => include_str!("firewall/ban.nft"),
            Self::SynProxy => include_str!("firewall/synproxy.nft"),
            Self::ResetAll => include_str!("firewall/reset.nft"),
            Self::ProhibitAll => include_str!("firewall/prohibit.nft"),
        }
    }
}

fn behind_base(Port { transport, number }: Port) -> Truth {
    let (open, closed) = match transport {
        Transport::Tcp => (&OPEN_TCP[..], &CLOSED_TCP[..]),
        Transport::Udp => (&OPEN_UDP[..], &CLOSED_UDP[..]),
    };
    match number {
        _ if open.contains(&number) => Truth::Open,
        _ if closed.contains(&number) => Truth::Closed,
        _ => Truth::Unknowable,
    }
}

#[cfg(test)]
mod tests {
    use super::{Firewall, Truth};
    use crate::port::{Port, Transport};

    const SSH: Port = Port { transport: Transport::Tcp, number: 22 };
    const FTP: Port = Port { transport: Transport::Tcp, number: 21 };
    const SILENT: Port = Port { transport: Transport::Tcp, number: 4 };

    #[test]
    fn the_truth_is_what_the_rules_say() {
        let plain = [SSH, FTP, SILENT].map(|port| Firewall::Plain.truth(port));
        assert_eq!(plain, [Truth::Open, Truth::Closed, Truth::Unknowable]);
        let rules = Firewall::Plain.rules();
        assert!(rules.starts_with("define OPEN_TCP = { 22, 25,"), "{rules}");
    }

    #[test]
    fn who_answers_for_all_ports_hides_them() {
        assert_eq!(Firewall::SynProxy.truth(SSH), Truth::Unknowable);
        assert_eq!(Firewall::ProhibitAll.truth(SSH), Truth::Unknowable);
        assert_eq!(Firewall::ResetAll.truth(SSH), Truth::Closed);
    }

    #[test]
    fn a_choice_of_ports_always_has_those_that_answer() {
        for count in [30, 100, 1_000] {
            let ports = Firewall::ports(Transport::Tcp, count);
            assert_eq!(ports.len(), count);
            let open = ports.iter().filter(|port| Firewall::Plain.truth(*port) == Truth::Open);
            assert_eq!(open.count(), 16);
        }
    }
}
