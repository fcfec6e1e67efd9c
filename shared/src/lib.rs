//! What Klinke knows and how it judges, the same on the server, in the page and in the terminal:
//! knowledge files → [`Service`] → [`Plan`] → (the engine) → [`Observation`] → [`Finding`] →
//! [`Verdict`] and advice in the reader's language.
//!
//! Everything here is pure. It opens no socket, reads no clock, draws no random number and knows
//! neither the server's nor the page's framework, so all of it runs and is tested on `wasm32` too.

// First, because macros are known from where they stand.
#[macro_use]
mod names;

mod accent;
mod address_report;
mod alphabet;
pub mod api;
mod catalogue;
mod check_id;
mod checked;
mod comparison;
mod confidence;
mod date;
mod event;
mod facts;
mod filter;
mod finding;
mod json;
mod judged;
mod kind;
mod language;
pub mod library;
mod limit;
mod line;
mod manner;
mod note;
mod numerals;
mod observation;
mod observations;
mod plan;
mod port;
mod port_set;
mod protocol;
mod recognition;
#[cfg(feature = "built-in")]
pub mod render;
mod report;
mod rgb;
mod routes;
mod said;
mod service;
mod step;
mod texts;
mod tree;
mod verdict;
mod wire;

pub use accent::{Accent, Change, Tones};
pub use address_report::{AddressReport, Scope};
pub use alphabet::alphabetical;
pub use catalogue::{
    CatalogueError, at_port, by_name, companions, install, recognised_as, services, usual_at,
};
pub use check_id::{CheckId, CheckIdError};
pub use checked::Checked;
pub use comparison::Comparison;
pub use confidence::{Confidence, Reason};
pub use date::{date, day};
pub use event::{EndReason, Event, PlannedAddress, place_in_queue};
pub use filter::ServiceFilter;
pub use finding::{Finding, findings};
pub use judged::Judged;
pub use kind::{Family, Tip, UsedBy};
pub use language::{Language, UnknownLanguage};
pub use library::Article;
pub use limit::Limit;
pub use line::{Gap, IpFamily, Line, Network, OfficeAnswer, UdpPath, line_of};
pub use manner::{Controls, Slowing};
pub use note::Note;
pub use numerals::grouped;
pub use observation::{Evidence, IcmpKind, Observation, OwnFault, State};
pub use observations::{Observations, Recognised};
pub use plan::{Plan, Profile, UDP_ASKED, UnknownProfile};
pub use port::{Port, Transport};
pub use port_set::{PortSet, PortSetError, Ports};
pub use protocol::Protocol;
pub use recognition::{Certificate, MOST_NAMES, Recognition};
pub use report::{Ending, REPORT_FORMAT, Report, SAMPLE_ADDRESS};
pub use rgb::Rgb;
pub use routes::{PageRoute, Route};
pub use said::{LONGEST_SAID, said};
pub use service::{Service, ServiceId, Severity};
pub use step::Step;
pub use texts::{ServiceTexts, Texts, TextsError};
pub use tree::{Fields, Read, Tree, Unreadable, from_json};
pub use verdict::{Colour, Headline, Verdict};
