//! Has a long page drawn in several goes.

use super::A_PICTURE_MS;
use super::watched::use_kept;
use crate::state::{Action, State};
use gloo_timers::callback::Timeout;
use yew::{Callback, hook};

/// Makes room for more as long as the page is not whole. Of a page that is not settled nobody sees anything yet.
#[hook]
pub fn use_drawing(state: &State, is_whole: bool, tell: &Callback<Action>) {
    let go = (state.is_settled() && state.room < i32::MAX).then_some((state.room, is_whole));
    let drawn = Action::Drawn { happened: state.happened, is_whole };
    let tell = tell.clone();
    use_kept(go, move || {
        go?;
        let later = Timeout::new(A_PICTURE_MS, move || tell.emit(drawn));
        Some(Box::new(move || drop(later)))
    });
}
