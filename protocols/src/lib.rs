//! The first harmless step of each protocol: which bytes are asked, and what the answer tells. No
//! log-in, nothing written, no exploit.
//!
//! Everything here is pure. It opens no socket, reads no clock and draws no random number: what of
//! that a step needs is in its [`Context`]. Every byte that comes in is hostile, so every reader is
//! total and bounded: it never fails, never loops for long and keeps no more than
//! [`MOST_HEARD`] bytes.

mod bytes;
mod conversation;
mod interview;
mod listen;
pub mod secure;
pub mod tcp;
pub mod udp;
pub mod windows;

pub use bytes::Bytes;
pub use conversation::{Act, Context, Conversation, Exchange, MOST_HEARD, Reading, Step};
pub use interview::{Ended, Interview, MOST_CONNECTIONS, Talk, merged};
