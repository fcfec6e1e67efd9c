//! The engine: knocks at the ports of one proven address and says what it saw.
//!
//! Its heart, the [`Scheduler`], is a pure state machine: given the time and what happened, it says
//! what to send next. It knows no socket, no clock and no random number, so loss, delay and hostile
//! targets are simulated without any. Around it are a [`Transport`] that sends, and [`drive`], which
//! brings both together. Nothing here knows of HTTP, of checks or of what a port means.

mod attempts;
mod connect;
mod drive;
mod outcome;
mod pace;
mod rtt;
mod scheduler;
mod transport;

#[cfg(test)]
mod simulation;

pub use connect::ConnectTransport;
pub use drive::{Target, drive};
pub use pace::Pace;
pub use scheduler::{Moment, Scheduler, Step};
pub use transport::{AttemptId, Fault, Outcome, Transport};
