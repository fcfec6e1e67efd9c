//! Passing the report on, forgetting it, beginning anew.

use super::{Desk, element, link, say};
use crate::net::check_path;
use crate::state::Action;
use klinke_shared::{CheckId, Route, Texts};
use yew::{Html, html};

/// Files for others, and the end. `kept` is how long the server keeps the report, in seconds.
pub fn passing_on(desk: &Desk, id: CheckId, kept: Option<u64>, forgetting: bool) -> Html {
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
        say("p", "passing-on__kept", kept.map_or_else(String::new, |kept| for_hours(kept, texts))),
        element("p", "passing-on__end")
            .holding([link(desk, desk.page(Route::Start), "button button--main", anew), forget]),
    ])
}

/// Rounded up: a report is never there for longer than is said.
fn for_hours(seconds: u64, texts: &Texts) -> String {
    let hours = seconds.div_ceil(3_600).max(1);
    texts.report_kept(usize::try_from(hours).unwrap_or(usize::MAX))
}

fn file(desk: &Desk, id: CheckId, format: &str, words: &str) -> Html {
    let language = desk.texts.language();
    let href = format!("{}?format={format}&lang={language}", check_path(id));
    let file = element("a", "button").with("href", &href).with("download", "").saying(words);
    element("li", "").key(format).holding([file])
}
