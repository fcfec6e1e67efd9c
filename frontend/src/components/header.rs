//! The head of every page: the mark, which leads to the start, the operator's logo beside it, the ways to
//! what there is to read, and the change of language.

use super::{Desk, element, link, mark, say};
use klinke_shared::api::Operator;
use klinke_shared::{Article, Language, PageRoute, Route};
use yew::Html;

/// The head of the page.
pub fn header(desk: &Desk, page: PageRoute, operator: &Operator) -> Html {
    let brand = [mark(), say("span", "brand__name", "Klinke")].into_iter().collect();
    let languages = Language::ALL.map(|language| entry(desk, page, language));
    element("header", "header").holding([
        link(desk, desk.page(Route::Start), "brand", brand),
        logo(operator),
        element("nav", "ways").with("aria-label", desk.texts.header_ways()).holding([
            way(desk, page, Route::Article(Article::Knowledge), desk.texts.header_knowledge()),
            way(desk, page, Route::Services, desk.texts.header_services()),
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

fn way(desk: &Desk, page: PageRoute, route: Route, words: &str) -> Html {
    let way = if page.route == route {
        element("span", "ways__way ways__way--now").with("aria-current", "page").saying(words)
    } else {
        link(desk, desk.page(route), "ways__way", words.into())
    };
    element("span", "").key(words).holding([way])
}

fn entry(desk: &Desk, page: PageRoute, language: Language) -> Html {
    let to = page.in_language(language);
    let now = language == desk.texts.language();
    let entry = if now {
        element("span", "languages__entry languages__entry--now")
            .with("aria-current", "true")
            .saying(language.own_name())
    } else {
        link(desk, to, "languages__entry", language.own_name().into())
    };
    element("span", "languages__slot").key(language.code()).holding([entry])
}
