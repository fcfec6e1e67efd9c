//! Which doors are worth a picture or a word while a check runs. Knows nothing of how they look.

use klinke_shared::{Observations, Port, Ports, State, services};

/// So many doors get a picture: those that are attacked most. Hundreds of pictures tell a person nothing,
/// and would push the open doors out of a telephone's sight.
const MOST_PICTURES: usize = 100;

/// The doors of a plan that are drawn, in the order in which they are asked.
pub(super) fn worth_drawing(planned: &Ports) -> Vec<Port> {
    let known = services().flat_map(|(_, service)| service.ports());
    let mut drawn = Ports::default();
    let new = |port: &Port| planned.contains(*port) && drawn.insert(*port);
    known.chain(planned.iter()).filter(new).take(MOST_PICTURES).collect()
}

/// A port of these observations that has a name in the catalogue.
pub(super) fn last_known(seen: &Observations) -> Option<Port> {
    let mut ports = seen.notable.iter().map(|observation| observation.port);
    let plain = || seen.closed.iter().chain(seen.silent.iter());
    ports.rfind(|port| is_known(*port)).or_else(|| plain().find(|port| is_known(*port)))
}

/// The open ports of these observations.
pub(super) fn open(seen: &Observations) -> impl Iterator<Item = Port> {
    seen.notable
        .iter()
        .filter(|observation| observation.state() == State::Open)
        .map(|observation| observation.port)
}

fn is_known(port: Port) -> bool {
    klinke_shared::usual_at(port).is_some()
}
