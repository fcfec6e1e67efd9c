//! What Klinke knows and how it judges, the same on the server, in the page and in the terminal:
//! knowledge files → [`Service`] → [`Plan`] → (the engine) → [`Observation`] → [`Finding`] →
//! [`Verdict`] and advice in the reader's language.
//!
//! Everything here is pure. It opens no socket, reads no clock, draws no random number and knows
//! neither the server's nor the page's framework, so all of it runs and is tested on `wasm32` too.

// First, because macros are known from where they stand.
#[macro_use]
mod names;

pub mod api;
mod catalogue;
mod check_id;
mod event;
mod finding;
mod language;
mod limit;
mod observation;
mod observations;
mod plan;
mod port;
mod port_set;
mod recognition;
pub mod render;
mod report;
mod routes;
mod service;
mod texts;
mod tree;
mod verdict;
mod wire;

pub use catalogue::{at_port, by_name, companions, recognised_as, services, usual_at};
pub use check_id::{CheckId, CheckIdError};
pub use event::{EndReason, Event, PlannedAddress};
pub use finding::{Finding, findings};
pub use language::{Language, UnknownLanguage};
pub use limit::Limit;
pub use observation::{Controls, Evidence, IcmpKind, Observation, OwnFault, Slowing, State};
pub use observations::{Observations, Recognised};
pub use plan::{Plan, Profile, UnknownProfile};
pub use port::{Port, Transport};
pub use port_set::{PortSet, PortSetError, Ports};
pub use recognition::{Certificate, LONGEST_SAID, MOST_NAMES, Note, Protocol, Recognition, said};
pub use report::{AddressReport, Ending, REPORT_FORMAT, Report, Scope};
pub use routes::{PageRoute, Route};
pub use service::{Family, Service, ServiceId, Severity, Tip};
pub use texts::{ServiceTexts, Texts, TextsError};
pub use tree::{Read, from_json};
pub use verdict::{Colour, Headline, Verdict};
