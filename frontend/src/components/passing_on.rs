//! Passing the report on, forgetting it, beginning anew.

use super::{Desk, link, say};
use crate::net::check_path;
use crate::state::Action;
use klinke_shared::{CheckId, Route};
use yew::{Html, html};

/// Files for others, and the end.
pub fn passing_on(desk: &Desk, id: CheckId, forgetting: bool) -> Html {
    let texts = &desk.texts;
    html! {
        <section class="passing-on">
            { say("h2", "", texts.report_share_title()) }
            { say("p", "", texts.report_share_text()) }
            <ul class="passing-on__files">
                { file(desk, id, "text", texts.report_as_text()) }
                { file(desk, id, "csv", texts.report_as_csv()) }
                { file(desk, id, "json", texts.report_as_json()) }
            </ul>
            <p class="passing-on__end">
                { link(desk, desk.page(Route::Start), "button button--main", texts.check_new().into()) }
                <button class="button button--quiet" type="button" onclick={desk.on(Action::Forget)}
                    aria-disabled={forgetting.to_string()}>{ texts.report_forget() }</button>
            </p>
        </section>
    }
}

fn file(desk: &Desk, id: CheckId, format: &'static str, words: &str) -> Html {
    let language = desk.texts.language();
    let href = format!("{}?format={format}&lang={language}", check_path(id));
    html! {
        <li key={format}><a class="button" {href} download="">{ words }</a></li>
    }
}
