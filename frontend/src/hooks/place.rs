//! Keeps the browser's address, title and focus with the page that is shown.

use super::watched::{use_kept, use_watched};
use crate::router;
use crate::state::{Action, State};
use crate::title;
use klinke_shared::PageRoute;
use std::mem::replace;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::{Callback, hook, use_mut_ref};

/// Follows the state to the address, and the address (back, forward) to the state.
#[hook]
pub fn use_place(state: &State, is_whole: bool, tell: &Callback<Action>) {
    use_address(state.page);
    use_focus(state, is_whole);
    use_back_and_forward(tell);
    let title = title::of(state);
    use_watched(title.clone(), move || {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&title);
        }
    });
}

/// The address is written when the page has become another one, and at no other time: the visitor may go back or forward
/// while a page is still being drawn. What is new starts at its top.
#[hook]
fn use_address(page: PageRoute) {
    use_watched(page, move || {
        if let Some(window) = web_sys::window()
            && router::show(&window, page)
        {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}

/// The heading of a new page has the focus once the page is whole: until then it may not be there, and the Tab key would
/// lead out of the page. So has the report of a check that was watched to its end, which starts at its top, too. Whoever
/// has meanwhile led the focus elsewhere keeps it there. The very first page is left alone: the browser has put focus and
/// place where they belong. So is a change of language.
#[hook]
fn use_focus(state: &State, is_whole: bool) {
    let is_report =
        state.check_of_page().is_some_and(|check| check.watched) && state.shows_report();
    let shown = (state.page.route, is_report);
    let last = use_mut_ref(|| (shown, None, true));
    use_watched((shown, is_whole), move || {
        let Some(window) = web_sys::window() else { return };
        let (last, focused_then, has_focus) = &mut *last.borrow_mut();
        let focused = router::focused(&window);
        if replace(last, shown) != shown {
            focused_then.clone_from(&focused);
            *has_focus = false;
            if is_report {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
        if is_whole && !replace(has_focus, true) && (focused.is_none() || focused == *focused_then)
        {
            router::focus(&window, if is_report { "#verdict" } else { "h1" });
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
                tell.emit(Action::Gone(router::current(window)));
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
