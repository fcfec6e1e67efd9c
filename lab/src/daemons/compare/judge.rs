//! How near to the truth somebody is at one port. It does not know who.

use super::Said;
use crate::daemons::service::Tls;
use crate::daemons::truth::Truth;
use crate::port::Transport;

/// Every one of these is called open.
const OPEN: &str = "open";
/// Silence on UDP: not false, and not known.
const UNCERTAIN: &str = "uncertain";
/// That its answers are long is true of many, and a matter of degree.
const AMPLIFIES: &str = "amplifies";

/// How near somebody is to one truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Right,
    /// It could be said, and is not.
    Missing,
    /// It is not true, or nothing shows it.
    Wrong,
    /// There is nothing to say, and nothing is said.
    Nothing,
}

/// What there is to say of a port, in this order.
pub(in crate::daemons) const TOPICS: [&str; 5] =
    ["state", "protocol", "product", "version", "notes"];

/// A mark for each of [`TOPICS`].
pub(super) type Marks = [Mark; TOPICS.len()];

pub(super) fn judge(truth: &Truth, said: &Said) -> Marks {
    [
        state(said),
        protocol(truth, said),
        product(truth, said.product.as_deref()),
        version(truth.version.as_deref(), said.version.as_deref()),
        said.notes.as_deref().map_or(Mark::Nothing, |said| notes(truth, said)),
    ]
}

fn state(said: &Said) -> Mark {
    match said.state.as_str() {
        OPEN => Mark::Right,
        UNCERTAIN | "" => Mark::Missing,
        _ => Mark::Wrong,
    }
}

fn protocol(truth: &Truth, said: &Said) -> Mark {
    let tls = match truth.tls {
        Tls::No => !said.tls,
        Tls::Yes => said.tls,
        Tls::Inside => true,
    };
    match said.protocol.as_deref() {
        None => Mark::Missing,
        Some(protocol) if truth.protocols.contains(&protocol) && tls => Mark::Right,
        Some(_) => Mark::Wrong,
    }
}

fn product(truth: &Truth, said: Option<&str>) -> Mark {
    let contains = |said: &str, name: &str| said.to_lowercase().contains(&name.to_lowercase());
    match said {
        None if truth.shows_product => Mark::Missing,
        None => Mark::Nothing,
        Some(said) if truth.products.iter().any(|name| contains(said, name)) => Mark::Right,
        Some(_) => Mark::Wrong,
    }
}

fn version(truth: Option<&str>, said: Option<&str>) -> Mark {
    match (truth, said) {
        (None, None) => Mark::Nothing,
        (Some(_), None) => Mark::Missing,
        (Some(truth), Some(said)) if is_version(truth, said) => Mark::Right,
        (_, Some(_)) => Mark::Wrong,
    }
}

/// "9.2p1 Debian" is 9.2p1; and where a daemon says less of its version than its package does, 2.4
/// is 2.4.2.
fn is_version(truth: &str, said: &str) -> bool {
    let begins =
        |before: &str| !before.ends_with(|it: char| it.is_ascii_alphanumeric() || it == '.');
    let ends = |after: &str| !after.starts_with(|it: char| it.is_ascii_alphanumeric());
    let names = |at: usize| {
        let (before, rest) = said.split_at(at);
        begins(before) && rest.strip_prefix(truth).is_some_and(ends)
    };
    let says_less = || truth.strip_prefix(said).is_some_and(|rest| rest.starts_with('.'));
    said.match_indices(truth).any(|(at, _)| names(at)) || says_less()
}

fn notes(truth: &Truth, said: &[String]) -> Mark {
    let is_true = |note: &str| {
        let amplifies = truth.port.transport == Transport::Udp && note == AMPLIFIES;
        truth.notes.contains(&note) || truth.also.contains(&note) || amplifies
    };
    let is_said = |note: &&str| said.iter().any(|it| it == note);
    if !said.iter().all(|note| is_true(note)) {
        Mark::Wrong
    } else if !truth.notes.iter().all(is_said) {
        Mark::Missing
    } else if truth.notes.is_empty() {
        Mark::Nothing
    } else {
        Mark::Right
    }
}

#[cfg(test)]
pub(super) mod sample;
#[cfg(test)]
mod tests;
