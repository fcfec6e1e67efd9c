//! Passing the report on, forgetting it, beginning anew.

use super::{Button, Desk, element, link, say};
use crate::net::check_path;
use crate::state::{Action, PassOn, State};
use klinke_shared::{CheckId, Route, Texts};
use yew::Html;

/// Ways and files for others, and the end.
pub fn passing_on(desk: &Desk, page: &State, id: CheckId) -> Html {
    let texts = &desk.texts;
    let anew = texts.check_new().into();
    let kept = page.site.as_ref().map(|site| for_hours(site.kept_seconds, texts));
    let forget = forget(desk, texts.report_forget(), page);
    element("section", "passing-on").holding([
        say("h2", "", texts.report_share_title()),
        say("p", "", texts.report_share_text()),
        element("ul", "passing-on__files").holding([
            way(desk, PassOn::Mail, texts.report_mail(), false),
            way(desk, PassOn::Share, texts.report_pass_on(), !page.can_share),
            way(desk, PassOn::Print, texts.report_print(), false),
            file(desk, id, "text", texts.report_as_text()),
            file(desk, id, "csv", texts.report_as_csv()),
            file(desk, id, "json", texts.report_as_json()),
            file(desk, id, "ics", texts.report_as_calendar()),
        ]),
        whole_address(texts.report_whole_address()),
        say("p", "passing-on__kept", kept.unwrap_or_default()),
        element("p", "passing-on__end")
            .holding([link(desk, desk.page(Route::Start), "button button--main", anew), forget]),
    ])
}

/// The button that ends a check and all that is known of it: one that runs is given up, the report of one that is
/// over is deleted.
pub fn forget(desk: &Desk, words: &str, page: &State) -> Html {
    Button::new("button button--quiet", words)
        .busy(page.forgetting.is_some())
        .telling(desk.on(|| Action::Forget))
}

/// The styles for paper look at it; nobody else has to know.
fn whole_address(words: &str) -> Html {
    let tick = element("input", "").with("type", "checkbox").with("id", "whole-address");
    element("label", "passing-on__whole").holding([tick.holding([]), say("span", "", words)])
}

fn way(desk: &Desk, way: PassOn, words: &str, hidden: bool) -> Html {
    let button = Button::new("button", words).telling(desk.on(move || Action::PassOn(way)));
    element("li", "").hidden(hidden).holding([button])
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
    element("li", "").holding([file])
}
