//! The real server, asked over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bad_requests;
mod door;
mod harness;
mod life_of_a_check;
mod look;
mod manners;
mod rechecks;
mod sample;
