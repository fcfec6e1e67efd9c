//! A page with one message and one way on.

use super::{Desk, heading, link, say};
use klinke_shared::Route;
use yew::{Html, html};

/// The message. The way on leads to the start page.
pub fn notice(desk: &Desk, title: &str, text: &str, way_on: &str) -> Html {
    html! {
        <section class="message">
            { heading("", title) }
            { say("p", "lead", text) }
            <p>{ link(desk, desk.page(Route::Start), "button button--main", way_on.into()) }</p>
        </section>
    }
}
