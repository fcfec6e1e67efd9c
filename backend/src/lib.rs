//! Klinke's server. Its rooms, from the outside in: [`http`] → [`checks`] → [`engine`], [`visitor`],
//! [`store`] → `klinke_shared`. Each asks only rooms further in. [`cli`] wires them; only it sees
//! everything.

pub mod checks;
pub mod cli;
pub mod clock;
pub mod engine;
pub mod http;
pub mod knowledge;
pub mod settings;
pub mod store;
pub mod visitor;
