//! The HTTP side: routes, messages, headers. It asks [`crate::checks`] and [`crate::visitor`], and
//! decides nothing about checks or addresses itself.

mod app;
mod assets;
mod body;
mod checks;
mod connection;
mod consent;
mod crowd;
mod events;
mod finished;
mod health;
mod line;
mod look;
mod metrics;
mod pages;
mod problem;
mod reading;
mod rechecks;
mod reports;
mod rtt;
mod security;
mod security_txt;
mod site;
mod sitemap;
mod templates;
mod terminal;
mod verdict;
mod visitor;
mod words;

pub use app::{App, configure};
pub use crowd::Crowd;
pub use finished::Finished;
pub use rtt::measure;
pub use security::{headers as security_headers, over_tls};
