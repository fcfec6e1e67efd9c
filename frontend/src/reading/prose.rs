//! Paragraphs and lists in which every explained word leads to the glossary the first time it comes.

use crate::components::{element, say};
use klinke_shared::library::{Library, Piece};
use klinke_shared::{Language, Route};
use std::collections::BTreeSet;
use yew::Html;

/// Writes the texts of one page, and remembers which words it has led to already.
pub(super) struct Prose {
    language: Language,
    seen: BTreeSet<&'static str>,
}

impl Prose {
    pub(super) const fn new(language: Language) -> Self {
        Self { language, seen: BTreeSet::new() }
    }

    /// The paragraphs of a text.
    pub(super) fn paragraphs(&mut self, texts: &'static [String]) -> Html {
        texts.iter().map(|text| self.element("p", "", text)).collect()
    }

    /// A list; none for nothing.
    pub(super) fn list(&mut self, texts: &'static [String]) -> Html {
        let items: Vec<Html> = texts.iter().map(|text| self.element("li", "", text)).collect();
        element("ul", "").hidden(items.is_empty()).holding(items)
    }

    /// One text in an element.
    pub(super) fn element(&mut self, tag: &'static str, class: &str, text: &'static str) -> Html {
        let pieces = Library::of(self.language).pieces(text, &mut self.seen);
        let pieces: Vec<Html> =
            pieces.into_iter().map(|piece| drawn(piece, self.language)).collect();
        element(tag, class).holding(pieces)
    }

    /// A section with its heading.
    pub(super) fn section(
        &mut self,
        title: &str,
        texts: &'static [String],
        list: &'static [String],
    ) -> Html {
        element("section", "").holding([
            say("h2", "", title),
            self.paragraphs(texts),
            self.list(list),
        ])
    }
}

fn drawn(piece: Piece<'_>, language: Language) -> Html {
    match piece.anchor {
        None => piece.words.to_owned().into(),
        Some(anchor) => {
            let there = format!("{}#{anchor}", super::path(language, Route::Glossary));
            element("a", "term").with("href", &there).saying(piece.words)
        }
    }
}
