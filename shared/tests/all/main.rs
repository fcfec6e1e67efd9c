//! What `shared` knows and how it judges, tested on the host and on `wasm32`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod catalogue;
mod judgement;
#[cfg(not(target_arch = "wasm32"))]
mod knowledge_rules;
mod ports;
mod samples;
mod wire;
mod words;
