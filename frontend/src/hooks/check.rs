//! Follows the stream of the check that the page shows, and tells the server to forget it.

use crate::net;
use crate::router;
use crate::state::{Action, Phase, State};
use crate::stream::Stream;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with};

/// Keeps a live check's stream open while the page shows it.
#[hook]
pub fn use_check(state: &State, tell: &Callback<Action>) {
    let check = state.check_of_page();
    let live = check.filter(|check| check.is_live()).map(|check| (check.id, check.begun_here));
    let heard = tell.clone();
    use_effect_with(live, move |live| {
        let stream = live.map(|(id, begun_here)| {
            Stream::open(id, begun_here, move |signal| heard.emit(Action::Heard(id, signal)))
        });
        move || drop(stream)
    });
    let forgetting = check.filter(|check| matches!(check.phase, Phase::Forgetting(_)));
    let forgotten = tell.clone();
    use_effect_with(forgetting.map(|check| check.id), move |id| {
        if let Some(id) = *id {
            spawn_local(async move { forgotten.emit(Action::Forgotten(net::forget(id).await)) });
        }
    });
    let seen_to_end = check.is_some_and(|check| check.watched) && state.has_words_for_report();
    use_effect_with(seen_to_end, move |seen_to_end| {
        if let (true, Some(window)) = (*seen_to_end, web_sys::window()) {
            window.scroll_to_with_x_and_y(0.0, 0.0);
            router::focus(&window, "#verdict");
        }
    });
}
