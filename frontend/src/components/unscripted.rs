//! What to do when the browser cannot run the page: shown at once where scripts are off, and after
//! a while where they run but the page does not come to life.

use super::{element, say};
use klinke_shared::Texts;
use yew::Html;

/// The check from a terminal. The server puts its own address in the place of the braces.
const COMMAND: &str = "curl -N -d consent=yes {{ origin }}/check";

/// The help, or an empty place for it. It is needed on the page as the server writes it, before any
/// script has run.
pub fn unscripted(texts: &Texts, needed: bool) -> Html {
    let help = || {
        element("section", "notice").holding([
            say("h2", "", texts.noscript_title()),
            say("p", "", texts.noscript_text()),
            say("pre", "", COMMAND),
        ])
    };
    let both = || {
        vec![
            element("noscript", "").key("off").holding([help()]),
            element("div", "unscripted__late").key("late").holding([help()]),
        ]
    };
    element("div", "unscripted").holding(if needed { both() } else { Vec::new() })
}
