//! Asks the server to begin a check, and counts the seconds until the next try.

use super::watched::{use_kept, use_watched};
use crate::net;
use crate::state::{Action, Start, State};
use gloo_timers::callback::Interval;
use klinke_shared::Route;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

const SECOND_MS: u32 = 1_000;

/// Does what the visitor agreed to. While the page is hidden or left, no second passes, so that a
/// forgotten tab does not ask for ever.
#[hook]
pub fn use_start(state: &State, tell: &Callback<Action>) {
    let asking = matches!(state.start, Start::Asking { .. }).then_some(state.start);
    let asking = asking.filter(|_| state.survey.has_addresses());
    let wish = asking.map(|_| state.survey.wish(&state.line, state.profile, state.language()));
    let answer = tell.clone();
    use_watched(asking, move || {
        let Some(wish) = wish else { return };
        spawn_local(async move {
            answer.emit(match net::begin(&wish).await {
                Ok(created) => Action::Created(created),
                Err(failure) => Action::Refused(failure),
            });
        });
    });
    let waiting = state.start.is_waiting() && state.page.route == Route::Start;
    let tell = tell.clone();
    use_kept(waiting, move || {
        if !waiting {
            return None;
        }
        let timer = Interval::new(SECOND_MS, move || {
            if is_visible() {
                tell.emit(Action::SecondPassed);
            }
        });
        Some(Box::new(move || drop(timer)))
    });
}

fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}
