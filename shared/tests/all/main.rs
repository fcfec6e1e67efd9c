//! What `shared` knows and how it judges, tested on the host and on `wasm32`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod catalogue;
mod comparison;
mod forms;
mod glossary;
mod judgement;
mod limits;
mod plan;
mod ports;
mod recheck;
mod recognition;
mod said;
mod samples;
mod wire;
mod wire_recognition;
mod words;
