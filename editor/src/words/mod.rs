//! What can be said of words by machine: how hard a text is to read, whether its marks are those of
//! its language, and whether it holds a word that Klinke does not use. What is true or kind it cannot
//! tell.

mod banned;
mod lexicon;
mod measures;
pub mod sentences;
pub mod syllables;
mod typography;

pub use lexicon::Lexicon;
pub use measures::Measures;

use crate::Language;

/// What is wrong with the marks and the choice of words of a text; empty when nothing is.
#[must_use]
pub fn complaints(text: &str, language: Language) -> Vec<String> {
    let mut found = typography::complaints(text, language);
    found.extend(banned::complaints(text, language));
    found
}
