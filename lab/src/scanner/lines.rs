//! Scanners that tell one thing per line. It does not know how they are started.

use crate::port::{Port, Transport};
use crate::truth::{Said, State};

/// Masscan's list: `open tcp 22 10.77.0.2 1700000000`.
pub(super) fn masscan(printed: &str) -> Said {
    let line = |line: &str| {
        let mut words = line.split(' ');
        let state = if words.next()? == "open" { State::Open } else { State::Closed };
        let transport = if words.next()? == "udp" { Transport::Udp } else { Transport::Tcp };
        Some((Port { transport, number: words.next()?.parse().ok()? }, state))
    };
    printed.lines().filter(|text| !text.starts_with('#')).filter_map(line).collect()
}

/// Rustscan's only line: `10.77.0.2 -> [22,80]`.
pub(super) fn rustscan(printed: &str, transport: Transport) -> Said {
    let lists = printed.lines().filter_map(|line| line.split_once("-> ["));
    let numbers = lists.flat_map(|(_, list)| list.trim_end_matches(']').split(','));
    let numbers = numbers.filter_map(|number| number.trim().parse().ok());
    numbers.map(|number| (Port { transport, number }, State::Open)).collect()
}

#[cfg(test)]
mod tests {
    use super::{masscan, rustscan};
    use crate::port::{Port, Transport};
    use crate::truth::State;

    const SSH: Port = Port { transport: Transport::Tcp, number: 22 };

    #[test]
    fn open_ports_are_read_and_the_rest_is_not() {
        let said = masscan("#masscan\nopen tcp 22 10.77.0.2 1700000000\nbanner x\n# end\n");
        assert_eq!(said.into_iter().collect::<Vec<_>>(), [(SSH, State::Open)]);
        let said = rustscan("10.77.0.2 -> [22,80]\n", Transport::Tcp);
        assert_eq!((said.len(), said[&SSH]), (2, State::Open));
    }
}
