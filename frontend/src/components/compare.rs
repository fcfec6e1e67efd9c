//! Before and after: this report beside an earlier one, which the visitor has as a file.

use super::{Desk, chart, element, say};
use crate::file;
use crate::state::State;
use klinke_shared::{Comparison, Finding, Report, Texts, date};
use web_sys::Event;
use yew::{Callback, Html, html};

const MS_A_SECOND: u64 = 1_000;

/// The choice of the file, and what it shows. A browser takes a file that is dropped on the choice.
pub fn compare(desk: &Desk, page: &State, now: &Report) -> Html {
    let texts = &desk.texts;
    let tell = desk.tell.clone();
    let chosen = Callback::from(move |event: Event| file::read(&event, tell.clone()));
    let input = html! {
        <input id="earlier" type="file" accept=".json,application/json" onchange={chosen} />
    };
    let earlier = page.earlier.as_ref();
    let unreadable = if earlier == Some(&None) { texts.compare_unreadable() } else { "" };
    let result = earlier.and_then(Option::as_deref).map(|before| result(texts, before, now));
    element("section", "compare").holding([
        say("h2", "", texts.compare_title()),
        element("label", "").with("for", "earlier").saying(texts.compare_text()),
        input,
        element("p", "compare__unreadable").with("role", "status").saying(unreadable),
        element("div", "compare__result")
            .with("aria-live", "polite")
            .holding(Vec::from_iter(result)),
    ])
}

fn result(texts: &Texts, before: &Report, now: &Report) -> Html {
    let Comparison { shut, new, still, unknown, elsewhere } = Comparison::of(before, now);
    let day = date(before.started_ms / MS_A_SECOND, texts);
    let nothing = [&shut, &new, &still, &unknown].into_iter().all(Vec::is_empty);
    let told = |class: &'static str, doors: &[Finding], words: String| {
        let names: Vec<&str> =
            doors.iter().map(|door| texts.service(door.service).name.as_str()).collect();
        element("li", class)
            .hidden(doors.is_empty())
            .holding([say("strong", "", words), say("span", "", names.join(", "))])
    };
    let side = |words: &str, report: &Report| {
        element("div", "compare__side").holding([say("span", "", words), chart(report)])
    };
    element("div", "").holding([
        side(&texts.compare_before(&day), before),
        side(texts.compare_now(), now),
        element("p", "").hidden(!elsewhere).saying(texts.compare_elsewhere()),
        element("p", "").hidden(!nothing).saying(texts.compare_nothing()),
        element("ul", "compare__doors").holding([
            told("green", &shut, texts.compare_shut(shut.len())),
            told("red", &new, texts.compare_new(new.len())),
            told("yellow", &still, texts.compare_still(still.len())),
            told("grey", &unknown, texts.compare_unknown(unknown.len())),
        ]),
    ])
}
