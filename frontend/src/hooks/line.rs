//! Asks who runs this server and which address the visitor comes from.

use crate::net;
use crate::state::{Action, Line, Start, State};
use klinke_shared::Route;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with};

/// Keeps the operator and the visitor's line known: the operator once, the line when the start
/// page wants it or the proof has become too old.
#[hook]
pub fn use_line(state: &State, tell: &Callback<Action>) {
    let site = tell.clone();
    use_effect_with((), move |()| {
        spawn_local(async move {
            if let Ok(answer) = net::site().await {
                site.emit(Action::Site(Box::new(answer)));
            }
        });
    });
    let on_start_page = state.page.route == Route::Start && state.line == Line::Asked;
    let wanted = on_start_page || state.start == Start::Renewing;
    let line = tell.clone();
    use_effect_with(wanted, move |wanted| {
        if *wanted {
            spawn_local(async move { line.emit(Action::Line(net::visitor().await)) });
        }
    });
}
