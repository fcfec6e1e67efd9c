//! Elements as plain values. One function that draws them all is far smaller to load than what
//! `html!` writes out for each; it stays where the page listens to an element.

use yew::Html;
use yew::virtual_dom::{Key, VTag};

/// An element that is being made: its attributes in order, then what it holds.
pub struct Element(Box<VTag>);

/// An element; an empty class is none.
#[must_use]
pub fn element(tag: &'static str, class: &str) -> Element {
    let element = Element(Box::new(VTag::new(tag)));
    if class.is_empty() { element } else { element.with("class", class) }
}

/// An element that holds nothing but words.
pub fn say(tag: &'static str, class: &str, words: impl AsRef<str>) -> Html {
    element(tag, class).saying(words.as_ref())
}

/// The heading of a page, which takes the focus when the page is shown.
pub fn heading(class: &str, words: &str) -> Html {
    element("h1", class).with("tabindex", "-1").saying(words)
}

impl Element {
    /// With one more attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.0.add_attribute(name, value.to_owned());
        self
    }

    /// Hidden as long as that is true.
    #[must_use]
    pub fn hidden(self, hidden: bool) -> Self {
        if hidden { self.with("hidden", "hidden") } else { self }
    }

    /// With the name by which it is known again among its neighbours.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Holding these words.
    pub fn saying(self, words: &str) -> Html {
        self.filled(vec![words.into()])
    }

    /// Holding these parts.
    pub fn holding(self, parts: impl Into<Vec<Html>>) -> Html {
        self.filled(parts.into())
    }

    fn filled(mut self, parts: Vec<Html>) -> Html {
        self.0.add_children(parts);
        (*self.0).into()
    }
}
