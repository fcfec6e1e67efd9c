//! Elements that hold nothing but words. Most of a page is made of them, and one function that
//! draws them all is far smaller to load than what `html!` writes out for each.

use yew::virtual_dom::VTag;
use yew::{Html, html};

/// An element with these words; an empty class is none.
pub fn say(tag: &'static str, class: &'static str, words: impl AsRef<str>) -> Html {
    drawn(tag, class, words.as_ref())
}

fn drawn(tag: &'static str, class: &'static str, words: &str) -> Html {
    let mut element = VTag::new(tag);
    if !class.is_empty() {
        element.add_attribute("class", class);
    }
    element.add_child(words.into());
    element.into()
}

/// The heading of a page, which takes the focus when the page is shown.
pub fn heading(class: &'static str, words: &str) -> Html {
    let class = (!class.is_empty()).then_some(class);
    html! { <h1 {class} tabindex="-1">{ words }</h1> }
}
