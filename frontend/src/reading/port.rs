//! The page of a number at which several services are usual, or none that Klinke knows. A template,
//! which the server fills; where one service is usual, it leads to the page of that service.

use super::template::{badges, for_each, if_not, if_set, word};
use super::ways_on;
use crate::components::{Desk, element, heading, say};
use klinke_shared::{Route, Texts};
use yew::Html;

/// The page.
pub(super) fn page(desk: &Desk) -> Html {
    let texts = &desk.texts;
    element("article", "page prose port").key("port").holding([
        heading("", &word("port.title")),
        element("div", "").holding(if_set(
            "port.services",
            [
                say("p", "lead", texts.port_lead()),
                element("ul", "port__services").holding(services(texts)),
            ],
        )),
        element("div", "").holding(if_not("port.services", unknown(desk))),
        ways_on(desk, Route::NotFound),
    ])
}

fn services(texts: &Texts) -> Vec<Html> {
    let link = element("a", "").with("href", &word("service.path")).saying(&word("service.name"));
    let entry = element("li", &word("service.severity")).holding([
        element("h2", "").holding([link]),
        say("p", "", word("service.purpose")),
        element("div", "").holding(badges("service", texts)),
    ]);
    for_each("service", "port.services", [entry])
}

fn unknown(desk: &Desk) -> Vec<Html> {
    let texts = &desk.texts;
    let words = texts.service(None);
    let part = |title: &str, words: &str| {
        element("section", "").holding([say("h2", "", title), say("p", "", words)])
    };
    vec![
        say("p", "lead", &words.purpose),
        part(texts.card_risk(), &words.risk),
        part(texts.card_fine(), &words.fine),
        part(texts.reader_employee(), &words.employee),
        part(texts.reader_boss(), &words.boss),
        part(texts.reader_it(), &words.it),
    ]
}
