//! What the page does besides drawing: each hook watches one part of the state, does one thing in
//! the browser or at the server, and tells the reducer what came of it. Hooks draw nothing.

mod again;
mod check;
mod drawing;
mod entrance;
mod line;
mod passing_on;
mod place;
mod start;
mod watched;
mod words;

pub use again::use_again;
pub use check::use_check;
pub use drawing::use_drawing;
pub use entrance::use_entrance;
pub use line::use_line;
pub use passing_on::use_passing_on;
pub use place::use_place;
pub use start::use_start;
pub use words::use_words;

use crate::state::{Action, State};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::{Callback, Reducible, UseReducerHandle, hook, use_callback, use_reducer};

/// In so many milliseconds the browser draws a picture and hears the visitor.
const A_PICTURE_MS: u32 = 16;

/// The page's state as Yew's reducer wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Page(pub State);

impl Reducible for Page {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.clone().reduce(action)))
    }
}

/// The state and the way to change it. What draws the whole page anew waits for a picture: in that, what the visitor
/// pressed looks pressed.
#[hook]
pub fn use_state_of_page(first: &Rc<State>) -> (UseReducerHandle<Page>, Callback<Action>) {
    let first = Rc::clone(first);
    let page = use_reducer(move || Page((*first).clone()));
    let dispatcher = page.dispatcher();
    let tell = use_callback((), move |action, ()| {
        let is_long = matches!(action, Action::Go(_) | Action::ReadAs(_));
        let dispatcher = dispatcher.clone();
        let dispatch = move || dispatcher.dispatch(action);
        if is_long {
            drop(Timeout::new(A_PICTURE_MS, dispatch).forget());
        } else {
            dispatch();
        }
    });
    (page, tell)
}
