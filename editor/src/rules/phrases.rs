//! What a file of phrases must keep.

use crate::schema::{PhraseEntry, PhraseFile};
use std::collections::BTreeSet;

/// Every broken rule over one file of phrases, in words.
#[must_use]
pub fn complaints_about_phrases(file: &str, phrases: &PhraseFile) -> Vec<String> {
    phrases.iter().flat_map(|(key, entry)| phrase_complaints(file, key, entry)).collect()
}

/// What is wrong with one phrase.
pub(crate) fn phrase_complaints(file: &str, key: &str, entry: &PhraseEntry) -> Vec<String> {
    let mut complaints = Vec::new();
    if !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        complaints.push(format!("{file}: {key}: a key may hold a-z, 0-9 and _ only"));
    }
    let (german, english) = (entry.de.sentences(), entry.en.sentences());
    if german.len() != english.len() {
        complaints.push(format!(
            "{file}: {key}: one language has a form for one and other, the other has not"
        ));
    }
    if german.iter().chain(&english).any(|text| text.trim().is_empty()) {
        complaints.push(format!("{file}: {key}: is empty"));
    }
    let names =
        |texts: &[&str]| texts.iter().flat_map(|text| placeholders(text)).collect::<BTreeSet<_>>();
    if names(&german) != names(&english) {
        complaints.push(format!("{file}: {key}: the languages have different {{placeholders}}"));
    }
    complaints
}

/// The names between braces, in order, each once.
#[must_use]
pub fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}
