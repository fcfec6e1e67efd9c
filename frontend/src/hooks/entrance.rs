//! Says when the page has something to show that the server has not written already.

use super::watched::use_watched;
use crate::state::State;
use yew::{Callback, hook};

/// Calls once the page is settled. The first of the hooks, because others look for what is drawn.
#[hook]
pub fn use_entrance(state: &State, enter: &Callback<()>) {
    let settled = state.is_settled();
    let enter = enter.clone();
    use_watched(settled, move || {
        if settled {
            enter.emit(());
        }
    });
}
