//! What to do when the browser cannot run the page: shown at once where scripts are off or the browser has
//! found out that it cannot run the program, and after a while where the page does not come to life for
//! another reason.

use super::element;
use klinke_shared::Texts;
use yew::Html;

/// The help, or an empty place for it. It is needed on the page as the server writes it, before any
/// script has run; the program that browsers load never draws it, and carries none of it.
pub fn unscripted(texts: &Texts, needed: bool, is_check: bool) -> Html {
    element("div", "unscripted").holding(if needed { help(texts, is_check) } else { Vec::new() })
}

#[cfg(not(feature = "prerender"))]
fn help(_: &Texts, _: bool) -> Vec<Html> {
    Vec::new()
}

#[cfg(feature = "prerender")]
fn help(texts: &Texts, is_check: bool) -> Vec<Html> {
    use super::say;
    use crate::reading::where_verdict;
    /// The check from a terminal. The server puts its own address in the place of the braces.
    const COMMAND: &str = "curl -N -d consent=yes {{ origin }}/check";
    let help = |level: &'static str, title: &str, text: &str| {
        let words = [say(level, "", title), say("p", "", text), say("pre", "", COMMAND)];
        element("section", "notice").holding(words)
    };
    // A check that a browser cannot show has no other title, unless its verdict is there.
    let titled = |title: &str, text: &str| {
        let below = help("h2", title, text);
        if is_check { where_verdict(below, help("h1", title, text)) } else { vec![below] }
    };
    let off = titled(texts.noscript_title(), texts.noscript_text());
    let late = titled(texts.unfit_title(), texts.unfit_text());
    vec![
        element("noscript", "").key("off").holding(off),
        element("div", "unscripted__late").key("late").holding(late),
    ]
}
