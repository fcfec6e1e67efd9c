//! The head of every page: the mark, which leads to the start, and the change of language.

use super::{Desk, link, mark, say};
use klinke_shared::{Language, PageRoute, Route};
use yew::{Html, html};

/// The head of the page.
pub fn header(desk: &Desk, page: PageRoute) -> Html {
    let brand = html! {
        <>{ mark() }{ say("span", "brand__name", "Klinke") }</>
    };
    html! {
        <header class="header">
            { link(desk, desk.page(Route::Start), "brand", brand) }
            <nav class="languages" aria-label={desk.texts.language_switch().to_owned()}>
                { for Language::ALL.into_iter().map(|language| entry(desk, page, language)) }
            </nav>
        </header>
    }
}

fn entry(desk: &Desk, page: PageRoute, language: Language) -> Html {
    let to = page.in_language(language);
    let now = language == desk.texts.language();
    html! {
        <span key={language.code()} class="languages__slot">
            if now {
                <span class="languages__entry languages__entry--now" aria-current="true">
                    { language.own_name() }
                </span>
            } else {
                { link(desk, to, "languages__entry", language.own_name().into()) }
            }
        </span>
    }
}
