//! The page's first steps in the browser: which page and language, its words, who runs the server, then
//! the page. When the words cannot be had, the page stays as the server wrote it.

use gloo_timers::future::TimeoutFuture;
use klinke_page::app::{App, AppProps};
use klinke_page::state::State;
use klinke_page::{json, net, router};
use klinke_shared::Texts;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::Window;

/// The words are asked for again after these pauses, in case the line was interrupted just now.
const PAUSES_MS: [u32; 4] = [0, 500, 2_000, 8_000];

fn main() {
    spawn_local(async {
        let Some(window) = web_sys::window() else { return };
        let Some(texts) = words(&window).await else { return };
        // The catalogue has come with the words, so only now every address can be read.
        let page = router::current(&window);
        let place = window.document().and_then(|document| document.get_element_by_id("app"));
        if let Some(place) = place {
            let mut first = State::new(page, texts);
            // Before anything is drawn, because the server has written it already: nothing is to vanish and
            // come back. A server that does not say who runs it offers nothing more either.
            first.site = Some(Rc::new(net::site().await.unwrap_or_default()));
            let first = Rc::new(first);
            yew::Renderer::<App>::with_root_and_props(place, AppProps { first }).render();
        }
    });
}

async fn words(window: &Window) -> Option<Rc<Texts>> {
    let language = router::current(window).language;
    for pause in PAUSES_MS {
        if pause > 0 {
            TimeoutFuture::new(pause).await;
        }
        if let Ok(json) = net::common(language).await {
            // Each part is a task of its own, so that a slow telephone answers a finger in between.
            TimeoutFuture::new(0).await;
            let tree = json::tree(&json)?;
            TimeoutFuture::new(0).await;
            let texts = Texts::install_from(tree).ok().map(Rc::new);
            TimeoutFuture::new(0).await;
            return texts;
        }
    }
    None
}
