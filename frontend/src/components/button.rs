//! What a visitor presses. The one place that listens to presses, because each that does is long to load.

use yew::{Callback, Html, MouseEvent, html};

/// A button that is waiting to be told what it does.
pub struct Button<'a> {
    class: &'static str,
    words: &'a str,
    busy: bool,
    hidden: bool,
    described_by: Option<&'static str>,
}

impl<'a> Button<'a> {
    /// A button with these words.
    #[must_use]
    pub const fn new(class: &'static str, words: &'a str) -> Self {
        Self { class, words, busy: false, hidden: false, described_by: None }
    }

    /// Does nothing just now, and says so. It keeps the focus, which a disabled one would lose.
    #[must_use]
    pub const fn busy(self, busy: bool) -> Self {
        Self { busy, ..self }
    }

    /// Not to be seen as long as that is true.
    #[must_use]
    pub const fn hidden(self, hidden: bool) -> Self {
        Self { hidden, ..self }
    }

    /// The element that says what pressing it means.
    #[must_use]
    pub const fn described_by(self, id: &'static str) -> Self {
        Self { described_by: Some(id), ..self }
    }

    /// Tells of every press.
    pub fn telling(self, onclick: Callback<MouseEvent>) -> Html {
        let Self { class, words, busy, hidden, described_by } = self;
        html! {
            <button {class} type="button" {hidden} aria-describedby={described_by}
                aria-disabled={busy.then_some("true")} {onclick}>{ words.to_owned() }</button>
        }
    }
}
