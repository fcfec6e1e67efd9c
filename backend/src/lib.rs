//! Klinke's server. Its rooms, from the outside in: [`http`] → [`checks`] → [`engine`], [`visitor`],
//! [`store`] → [`lines`] → `klinke_shared`. Each asks only rooms further in. [`stun`] stands apart: it
//! answers by UDP and asks no other room. [`look`] reads what an operator set for the eye, for [`http`].
//! [`cli`] wires them; only it sees everything.

pub mod checks;
pub mod cli;
pub mod clock;
pub mod engine;
pub mod http;
pub mod knowledge;
pub mod lines;
pub mod look;
pub mod selftest;
pub mod settings;
pub mod store;
pub mod stun;
pub mod visitor;
