//! Fetches words: those of the language that the visitor wants, each language once, and those for the
//! services that were found, as soon as they are found.

use super::watched::use_watched;
use crate::net;
use crate::state::{Action, State};
use gloo_timers::future::TimeoutFuture;
use klinke_shared::{Language, ServiceId};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_mut_ref};

/// Keeps the words in the language of the page, and tells the browser which that is. When they cannot be had, the
/// browser loads the page anew, which brings its own words.
#[hook]
pub fn use_words(state: &State, tell: &Callback<Action>) {
    let (wanted, now) = (state.page.language, state.language());
    let page = state.page.to_string();
    let tell_words = tell.clone();
    use_watched((wanted, now), move || {
        if now == wanted {
            return;
        }
        spawn_local(async move {
            match (net::texts(wanted).await, web_sys::window()) {
                (Ok(texts), _) => tell_words.emit(Action::Speak(texts)),
                (Err(_), Some(window)) => drop(window.location().assign(&page)),
                (Err(_), None) => {}
            }
        });
    });
    // The server wrote the first one itself.
    let another = state.spoken.as_ref().map(|_| now);
    use_watched(another, move || {
        let document = web_sys::window().and_then(|window| window.document());
        let root = document.and_then(|document| document.document_element());
        if let (Some(language), Some(root)) = (another, root) {
            let _ = root.set_attribute("lang", language.code());
        }
    });
    use_service_words(state, tell);
}

/// Fetches the words for each service behind an open door, each once. They are told together, once all are there: the
/// page is drawn anew for them.
#[hook]
fn use_service_words(state: &State, tell: &Callback<Action>) {
    let asked = use_mut_ref(Vec::<(Language, ServiceId)>::new);
    let learned = use_mut_ref(Vec::new);
    let tell = tell.clone();
    let (language, wanted) = (state.language(), state.wanted_words());
    use_watched((language, wanted.clone()), move || {
        for service in wanted {
            if asked.borrow().contains(&(language, service)) {
                continue;
            }
            asked.borrow_mut().push((language, service));
            let (asked, learned, tell) = (Rc::clone(&asked), Rc::clone(&learned), tell.clone());
            spawn_local(async move {
                TimeoutFuture::new(0).await;
                let words = net::service_texts(language, service).await.ok().map(Box::new);
                learned.borrow_mut().push((language, service, words));
                asked.borrow_mut().retain(|entry| *entry != (language, service));
                if asked.borrow().is_empty() {
                    tell.emit(Action::Learn(learned.take()));
                }
            });
        }
    });
}
