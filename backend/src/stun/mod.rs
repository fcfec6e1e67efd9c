//! Tells whoever asks by UDP from which address the question came: a basic STUN server (RFC 8489,
//! 12), so that the page can see whether UDP and HTTP leave a line by the same address. It answers
//! Binding requests and nothing else, keeps nothing, and speaks first to nobody. It knows no
//! visitor, no check and no setting; what an address means is judged elsewhere.
//!
//! The source of a datagram can be forged, so whatever is answered may hit somebody who never
//! asked. That is why answers are short ([`LONGEST_ANSWER`]), few ([`BURST_PER_NETWORK`]), and never
//! such that another server answers them in turn.

mod datagram;
mod format;
mod limit;
mod message;
mod request;
mod serve;

#[cfg(test)]
mod tests;

pub use limit::BURST_PER_NETWORK;
pub use message::{Answer, LONGEST_ANSWER, answer};
pub use request::LONGEST_REQUEST;
pub use serve::serve;
