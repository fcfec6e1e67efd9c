//! What a check learned of the way to an address, besides its ports: whether something slows it down,
//! and whether something answers for every port.

use crate::Texts;
use serde::Serialize;

/// What slowed a check down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slowing {
    /// Something lets only so many connections a second through.
    Throttled,
    /// Something answered nothing for a while.
    Banned,
}

names! {
    /// Its name in the contract.
    Slowing::as_str {
        Throttled = "throttled",
        Banned = "banned",
    }
}

impl Slowing {
    /// What people read while it happens.
    #[must_use]
    pub fn text(self, texts: &Texts) -> &str {
        match self {
            Self::Throttled => texts.slowed_throttled(),
            Self::Banned => texts.slowed_banned(),
        }
    }
}

/// What control questions to ports at which nothing can be expected to listen said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Controls {
    /// How many were asked.
    pub asked: u8,
    /// How many of them are open.
    pub open: u8,
}

impl Controls {
    /// Whether something answers for every port. Half of them: some of its answers may be lost.
    #[must_use]
    pub const fn show_that_everything_answers(&self) -> bool {
        self.asked > 0 && self.open * 2 >= self.asked
    }
}
