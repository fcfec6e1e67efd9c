//! The list of all services, by how urgent each would be if it were open: to look up, to search and to
//! choose from. A template: the server fills in those that the visitor asks for.

use super::template::{for_each, if_set, selected_if, word};
use super::ways_on;
use crate::components::{Desk, badge, element, heading, say};
use klinke_shared::{Route, Severity, Texts, UsedBy};
use yew::Html;

/// The page.
pub(super) fn page(desk: &Desk) -> Html {
    let texts = &desk.texts;
    let none = if_set("services.none", [say("p", "", texts.services_none())]);
    let count = if_set("filter.set", [say("p", "", word("services.count"))]);
    element("div", "page services").key("services").holding([
        heading("", texts.services_title()),
        say("p", "lead", texts.services_lead()),
        choice(desk),
        element("div", "services__count").holding([count, none].concat()),
        element("div", "services__groups").holding(
            Severity::WORST_FIRST
                .into_iter()
                .flat_map(|severity| group(severity, texts))
                .collect::<Vec<_>>(),
        ),
        ways_on(desk, Route::Services),
    ])
}

/// The services of one severity under its heading, if there are any.
fn group(severity: Severity, texts: &Texts) -> Vec<Html> {
    let list = format!("services.{}", severity.as_str());
    let rows = for_each("row", &list, [row()]);
    let group = element("section", &format!("services__group {}", severity.as_str())).holding([
        element("h2", "").holding([badge(severity, severity.label(texts))]),
        element("ul", "").holding(rows),
    ]);
    if_set(&list, [group])
}

fn row() -> Html {
    element("li", "services__row").holding([
        element("a", "services__name").with("href", &word("row.path")).saying(&word("row.name")),
        say("span", "services__doors", word("row.doors")),
        say("span", "services__users", word("row.used_by")),
    ])
}

/// A plain form, which works without any script.
fn choice(desk: &Desk) -> Html {
    let texts = &desk.texts;
    let search = element("input", "")
        .with("type", "search")
        .with("name", "q")
        .with("value", &word("filter.words"))
        .with("autocomplete", "off")
        .holding([]);
    let severities = Severity::WORST_FIRST.map(|one| (one.as_str(), one.label(texts)));
    let users = UsedBy::ALL.map(|one| (one.as_str(), one.label(texts)));
    let button = element("button", "button").with("type", "submit").saying(texts.services_show());
    element("form", "services__choice")
        .with("role", "search")
        .with("method", "get")
        .with("action", &desk.page(Route::Services).to_string())
        .holding([
            labelled(texts.services_search(), search),
            labelled(texts.services_severity(), select("severity", texts, &severities)),
            labelled(texts.services_used_by(), select("used_by", texts, &users)),
            button,
        ])
}

fn labelled(words: &str, field: Html) -> Html {
    element("label", "").holding([say("span", "", words), field])
}

fn select(name: &str, texts: &Texts, choices: &[(&str, &str)]) -> Html {
    let any = element("option", "").with("value", "").saying(texts.services_any());
    let choice = |(value, words): &(&str, &str)| {
        let option = element("option", "").with("value", value);
        selected_if(option, &format!("filter.{name}.{value}")).saying(words)
    };
    let options = std::iter::once(any).chain(choices.iter().map(choice));
    element("select", "").with("name", name).holding(options.collect::<Vec<_>>())
}
