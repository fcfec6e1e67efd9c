//! An address that leads nowhere.

use crate::components::{Desk, element, notice};
use yew::Html;

/// The page for addresses that lead nowhere.
pub fn not_found_page(desk: &Desk) -> Html {
    let texts = &desk.texts;
    let notice = notice(desk, texts.not_found_title(), texts.not_found_text(), texts.to_start());
    element("div", "page").key("not-found").holding([notice])
}
