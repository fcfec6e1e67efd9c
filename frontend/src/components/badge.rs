//! How soon something has to be done: a sign and words in the colour of its urgency.

use super::{element, icon};
use klinke_shared::Severity;
use yew::Html;

/// The badge.
pub fn badge(urgency: Severity, words: &str) -> Html {
    element("p", "badge").holding([icon(urgency.into()), words.into()])
}
