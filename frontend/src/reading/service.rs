//! The page of a service: all that the catalogue has to say of it. A template, which the server fills.

use super::template::{badges, for_each, if_not, if_set, word};
use super::ways_on;
use crate::components::{Desk, element, heading, link, say};
use klinke_shared::library::Article;
use klinke_shared::{Route, Texts};
use yew::Html;

/// The page.
pub(super) fn page(desk: &Desk) -> Html {
    let texts = &desk.texts;
    element("article", "page prose service").key("service").holding([
        heading("", &word("service.name")),
        say("p", "lead", word("service.purpose")),
        urgency(texts),
        part(texts.card_fine(), [say("p", "", word("service.fine"))]),
        part(texts.card_do(), [advice(texts)]),
        part(texts.tips_label(), [links("tip", "service.tips")]),
        part(texts.service_ports_title(), ports(texts)),
        part(texts.service_told_title(), told(texts)),
        part(texts.service_router_title(), router(desk)),
        part(texts.card_sources(), [sources()]),
        ways_on(desk, Route::NotFound),
    ])
}

fn part(title: &str, words: impl IntoIterator<Item = Html>) -> Html {
    element("section", "").holding([say("h2", "", title), words.into_iter().collect()])
}

/// How soon something has to be done, and why.
fn urgency(texts: &Texts) -> Html {
    element("section", &format!("service__urgency {}", word("service.severity"))).holding([
        say("h2", "", texts.service_open_means()),
        badges("service", texts).into_iter().collect(),
        say("p", "", word("service.risk")),
    ])
}

fn advice(texts: &Texts) -> Html {
    let readers = [
        ("me", texts.reader_employee(), "service.employee"),
        ("boss", texts.reader_boss(), "service.boss"),
        ("it", texts.reader_it(), "service.it"),
    ];
    let readers = readers.map(|(key, reader, words)| {
        element("div", &format!("advice__reader advice__reader--{key}"))
            .key(key)
            .holding([say("dt", "", reader), say("dd", "", word(words))])
    });
    element("dl", "advice").holding(readers)
}

/// A list of links, each with a path and a title.
fn links(item: &str, list: &str) -> Html {
    let link = element("a", "")
        .with("href", &word(&format!("{item}.path")))
        .saying(&word(&format!("{item}.title")));
    element("ul", "tips-list").holding(for_each(item, list, [element("li", "").holding([link])]))
}

fn ports(texts: &Texts) -> Vec<Html> {
    let usual = say("p", "", word("service.ports"));
    let also = say("p", "", word("service.also"));
    let none = say("p", "", texts.service_ports_none());
    [
        if_set("service.ports", [usual]),
        if_not("service.ports", [none]),
        if_set("service.also", [also]),
        vec![say("p", "", word("service.used_by"))],
    ]
    .concat()
}

fn told(texts: &Texts) -> Vec<Html> {
    [
        if_set("service.recognisable", [say("p", "", texts.service_told_by_words())]),
        if_not("service.recognisable", [say("p", "", texts.service_told_by_number())]),
    ]
    .concat()
}

fn router(desk: &Desk) -> Vec<Html> {
    let general = link(
        desk,
        desk.page(Route::Article(Article::Router)),
        "",
        desk.texts.service_router_general().into(),
    );
    let special = if_set("service.router", [say("p", "", word("service.router"))]);
    [special, vec![element("p", "only-link").holding([general])]].concat()
}

fn sources() -> Html {
    let source = say("li", "", word("source"));
    element("ul", "").holding(for_each("source", "service.sources", [source]))
}
