//! What visitors wish of the desk, and what it may say. Decides nothing.

use super::check::Check;
use crate::visitor::OwnAddress;
use klinke_shared::{CheckId, Line, Plan, Profile};
use std::sync::Arc;
use std::time::Duration;

/// What a visitor wishes to have checked.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The proven addresses.
    pub addresses: Vec<OwnAddress>,
    /// How much to ask; of a recheck, how much the report asked.
    pub profile: Profile,
    /// Which doors of a report to ask again, in place of all that the profile has.
    pub again: Option<Again>,
    /// How long an answer takes, where the visitor's own connection tells.
    pub first_rtt: Option<Duration>,
    /// What is known of the line.
    pub line: Line,
    /// Which sentence of consent they agreed to.
    pub consent: String,
}

/// Some doors of a finished check, to be asked again.
#[derive(Debug, Clone)]
pub struct Again {
    /// Where the report came from: [`Check::origin`].
    pub of: CheckId,
    /// The doors.
    pub plan: Plan,
}

impl Wish {
    /// What is to be asked at each address.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let again = self.again.as_ref().map(|again| again.plan.clone());
        again.unwrap_or_else(|| Plan::of_profile(self.profile))
    }
}

/// The desk's answer to a wish.
#[derive(Debug)]
pub enum Admission {
    /// The check runs, or waits for its turn and says so in its events.
    Admitted(Arc<Check>),
    /// This line is being checked already.
    AlreadyRunning {
        /// When to come back.
        retry_after: Duration,
    },
    /// This line was checked a moment ago.
    CoolDown {
        /// When to come back.
        retry_after: Duration,
    },
    /// Too many neighbours of this line are being checked.
    NetworkBusy {
        /// When to come back.
        retry_after: Duration,
    },
    /// All places are taken, and those to wait in as well.
    Full {
        /// When to come back.
        retry_after: Duration,
    },
    /// The server is being shut down.
    Closing,
}
