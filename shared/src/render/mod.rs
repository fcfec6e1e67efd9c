//! The report in the forms that leave the page: plain text for a ticket, a table, and JSON with
//! everything derived. All say the same as the page, because all are made of the same report.

mod csv;
mod json;
mod text;

pub use csv::csv;
pub use json::json;
pub use text::{door, text};
