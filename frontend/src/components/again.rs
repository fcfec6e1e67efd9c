//! Asking one door again after a fix, and what has become of it.

use super::{Button, Desk, element, state_words};
use crate::state::{Action, AgainPhase, Agains};
use klinke_shared::{Port, State};
use yew::Html;

/// The button, and beside it what came of it.
pub fn again(desk: &Desk, agains: &Agains, port: Port) -> Html {
    let texts = &desk.texts;
    let words = match agains.of(port) {
        None => texts.again_hint().to_owned(),
        Some(AgainPhase::Asking | AgainPhase::Running(_)) => texts.again_running().to_owned(),
        Some(AgainPhase::Done(state)) => {
            let now = state_words(Some(state.unwrap_or(State::NotTested)), texts);
            texts.again_result(texts.state_open(), now)
        }
        Some(AgainPhase::Failed(failure)) => failure.sentence(texts).to_owned(),
    };
    let look = match agains.seen(port) {
        Some(State::Closed | State::Filtered) => "again green",
        _ => "again grey",
    };
    let button = Button::new("button", texts.again_button())
        .busy(agains.is_busy())
        .telling(desk.on(move || Action::CheckAgain(port)));
    element("div", look)
        .holding([button, element("p", "again__words").with("role", "status").saying(&words)])
}
