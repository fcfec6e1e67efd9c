//! A page as it is drawn, and what stands on it.

use klinke_page::app::{Frame, FrameProps};
use klinke_page::state::State;
use yew::{Callback, ServerRenderer};

/// The whole of what is drawn for the state that `make` makes; `unscripted` as the server writes it.
pub(crate) async fn drawn(
    make: impl FnOnce() -> State + Send + 'static,
    unscripted: bool,
) -> String {
    drawn_so_far(move || State { room: i32::MAX, ..make() }, unscripted).await
}

/// What is drawn of it in as much room as the state has.
pub(crate) async fn drawn_so_far(
    make: impl FnOnce() -> State + Send + 'static,
    unscripted: bool,
) -> String {
    let props = move || FrameProps { state: make(), tell: Callback::noop(), unscripted };
    let markup = ServerRenderer::<Frame>::with_props(props).hydratable(false).render().await;
    assert!(!markup.contains(" style="), "the page's rules allow no style attribute");
    let text = markup
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let plain = without_template(&text);
    assert!(!plain.contains('{') && !plain.contains('}'), "a placeholder is left in: {text}");
    text
}

/// The page without what the server fills in.
fn without_template(text: &str) -> String {
    let mut plain = text.to_owned();
    for (begin, end) in [("{{ ", " }}"), ("{% ", " %}")] {
        let next = |plain: &str| {
            let start = plain.find(begin)?;
            let length = plain[start..].find(end)? + end.len();
            Some(start..start + length)
        };
        while let Some(place) = next(&plain) {
            plain.replace_range(place, "");
        }
    }
    plain
}

/// Fails unless all of these words stand there.
pub(crate) fn contains(markup: &str, words: &[&str]) {
    for words in words {
        assert!(markup.contains(words), "“{words}” is missing in {markup}");
    }
}
