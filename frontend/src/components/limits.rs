//! What a report cannot say, in plain words.

use super::{Desk, element, link, say};
use klinke_shared::{Article, Report, Route};
use yew::Html;

/// The limits of this report, and the way to the page about all limits.
pub fn limits(desk: &Desk, report: &Report) -> Html {
    let texts = &desk.texts;
    let list: Vec<Html> =
        report.limits().iter().map(|limit| say("li", "", limit.text(texts))).collect();
    let more =
        link(desk, desk.page(Route::Article(Article::Limits)), "", texts.limits_more().into());
    let reading =
        link(desk, desk.page(Route::Article(Article::Reading)), "", texts.report_reading().into());
    element("section", "limits").holding([
        say("h2", "", texts.limits_title()),
        element("ul", "").holding(list),
        element("ul", "limits__more")
            .holding([element("li", "").holding([more]), element("li", "").holding([reading])]),
    ])
}
