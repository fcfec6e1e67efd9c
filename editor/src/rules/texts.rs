//! Every text of the knowledge, with the place where it stands and for whom it is.

use super::words::Reader;
use crate::{Knowledge, Language};

/// One text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    /// Its file and key.
    pub place: String,
    /// Its language.
    pub language: Language,
    /// For whom it is.
    pub reader: Reader,
    /// The text.
    pub text: &'a str,
}

/// Every text of the knowledge.
#[must_use]
pub fn texts(knowledge: &Knowledge) -> Vec<Text<'_>> {
    Language::ALL.into_iter().flat_map(|language| texts_in(knowledge, language)).collect()
}

fn texts_in(knowledge: &Knowledge, language: Language) -> Vec<Text<'_>> {
    let mut all = Vec::new();
    let code = language.code();
    let mut add = |place: String, key: &str, text| {
        let for_it = ["it", "router", "for_it"].contains(&key);
        let reader = if for_it { Reader::It } else { Reader::Everyone };
        all.push(Text { place: format!("{place}: {code}.{key}"), language, reader, text });
    };
    for (name, service) in &knowledge.services {
        for (key, text) in service.texts(language).fields() {
            add(format!("services/{name}.toml"), key, text);
        }
    }
    for (key, text) in knowledge.unknown.of(language).fields() {
        add("unknown.toml".to_owned(), key, text);
    }
    for (name, page) in &knowledge.pages {
        for (key, text) in page.of(language).fields() {
            add(format!("pages/{name}.toml"), key, text);
        }
    }
    for (name, tip) in &knowledge.tips {
        for (key, text) in tip.of(language).fields() {
            add(format!("tips/{name}.toml"), key, text);
        }
    }
    for (name, term) in &knowledge.glossary {
        add(format!("glossary.toml: {name}"), "text", term.of(language).text.as_str());
    }
    for (key, entry) in &knowledge.phrases {
        let home = knowledge.homes.get(key).map_or("phrases", String::as_str);
        for sentence in entry.of(language).sentences() {
            add(home.to_owned(), key, sentence);
        }
    }
    all
}
