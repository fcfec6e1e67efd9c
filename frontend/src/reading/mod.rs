//! The pages that are only to be read: what ports are, the tips, the words, and one for every service
//! and every number. The build writes them; the page's program never draws one, so none of their words
//! is loaded with it. Pages of services and numbers are templates: the server fills in the words of its
//! own catalogue, to which an operator may have added.

mod article;
mod glossary;
mod picture;
mod port;
mod prose;
mod service;
mod services;
mod template;
mod tip;
mod verdict;

pub use template::{SELECTED_IF, word};
pub use verdict::{verdict_or, where_verdict};

use crate::components::{Desk, element, link, say};
use klinke_shared::library::{Article, Library};
use klinke_shared::{CheckId, Language, PageRoute, Route, Texts};
use yew::Html;

/// The page.
pub fn page(desk: &Desk, route: Route) -> Html {
    match route {
        Route::Article(article) => article::page(desk, article),
        Route::Tip(tip) => tip::page(desk, tip),
        Route::Glossary => glossary::page(desk),
        Route::Port(_) => port::page(desk),
        Route::Services => services::page(desk),
        _ => service::page(desk),
    }
}

/// What search engines show of it.
#[must_use]
pub fn description(route: Route, texts: &Texts) -> String {
    match route {
        Route::Article(article) => library(texts).article(article).description.clone(),
        Route::Tip(tip) => library(texts).tip(tip).description.clone(),
        Route::Glossary => texts.glossary_lead().to_owned(),
        Route::Services => texts.services_lead().to_owned(),
        Route::Port(_) => word("port.description"),
        Route::Service(_) => word("service.description"),
        Route::Check(CheckId::SAMPLE) => texts.sample_description().to_owned(),
        _ => texts.site_description().to_owned(),
    }
}

fn library(texts: &Texts) -> &'static Library {
    Library::of(texts.language())
}

/// The ways on from a page: to every other page, and to the check.
fn ways_on(desk: &Desk, here: Route) -> Html {
    let texts = &desk.texts;
    let articles = Article::ALL
        .iter()
        .map(|article| (Route::Article(*article), library(texts).article(*article).link.as_str()));
    let rest =
        [(Route::Services, texts.services_title()), (Route::Glossary, texts.glossary_title())];
    let ways = articles.chain(rest).filter(|(route, _)| *route != here);
    element("aside", "ways-on").with("aria-label", texts.reading_more()).holding([
        say("h2", "", texts.reading_more()),
        element("ul", "")
            .holding(ways.map(|(route, words)| way(desk, route, words)).collect::<Vec<_>>()),
        element("p", "").holding([link(
            desk,
            desk.page(Route::Start),
            "button button--main",
            texts.service_check_now().into(),
        )]),
    ])
}

fn way(desk: &Desk, route: Route, words: &str) -> Html {
    element("li", "").key(words).holding([link(desk, desk.page(route), "", words.into())])
}

/// The path of a page in a language.
fn path(language: Language, route: Route) -> String {
    PageRoute { language, route }.to_string()
}
