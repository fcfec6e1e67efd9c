//! The life of a check: admitted, running, finished, expired or forgotten. Knows the engine and the
//! store, but nothing of HTTP: whoever serves visitors asks the [`Desk`].

mod audit;
mod check;
mod desk;
mod places;
mod rests;
mod runner;
mod sample;
mod sights;
mod wish;

pub use audit::{Audit, AuditLine};
pub use check::{Check, Followed};
pub use desk::{Desk, DeskLimits, Surroundings};
pub use places::PlaceLimits;
pub use wish::{Admission, Again, Wish};
