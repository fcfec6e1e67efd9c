//! What to do when the browser cannot run the page: shown at once where scripts are off or the browser has
//! found out that it cannot run the program, and after a while where the page does not come to life for
//! another reason.

use super::element;
use klinke_shared::Texts;
use yew::Html;

/// The help, or an empty place for it. It is needed on the page as the server writes it, before any
/// script has run; the program that browsers load never draws it, and carries none of it.
pub fn unscripted(texts: &Texts, needed: bool) -> Html {
    element("div", "unscripted").holding(if needed { help(texts) } else { Vec::new() })
}

#[cfg(not(feature = "prerender"))]
fn help(_: &Texts) -> Vec<Html> {
    Vec::new()
}

#[cfg(feature = "prerender")]
fn help(texts: &Texts) -> Vec<Html> {
    use super::say;
    /// The check from a terminal. The server puts its own address in the place of the braces.
    const COMMAND: &str = "curl -N -d consent=yes {{ origin }}/check";
    let help = |title: &str, text: &str| {
        let words = [say("h2", "", title), say("p", "", text), say("pre", "", COMMAND)];
        element("section", "notice").holding(words)
    };
    let off = help(texts.noscript_title(), texts.noscript_text());
    let late = help(texts.unfit_title(), texts.unfit_text());
    vec![
        element("noscript", "").key("off").holding([off]),
        element("div", "unscripted__late").key("late").holding([late]),
    ]
}
