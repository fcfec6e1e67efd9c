//! Ports, and sets of them as scanners take them on their command lines. Knows no scanner.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How a port is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Transport {
    Tcp,
    Udp,
}

/// One port of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Port {
    pub(crate) transport: Transport,
    #[serde(rename = "port")]
    pub(crate) number: u16,
}

/// Ports of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) transport: Transport,
    numbers: BTreeSet<u16>,
}

impl Ports {
    /// So many ports: those that matter first, then the lowest numbers.
    pub(crate) fn with(transport: Transport, first: &[&[u16]], count: usize) -> Self {
        let mut numbers: BTreeSet<_> = first.iter().copied().flatten().copied().collect();
        let others: Vec<_> = (1..=u16::MAX).filter(|number| !numbers.contains(number)).collect();
        numbers.extend(others.into_iter().take(count.saturating_sub(numbers.len())));
        Self { transport, numbers }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Port> {
        self.numbers.iter().map(|&number| Port { transport: self.transport, number })
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// As in `22,80-89`.
    pub(crate) fn list(&self) -> String {
        let mut list = String::new();
        let mut rest = self.numbers.iter().copied().peekable();
        while let Some(first) = rest.next() {
            let mut end = first;
            while let Some(next) = rest.next_if(|next| end.checked_add(1) == Some(*next)) {
                end = next;
            }
            let comma = if list.is_empty() { "" } else { "," };
            // Writing to text cannot fail.
            let _ = match end {
                _ if end == first => write!(list, "{comma}{first}"),
                _ => write!(list, "{comma}{first}-{end}"),
            };
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::{Ports, Transport};

    #[test]
    fn neighbouring_ports_become_a_range() {
        let list = |count| Ports::with(Transport::Tcp, &[&[22, 80], &[81]], count).list();
        assert_eq!(list(3), "22,80-81");
        assert_eq!(list(6), "1-3,22,80-81");
        assert_eq!(list(65_535), "1-65535");
    }
}
