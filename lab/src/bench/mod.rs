//! Measurements for people to read; nothing here passes or fails.

pub(crate) mod engine;
pub(crate) mod example;
mod median;
mod rows;
mod table;
pub(crate) mod visitors;
pub(crate) mod web;
pub(crate) mod wire;
