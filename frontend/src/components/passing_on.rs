//! Passing the report on, forgetting it, beginning anew.

use super::{Desk, element, link, say};
use crate::net::check_path;
use crate::state::Action;
use klinke_shared::{CheckId, Route};
use yew::{Html, html};

/// Files for others, and the end.
pub fn passing_on(desk: &Desk, id: CheckId, forgetting: bool) -> Html {
    let texts = &desk.texts;
    let anew = texts.check_new().into();
    let forget = html! {
        <button class="button button--quiet" type="button" onclick={desk.on(|| Action::Forget)}
            aria-disabled={forgetting.to_string()}>{ texts.report_forget() }</button>
    };
    element("section", "passing-on").holding([
        say("h2", "", texts.report_share_title()),
        say("p", "", texts.report_share_text()),
        element("ul", "passing-on__files").holding([
            file(desk, id, "text", texts.report_as_text()),
            file(desk, id, "csv", texts.report_as_csv()),
            file(desk, id, "json", texts.report_as_json()),
        ]),
        element("p", "passing-on__end")
            .holding([link(desk, desk.page(Route::Start), "button button--main", anew), forget]),
    ])
}

fn file(desk: &Desk, id: CheckId, format: &str, words: &str) -> Html {
    let language = desk.texts.language();
    let href = format!("{}?format={format}&lang={language}", check_path(id));
    let file = element("a", "button").with("href", &href).with("download", "").saying(words);
    element("li", "").key(format).holding([file])
}
