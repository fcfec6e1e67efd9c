//! What a check has seen so far at one address, and what of it has not been told yet. Decides when
//! something is worth telling at once; tells nothing itself.

use super::check::Check;
use crate::engine::Sight;
use klinke_shared::{Controls, Event, Observations, Slowing, State};

/// So many open doors are told at once, each for itself; where more are open, something answers for
/// every port, and they come with the others.
const OPEN_AT_ONCE: usize = 50;

/// What was seen at one address.
#[derive(Debug, Default)]
pub(super) struct Sights {
    pub(super) all: Observations,
    pub(super) slowed: Option<Slowing>,
    pub(super) controls: Controls,
    untold: Observations,
    open: usize,
}

impl Sights {
    /// Takes a sight in. The first observation, every open door and a change of pace are told to
    /// the followers of `check` at once.
    pub(super) fn take(&mut self, check: &Check, address: usize, sight: Sight) {
        match sight {
            Sight::Observed(observation) => {
                let first = self.all.is_empty();
                self.all.insert(observation);
                self.untold.insert(observation);
                let is_open = observation.state() == State::Open;
                self.open += usize::from(is_open);
                if first || (is_open && self.open <= OPEN_AT_ONCE) {
                    self.tell(check, address);
                }
            }
            Sight::Recognised(recognised) => {
                self.all.recognise((*recognised).clone());
                self.untold.recognise(*recognised);
            }
            Sight::Controlled(controls) => self.controls = controls,
            Sight::Slowed(slowing) => {
                self.slowed = Some(slowing);
                check.tell(Event::Slowed { address, slowing });
            }
        }
    }

    /// Tells what has not been told yet.
    pub(super) fn tell(&mut self, check: &Check, address: usize) {
        if !self.untold.is_empty() {
            let observations = std::mem::take(&mut self.untold);
            check.tell(Event::Observed { address, observations });
        }
    }
}
