//! Keeps the browser's address, title and focus with the page that is shown.

use super::watched::{use_kept, use_watched};
use crate::router;
use crate::state::{Action, State};
use crate::title;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::{Callback, hook, use_mut_ref};

/// Follows the state to the address, and the address (back, forward) to the state.
#[hook]
pub fn use_place(state: &State, tell: &Callback<Action>) {
    use_address(state);
    use_back_and_forward(tell);
    let title = title::of(state);
    use_watched(title.clone(), move || {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&title);
        }
    });
}

/// A new page starts at its top with the focus on its heading. The very first page does not: the
/// browser has put both where they belong. A change of language leaves both alone.
#[hook]
fn use_address(state: &State) {
    let last = use_mut_ref(|| state.page.route);
    let page = state.page;
    use_watched(page, move || {
        let Some(window) = web_sys::window() else { return };
        let is_new = router::show(&window, page);
        if last.replace(page.route) != page.route {
            if is_new {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
            router::focus(&window, "h1");
        }
    });
}

#[hook]
fn use_back_and_forward(tell: &Callback<Action>) {
    let tell = tell.clone();
    use_kept((), move || {
        let window = web_sys::window();
        let there = window.clone();
        let moved = Closure::<dyn FnMut()>::new(move || {
            if let Some(window) = &there {
                tell.emit(Action::Go(router::current(window)));
            }
        });
        if let Some(window) = &window {
            let _ =
                window.add_event_listener_with_callback("popstate", moved.as_ref().unchecked_ref());
        }
        Some(Box::new(move || {
            if let Some(window) = window {
                let function = moved.as_ref().unchecked_ref();
                let _ = window.remove_event_listener_with_callback("popstate", function);
            }
        }))
    });
}
