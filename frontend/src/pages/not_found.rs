//! An address that leads nowhere.

use crate::components::{Desk, notice};
use yew::{Html, html};

/// The page for addresses that lead nowhere.
pub fn not_found_page(desk: &Desk) -> Html {
    let texts = &desk.texts;
    html! {
        <div key="not-found" class="page">
            { notice(desk, texts.not_found_title(), texts.not_found_text(), texts.to_start()) }
        </div>
    }
}
