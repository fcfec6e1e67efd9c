//! Why a request came to nothing, as far as the visitor needs to know. Does not know how the
//! request was made.

use klinke_shared::Texts;
use klinke_shared::api::{Problem, ProblemCode};

/// Why a request came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer, or none that this page understands.
    Unreachable,
    /// The server said no.
    Refused {
        /// Why.
        code: ProblemCode,
        /// When to try again, in seconds.
        retry_after: Option<u64>,
    },
}

impl Failure {
    /// The failure in one sentence.
    #[must_use]
    pub fn sentence(self, texts: &Texts) -> &str {
        match self {
            Self::Unreachable => texts.problem_unreachable(),
            // The page has fetched a new proof already; what is left to say is what to look at.
            Self::Refused { code: ProblemCode::TicketForeign, .. } => texts.start_address_changed(),
            Self::Refused { code, .. } => {
                let sentence = code.sentence(texts);
                // Then this program is wrong, or the server is: it never asks what is answered so.
                if sentence.is_empty() { texts.problem_internal() } else { sentence }
            }
        }
    }

    /// When to try again, in seconds; nothing when trying again alone would not help.
    #[must_use]
    pub const fn retry_after(self) -> Option<u64> {
        match self {
            Self::Unreachable => None,
            Self::Refused { retry_after, .. } => retry_after,
        }
    }

    /// Whether a new proof of the address may help.
    #[must_use]
    pub const fn wants_new_ticket(self) -> bool {
        use ProblemCode::{TicketExpired, TicketForeign, TicketInvalid, TicketMissing, TicketUsed};
        matches!(
            self,
            Self::Refused {
                code: TicketExpired | TicketForeign | TicketInvalid | TicketMissing | TicketUsed,
                ..
            }
        )
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Refused { code: problem.code, retry_after: problem.retry_after }
    }
}
