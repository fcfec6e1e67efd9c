//! The start page: what will be checked, the consent, the one button, and how it works.

use crate::components::{
    Desk, address, consent, element, heading, line, profile_choice, say, unscripted,
};
use crate::state::State;
use klinke_shared::Texts;
use yew::Html;

/// The start page.
pub fn start_page(desk: &Desk, state: &State, is_unscripted: bool) -> Html {
    let texts = &desk.texts;
    element("div", "page start").key("start").holding([
        element("div", "start__head").holding([
            heading("", texts.start_title()),
            say("p", "lead", texts.start_lead()),
            say("p", "start__own", own_sentence(state)),
            hallway(),
        ]),
        unscripted(texts, is_unscripted),
        element("section", "start__card").with("aria-labelledby", "address-label").holding([
            address(desk, &state.line, &state.survey),
            line(desk, &state.line, &state.survey),
            consent(desk, &state.line, &state.survey, state.start),
            profile_choice(desk, state.site.as_deref(), state.profile),
        ]),
        how(texts),
    ])
}

/// What the operator says; where that is nothing, the styles hide its place.
fn own_sentence(state: &State) -> &str {
    state.site.as_ref().map_or("", |site| site.operator.sentence(state.language()))
}

const SHUT: &str = "door door--closed";

/// A picture for the eye only: some doors, one of them ajar.
fn hallway() -> Html {
    let doors = [SHUT, SHUT, "door door--open", SHUT];
    element("div", "hallway")
        .with("aria-hidden", "true")
        .holding(doors.map(|look| say("span", look, "")))
}

fn how(texts: &Texts) -> Html {
    let steps = [
        (texts.how_knock_title(), texts.how_knock()),
        (texts.how_judge_title(), texts.how_judge()),
        (texts.how_act_title(), texts.how_act()),
    ];
    let steps = steps
        .map(|(title, text)| element("li", "").holding([say("h3", "", title), say("p", "", text)]));
    element("section", "how")
        .holding([say("h2", "", texts.how_title()), element("ol", "").holding(steps)])
}
