//! The page of a tip: why it helps, the first step, what to ask the IT, how the IT does it, and the
//! services with which it helps most.

use super::prose::Prose;
use super::template::{for_each, word};
use super::{library, ways_on};
use crate::components::{Desk, element, heading, say};
use klinke_shared::{Route, Tip};
use yew::Html;

/// The page.
pub(super) fn page(desk: &Desk, tip: Tip) -> Html {
    let texts = &desk.texts;
    let words = library(texts).tip(tip);
    let mut prose = Prose::new(texts.language());
    let lead = prose.element("p", "lead", &words.lead);
    let parts = [
        (texts.tip_why(), &words.why),
        (texts.tip_first_step(), &words.first_step),
        (texts.tip_ask(), &words.ask),
        (texts.tip_it(), &words.it),
    ];
    let parts = parts.map(|(title, text)| prose.section(title, text, &[]));
    element("article", "page prose").key(tip.as_str()).holding([
        heading("", tip.title(texts)),
        lead,
        parts.into_iter().collect(),
        element("section", "").holding([
            say("h2", "", texts.tip_services()),
            element("ul", "services-of-tip").holding(services()),
        ]),
        ways_on(desk, Route::Tip(tip)),
    ])
}

/// The server knows which services those are.
fn services() -> Vec<Html> {
    let link = element("a", "").with("href", &word("service.path")).saying(&word("service.name"));
    for_each("service", "tip.services", [element("li", "").holding([link])])
}
