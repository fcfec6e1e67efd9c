//! What a report cannot say, in plain words.

use super::{Desk, link, say};
use klinke_shared::{Report, Route};
use yew::{Html, html};

/// The limits of this report, and the way to the page about all limits.
pub fn limits(desk: &Desk, report: &Report) -> Html {
    let texts = &desk.texts;
    html! {
        <section class="limits">
            { say("h2", "", texts.limits_title()) }
            <ul>{ for report.limits().iter().map(|limit| say("li", "", limit.text(texts))) }</ul>
            <p>{ link(desk, desk.page(Route::Limits), "", texts.limits_more().into()) }</p>
        </section>
    }
}
