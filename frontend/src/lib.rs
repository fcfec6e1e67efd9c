//! Klinke's page: pages → components → `klinke-shared`. The state is a pure reducer; hooks and one
//! stream module do all that touches the network or the browser. Knows the server only by its
//! contract.

pub mod app;
pub mod components;
pub mod file;
pub mod hooks;
pub mod json;
pub mod net;
pub mod pages;
#[cfg(feature = "prerender")]
pub mod reading;
pub mod router;
pub mod state;
pub mod stream;
pub mod title;
pub mod udp;
