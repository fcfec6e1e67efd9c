//! A page that explains something.

use super::prose::Prose;
use super::{library, picture, way, ways_on};
use crate::components::{Desk, element, heading};
use klinke_shared::library::Article;
use klinke_shared::{Route, Tip};
use yew::Html;

/// The page.
pub(super) fn page(desk: &Desk, article: Article) -> Html {
    let texts = library(&desk.texts).article(article);
    let mut prose = Prose::new(desk.texts.language());
    let lead = prose.element("p", "lead", &texts.lead);
    let sections: Vec<Html> = texts
        .sections
        .iter()
        .map(|section| prose.section(&section.title, &section.text, &section.list))
        .collect();
    element("article", "page prose").key(article.name()).holding([
        heading("", &texts.title),
        lead,
        beside(desk, article),
        sections.into_iter().collect(),
        ways_on(desk, Route::Article(article)),
    ])
}

/// What stands on some pages besides words.
fn beside(desk: &Desk, article: Article) -> Html {
    match article {
        Article::OpenPorts => picture::doors(&desk.texts),
        Article::Tips => tips(desk),
        _ => Html::default(),
    }
}

fn tips(desk: &Desk) -> Html {
    let tips = Tip::ALL.map(|tip| way(desk, Route::Tip(tip), tip.title(&desk.texts)));
    element("ol", "tips-list").holding(tips)
}
