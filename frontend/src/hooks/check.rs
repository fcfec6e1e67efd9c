//! Follows the stream of the check that the page shows, and tells the server to forget it.

use super::watched::{use_kept, use_watched};
use crate::net;
use crate::router;
use crate::state::{Action, State};
use crate::stream::Stream;
use klinke_shared::CheckId;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

/// Keeps a live check's stream open while the page shows it. Whoever saw it to its end is shown the top of the report,
/// and has the focus there once it is whole: until then the Tab key would lead out of the page.
#[hook]
pub fn use_check(state: &State, is_whole: bool, tell: &Callback<Action>) {
    let check = state.check_of_page();
    let live = check.filter(|check| check.is_live()).map(|check| (check.id, check.begun_here));
    let heard = tell.clone();
    use_kept(live, move || live.map(|(id, begun_here)| follow(id, begun_here, heard)));
    let forgotten = tell.clone();
    let forgetting = state.forgetting;
    use_watched(forgetting, move || {
        if let Some(id) = forgetting {
            spawn_local(async move { forgotten.emit(Action::Forgotten(net::forget(id).await)) });
        }
    });
    let seen_to_end = check.is_some_and(|check| check.watched) && state.shows_report();
    use_watched((seen_to_end, is_whole), move || {
        if let (true, Some(window)) = (seen_to_end, web_sys::window()) {
            if is_whole {
                router::focus(&window, "#verdict");
            } else {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    });
}

/// Follows the stream of a check, until what this returns is called.
pub(super) fn follow(id: CheckId, own: bool, tell: Callback<Action>) -> Box<dyn FnOnce()> {
    let stream = Stream::open(id, own, move |signal| tell.emit(Action::Heard(id, signal)));
    Box::new(move || drop(stream))
}
