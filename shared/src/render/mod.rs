//! The report in the forms that leave the page: plain text for a ticket, a table, and JSON with
//! everything derived. All say the same as the page, because all are made of the same report. Besides, a
//! reminder for the calendar.

mod calendar;
mod csv;
mod json;
mod text;

pub use calendar::calendar;
pub use csv::csv;
pub use json::json;
pub use text::{door, text};

use crate::{Recognition, Texts};

/// What of the recognised matters, in words.
fn notes(known: &Recognition, texts: &Texts) -> String {
    known.notes.iter().map(|note| note.text(texts)).collect::<Vec<_>>().join(" ")
}
