//! The visitor's way between the pages: reading and writing the browser's address. Knows which
//! pages there are from `klinke-shared`, and nothing of what they show.

use klinke_shared::{Language, PageRoute, Route};
use wasm_bindgen::JsValue;
use web_sys::{FocusOptions, HtmlElement, MouseEvent, Window, wasm_bindgen::JsCast};

/// The page at the browser's address.
#[must_use]
pub fn current(window: &Window) -> PageRoute {
    PageRoute::parse(&path(window), language_of_document(window))
}

/// Makes the browser's address that of the page. A new page is a new entry of the history; another
/// spelling of the same page is not. Returns whether something new is shown, and not the same in another language.
#[must_use = "a new page starts at its top"]
pub fn show(window: &Window, page: PageRoute) -> bool {
    let (here, there) = (path(window), page.to_string());
    if page.route == Route::NotFound || here == there {
        return false;
    }
    let Ok(history) = window.history() else { return false };
    let was = PageRoute::parse(&here, page.language);
    if was == page {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&there));
    } else {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&there));
    }
    was.route != page.route
}

/// What has the focus, if anything.
#[must_use]
pub fn focused(window: &Window) -> Option<HtmlElement> {
    find(window, ":focus")
}

/// Puts the focus on an element, so that a screen reader reads on from there.
pub fn focus(window: &Window, selector: &str) {
    if let Some(element) = find(window, selector) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Whether a click wishes the page here, and not in a new tab, window or file.
#[must_use]
pub fn is_plain(click: &MouseEvent) -> bool {
    click.button() == 0
        && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
}

fn find(window: &Window, selector: &str) -> Option<HtmlElement> {
    let document = window.document()?;
    document.query_selector(selector).ok()??.dyn_into().ok()
}

fn path(window: &Window) -> String {
    window.location().pathname().unwrap_or_default()
}

fn language_of_document(window: &Window) -> Language {
    window
        .document()
        .and_then(|document| document.document_element())
        .and_then(|root| root.get_attribute("lang"))
        .and_then(|code| code.parse().ok())
        .unwrap_or_default()
}
