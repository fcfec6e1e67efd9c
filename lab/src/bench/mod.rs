//! Measurements for people to read; nothing here passes or fails.

pub(crate) mod engine;
mod median;
mod rows;
mod table;
pub(crate) mod visitors;
pub(crate) mod wire;
