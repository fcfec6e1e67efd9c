//! Follows the stream of the check that the page shows, and tells the server to forget it.

use super::watched::{use_kept, use_watched};
use crate::net;
use crate::state::{Action, State};
use crate::stream::Stream;
use klinke_shared::CheckId;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

/// Keeps a live check's stream open while the page shows it.
#[hook]
pub fn use_check(state: &State, tell: &Callback<Action>) {
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
}

/// Follows the stream of a check, until what this returns is called.
pub(super) fn follow(id: CheckId, own: bool, tell: Callback<Action>) -> Box<dyn FnOnce()> {
    let stream = Stream::open(id, own, move |signal| tell.emit(Action::Heard(id, signal)));
    Box::new(move || drop(stream))
}
