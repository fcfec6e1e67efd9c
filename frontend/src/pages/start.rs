//! The start page: what will be checked, the consent, the one button, and how it works.

use crate::components::{Desk, address, consent, heading, profile_choice, say, unscripted};
use crate::state::State;
use klinke_shared::Texts;
use yew::{Html, html};

/// The start page.
pub fn start_page(desk: &Desk, state: &State, is_unscripted: bool) -> Html {
    let texts = &desk.texts;
    html! {
        <div key="start" class="page start">
            <div class="start__head">
                { heading("", texts.start_title()) }
                { say("p", "lead", texts.start_lead()) }
                { hallway() }
            </div>
            { unscripted(texts, is_unscripted) }
            <section class="start__card" aria-labelledby="address-label">
                { address(desk, &state.line) }
                { consent(desk, &state.line, state.start) }
                { profile_choice(desk, state.site.as_deref(), state.profile) }
            </section>
            { how(texts) }
        </div>
    }
}

const SHUT: &str = "door door--closed";

/// A picture for the eye only: some doors, one of them ajar.
fn hallway() -> Html {
    let doors = [SHUT, SHUT, "door door--open", SHUT];
    html! {
        <div class="hallway" aria-hidden="true">
            { for doors.into_iter().map(|look| say("span", look, "")) }
        </div>
    }
}

fn how(texts: &Texts) -> Html {
    let steps = [
        (texts.how_knock_title(), texts.how_knock()),
        (texts.how_judge_title(), texts.how_judge()),
        (texts.how_act_title(), texts.how_act()),
    ];
    html! {
        <section class="how">
            { say("h2", "", texts.how_title()) }
            <ol>
                { for steps.into_iter().map(|(title, text)| html! {
                    <li>{ say("h3", "", title) }{ say("p", "", text) }</li>
                }) }
            </ol>
        </section>
    }
}
