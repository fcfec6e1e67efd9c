//! The page's first steps in the browser: which page and language, its words, who runs the server, then
//! the page. When the words cannot be had, the page stays as the server wrote it.

use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use klinke_page::app::{App, AppProps};
use klinke_page::state::{State, UNDRAWN};
use klinke_page::{net, router};
use klinke_shared::{Texts, Tree};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Window};
use yew::Callback;

/// The words are asked for again after these pauses, in case the line was interrupted just now.
const PAUSES_MS: [u32; 4] = [0, 500, 2_000, 8_000];

fn main() {
    spawn_local(async {
        let Some(window) = web_sys::window() else { return };
        let Some(texts) = words(&window).await else { return };
        let mut first = State::new(router::current(&window), texts);
        first.ahead_of_utc = ahead_of_utc();
        first.room = UNDRAWN;
        // Before anything is drawn, because the server has written it already: nothing is to vanish and
        // come back. A server that does not say who runs it offers nothing more either.
        first.site = Some(Rc::new(net::site().await.unwrap_or_default()));
        TimeoutFuture::new(0).await;
        if let Some(document) = window.document() {
            draw(&document, first);
        }
    });
}

/// Draws the page, at first out of sight: it takes the place of what the server wrote once it shows as much.
fn draw(document: &Document, first: State) {
    let written = document.get_element_by_id("app");
    if let (Some(written), Ok(drawn)) = (written, document.create_element("div")) {
        drawn.set_id("app");
        let root = drawn.clone();
        let enter = Callback::from(move |()| {
            // Does nothing the second time.
            let _ = written.replace_with_with_node_1(&drawn);
        });
        let props = AppProps { first: Rc::new(first), enter };
        yew::Renderer::<App>::with_root_and_props(root, props).render();
    }
}

/// The browser counts the minutes the other way round.
#[expect(clippy::cast_possible_truncation, reason = "a day has 1,440 minutes")]
fn ahead_of_utc() -> i64 {
    -60 * Date::new_0().get_timezone_offset() as i64
}

async fn words(window: &Window) -> Option<Rc<Texts>> {
    let language = router::current(window).language;
    for pause in PAUSES_MS {
        TimeoutFuture::new(pause).await;
        if let Ok(json) = net::common(language).await {
            // Each part is a task of its own, so that a slow telephone answers a finger in between.
            TimeoutFuture::new(0).await;
            let tree = Tree::parse(&json)?;
            TimeoutFuture::new(0).await;
            let texts = Texts::install_from(tree).ok().map(Rc::new);
            TimeoutFuture::new(0).await;
            return texts;
        }
    }
    None
}
