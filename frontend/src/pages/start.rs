//! The start page: what will be checked, the consent, the one button, and how it works.

use crate::components::{
    Desk, address, consent, door, element, heading, line, link, profile_choice, roof, say,
    unscripted,
};
use crate::state::State as Page;
use klinke_shared::{CheckId, Route, State};
use yew::Html;

/// What each of the longer parts weighs, see [`Desk::has_room`].
const PART: i32 = 12;

/// The start page.
pub fn start_page(desk: &Desk, state: &Page, is_unscripted: bool) -> Html {
    let texts = &desk.texts;
    element("div", "page start").key("start").holding([
        desk.part(PART, &|| {
            element("div", "start__head").holding([
                heading("", texts.start_title()),
                say("p", "lead", texts.start_lead()),
                say("p", "start__own", own_sentence(state)),
                picture(),
            ])
        }),
        unscripted(texts, is_unscripted, false),
        element("section", "start__card").with("aria-labelledby", "address-label").holding([
            desk.part(PART / 2, &|| address(desk, &state.line, &state.survey)),
            desk.part(PART / 2, &|| line(desk, &state.line, &state.survey)),
            desk.part(PART, &|| consent(desk, &state.line, &state.survey, state.start)),
            desk.part(PART, &|| profile_choice(desk, state.site.as_deref(), state.profile)),
        ]),
        desk.part(PART, &|| how(desk)),
    ])
}

/// What the operator says; where that is nothing, the styles hide its place.
fn own_sentence(state: &Page) -> &str {
    state.site.as_ref().map_or("", |site| site.operator.sentence(state.language()))
}

/// A picture for the eye only: a house with a door ajar, and a hand at another.
fn picture() -> Html {
    const DOORS: [Option<State>; 10] = {
        let (shut, silent) = (Some(State::Closed), Some(State::Filtered));
        [shut, shut, silent, shut, shut, shut, Some(State::Open), shut, None, silent]
    };
    /// At which of them the hand is.
    const TRIED: usize = 7;
    let doors = DOORS.into_iter().enumerate().map(|(place, state)| {
        let open = if state == Some(State::Open) { " door--open" } else { "" };
        let tried = if place == TRIED { " door--tried" } else { "" };
        element("span", &["door", open, tried].concat()).holding([door(state)])
    });
    let doors: Vec<Html> = doors.collect();
    element("div", "house house--picture")
        .with("aria-hidden", "true")
        .holding([roof(), element("div", "house__flats").holding(doors)])
}

fn how(desk: &Desk) -> Html {
    let texts = &desk.texts;
    let sample = desk.page(Route::Check(CheckId::SAMPLE));
    let steps = [
        (texts.how_knock_title(), texts.how_knock()),
        (texts.how_judge_title(), texts.how_judge()),
        (texts.how_act_title(), texts.how_act()),
    ];
    let steps = steps
        .map(|(title, text)| element("li", "").holding([say("h3", "", title), say("p", "", text)]));
    element("section", "how").holding([
        say("h2", "", texts.how_title()),
        element("ol", "").holding(steps),
        element("p", "").holding([link(desk, sample, "", texts.sample_title().into())]),
    ])
}
