//! A page with one message and one way on.

use super::{Desk, element, heading, link, say};
use klinke_shared::Route;
use yew::Html;

/// The message. The way on leads to the start page.
pub fn notice(desk: &Desk, title: &str, text: &str, way_on: &str) -> Html {
    let way_on = link(desk, desk.page(Route::Start), "button button--main", way_on.into());
    element("section", "message").holding([
        heading("", title),
        say("p", "lead", text),
        element("p", "").holding([way_on]),
    ])
}
