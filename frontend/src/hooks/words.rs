//! Fetches the words of the language that the visitor wants, each language once.

use crate::net;
use crate::state::{Action, State};
use klinke_shared::Texts;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with, use_mut_ref};

/// Keeps the words in the language of the page. When they cannot be had, the browser loads the
/// page anew, which brings its own words.
#[hook]
pub fn use_words(state: &State, tell: &Callback<Action>) {
    let shelf = use_mut_ref(Vec::<Rc<Texts>>::new);
    let wanted = state.page.language;
    let (now, tell) = (Rc::clone(&state.texts), tell.clone());
    let page = state.page.to_string();
    use_effect_with((wanted, now.language()), move |_| {
        shelf.borrow_mut().push(Rc::clone(&now));
        if now.language() == wanted {
            return;
        }
        let known = shelf.borrow().iter().find(|texts| texts.language() == wanted).cloned();
        if let Some(texts) = known {
            tell.emit(Action::Speak(texts));
            return;
        }
        spawn_local(async move {
            match (net::texts(wanted).await, web_sys::window()) {
                (Ok(texts), _) => tell.emit(Action::Speak(texts)),
                (Err(_), Some(window)) => drop(window.location().assign(&page)),
                (Err(_), None) => {}
            }
        });
    });
}
