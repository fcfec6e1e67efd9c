//! Says when the page has something to show that the server has not written already.

use super::watched::use_watched;
use crate::state::State;
use klinke_shared::Route;
use yew::{Callback, hook};

/// Calls once the page shows all that the server wrote: of a check that is the top, of others the whole. The first
/// of the hooks, because others look for what is drawn.
#[hook]
pub fn use_entrance(state: &State, is_whole: bool, enter: &Callback<()>) {
    let is_check = matches!(state.page.route, Route::Check(_));
    let shows_enough = state.is_settled() && (is_whole || is_check && state.room > 0);
    let enter = enter.clone();
    use_watched(shows_enough, move || {
        if shows_enough {
            enter.emit(());
        }
    });
}
