//! The words that need explaining, in the order of the alphabet.

use super::{library, ways_on};
use crate::components::{Desk, element, heading, say};
use klinke_shared::Route;
use yew::Html;

/// The page.
pub(super) fn page(desk: &Desk) -> Html {
    let texts = &desk.texts;
    let words = library(texts).glossary.iter().map(|term| {
        element("div", "glossary__entry")
            .with("id", &term.name)
            .key(&term.name)
            .holding([say("dt", "", &term.term), say("dd", "", &term.text)])
    });
    element("article", "page prose").key("glossary").holding([
        heading("", texts.glossary_title()),
        say("p", "lead", texts.glossary_lead()),
        element("dl", "glossary").holding(words.collect::<Vec<_>>()),
        ways_on(desk, Route::Glossary),
    ])
}
