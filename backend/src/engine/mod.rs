//! The engine: knocks at the ports of one proven address and says what it saw.
//!
//! Its heart, the [`Scheduler`], is a pure state machine: given the time and what happened, it says
//! what to send next. It knows no socket, no clock and no random number, so loss, delay and hostile
//! targets are simulated without any. Around it are a [`Transport`] that sends, and [`drive`], which
//! brings both together. Nothing here knows of HTTP, of checks or of what a port means.

mod asked;
mod attempts;
mod connect;
mod conntrack;
mod controls;
mod drive;
mod flow;
mod journal;
mod knocker;
mod loss;
mod machine;
mod mixed;
mod outcome;
mod pace;
mod queue;
mod rtt;
mod scheduler;
mod segment;
mod syn;
mod talk;
mod talks;
mod transport;
mod udp;
mod witnesses;

#[cfg(test)]
mod simulation;

pub use drive::{KnockError, Sight, Target, drive};
pub use knocker::{Knocker, Method};
pub use machine::{Count, Machine};
pub use pace::Pace;
pub use scheduler::{Moment, Scheduler, Step};
pub use transport::{AttemptId, Fault, Outcome, Transport};
