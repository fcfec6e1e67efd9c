//! Everything of the server that reads hostile bytes, as a target of its own: `Cargo.toml` is their
//! table, and the name there says which one this is.

#![no_main]

mod rooms;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rooms::hear(env!("CARGO_BIN_NAME"), bytes));
