//! The head of every page: the mark, which leads to the start, the operator's logo beside it, the ways to
//! what there is to read, and the change of language.

use super::{Desk, element, link, mark, say};
use klinke_shared::api::Operator;
use klinke_shared::{Article, Language, Route};
use yew::Html;

/// The head of the page.
pub fn header(desk: &Desk, operator: &Operator) -> Html {
    let brand = [mark(), say("span", "brand__name", "Klinke")].into_iter().collect();
    let languages = Language::ALL.map(|language| entry(desk, language));
    element("header", "header").holding([
        link(desk, desk.page(Route::Start), "brand", brand),
        logo(operator),
        element("nav", "ways").with("aria-label", desk.texts.header_ways()).holding([
            way(desk, Route::Article(Article::Knowledge), desk.texts.header_knowledge()),
            way(desk, Route::Services, desk.texts.header_services()),
        ]),
        element("nav", "languages")
            .with("aria-label", desk.texts.language_switch())
            .holding(languages),
    ])
}

/// One that is not set leads nowhere and is hidden by the styles, as in the foot.
fn logo(operator: &Operator) -> Html {
    element("img", "logo").with("alt", &operator.name).with("src", &operator.logo).holding([])
}

fn way(desk: &Desk, route: Route, words: &str) -> Html {
    link(desk, desk.page(route), "ways__way", words.into())
}

fn entry(desk: &Desk, language: Language) -> Html {
    let to = desk.here.in_language(language);
    element("span", "languages__slot").holding([link(
        desk,
        to,
        "languages__entry",
        language.own_name().into(),
    )])
}
