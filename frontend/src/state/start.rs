//! The way from the first look at the page to a check that has begun: address, consent, refusal,
//! waiting, trying again. Knows no clock: somebody tells it that a second has passed.

use super::{Failure, Line, Survey};
use klinke_shared::api::{ProblemCode, Visitor};

/// How far the wish for a check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// Nothing asked yet.
    #[default]
    Idle,
    /// The server is asked to begin.
    Asking {
        /// Whether this is the second try, with a new proof of the address.
        renewed: bool,
    },
    /// The proof was too old; a new one is being fetched.
    Renewing,
    /// The server did not begin a check.
    Refused {
        /// Why.
        failure: Failure,
        /// Seconds until the page tries again by itself.
        wait: Option<u64>,
    },
}

impl Start {
    /// Whether the page is busy with the visitor's wish.
    #[must_use]
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Asking { .. } | Self::Renewing)
    }

    /// Whether seconds are being counted down.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Refused { wait: Some(_), .. })
    }

    /// After the visitor agreed.
    #[must_use]
    pub fn begun(self, line: &Line, survey: &Survey) -> Self {
        let ready = line.ticket().is_some() && survey.has_addresses();
        if ready && !self.is_busy() { Self::Asking { renewed: false } } else { self }
    }

    /// After all addresses are known again. The visitor agreed to the addresses they saw, so others need
    /// another click.
    #[must_use]
    pub fn found(self, line: &Line, survey: &Survey) -> Self {
        let other = survey.has_addresses() && survey.addresses(line) != survey.agreed;
        if other && matches!(self, Self::Asking { renewed: true }) {
            Self::Refused { failure: CHANGED, wait: None }
        } else {
            self
        }
    }

    /// After the server did not begin a check.
    #[must_use]
    pub const fn refused(self, failure: Failure) -> Self {
        if failure.wants_new_ticket() && matches!(self, Self::Asking { renewed: false }) {
            Self::Renewing
        } else {
            Self::Refused { failure, wait: failure.retry_after() }
        }
    }

    /// After a second.
    #[must_use]
    pub const fn second_passed(self) -> Self {
        match self {
            Self::Refused { wait: Some(0 | 1), .. } => Self::Asking { renewed: false },
            Self::Refused { failure, wait: Some(seconds) } => {
                Self::Refused { failure, wait: Some(seconds - 1) }
            }
            other => other,
        }
    }

    /// After the server was asked for the address once more. The visitor agreed to the address
    /// they saw, so another one needs another click.
    #[must_use]
    pub fn renewed(self, before: &Line, now: &Result<Visitor, Failure>) -> Self {
        if self != Self::Renewing {
            return self;
        }
        let known = before.visitor().map(|visitor| visitor.address);
        match now {
            Ok(visitor) if visitor.ticket.is_none() => Self::Idle,
            Ok(visitor) if Some(visitor.address) == known => Self::Asking { renewed: true },
            Ok(_) => Self::Refused { failure: CHANGED, wait: None },
            Err(failure) => Self::Refused { failure: *failure, wait: None },
        }
    }
}

const CHANGED: Failure = Failure::Refused { code: ProblemCode::TicketForeign, retry_after: None };
