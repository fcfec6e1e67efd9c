//! The form of what there is to read: pages, tips, the glossary, and the names that are no words.

use super::Both;
use crate::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `pages/ID.toml`: a page that explains something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PageFile {
    /// Its place among all pages, which are listed in this order.
    pub place: u8,
    /// In German.
    pub de: PageTexts,
    /// In English.
    pub en: PageTexts,
}

impl PageFile {
    /// Its words in a language.
    #[must_use]
    pub const fn of(&self, language: Language) -> &PageTexts {
        language.of(&self.de, &self.en)
    }
}

/// The words of a page that explains something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PageTexts {
    /// The last part of its address: small letters, digits and dashes.
    pub path: String,
    /// What links to it say.
    pub link: String,
    /// Its heading.
    pub title: String,
    /// What search engines show, in at most 160 characters.
    pub description: String,
    /// The first paragraph, which says the whole in short.
    pub lead: String,
    /// The rest.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// A part of a page under a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// A list after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
    /// Whether only the IT is meant, so that it may be harder to read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_it: bool,
}

impl Section {
    fn fields(&self) -> Vec<(&'static str, &str)> {
        let key = if self.for_it { "for_it" } else { "sections" };
        let parts = std::iter::once(&self.title).chain(&self.text).chain(&self.list);
        parts.map(|text| (key, text.as_str())).collect()
    }
}

impl PageTexts {
    /// Every text with its key.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let head = [
            ("link", self.link.as_str()),
            ("title", &self.title),
            ("description", &self.description),
            ("lead", &self.lead),
        ];
        head.into_iter().chain(self.sections.iter().flat_map(Section::fields)).collect()
    }

    /// What everybody reads, or what the IT reads, as one text.
    #[must_use]
    pub fn read_by(&self, it: bool) -> String {
        let lead = (!it).then_some(self.lead.as_str());
        let sections = self.sections.iter().filter(|section| section.for_it == it);
        let parts = sections.flat_map(|section| section.text.iter().chain(&section.list));
        lead.into_iter().chain(parts.map(String::as_str)).collect::<Vec<_>>().join(" ")
    }
}

/// `tips/ID.toml`: one of the seven tips.
pub type TipFile = Both<TipTexts>;

/// The words of a tip. Its name is a phrase, because cards show it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TipTexts {
    /// The last part of its address.
    pub path: String,
    /// What search engines show, in at most 160 characters.
    pub description: String,
    /// What it means.
    pub lead: String,
    /// Why it helps.
    pub why: Vec<String>,
    /// The first step that a lay person can take.
    pub first_step: Vec<String>,
    /// What to ask the IT for, as sentences that can be said.
    pub ask: Vec<String>,
    /// How the IT does it.
    pub it: Vec<String>,
}

impl TipTexts {
    /// Every text with its key.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let head = [("description", self.description.as_str()), ("lead", &self.lead)];
        let lists = self.lists().into_iter();
        let each = lists.flat_map(|(key, list)| list.iter().map(move |text| (key, text.as_str())));
        head.into_iter().chain(each).collect()
    }

    /// Its lists of paragraphs with their keys, in the order of the file.
    pub(crate) fn lists(&self) -> [(&'static str, &[String]); 4] {
        [("why", &self.why), ("first_step", &self.first_step), ("ask", &self.ask), ("it", &self.it)]
    }

    /// What everybody reads, as one text.
    #[must_use]
    pub fn for_everyone(&self) -> String {
        let parts = self.why.iter().chain(&self.first_step).chain(&self.ask);
        std::iter::once(&self.lead).chain(parts).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// `glossary.toml`: the words that need explaining, by the name of their anchor.
pub type GlossaryFile = BTreeMap<String, Both<Term>>;

/// A word that needs explaining.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word.
    pub term: String,
    /// Every form in which it stands in texts, the word itself among them.
    pub forms: Vec<String>,
    /// What it means.
    pub text: String,
}

/// `names.toml`: words that are no words of the language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NamesFile {
    /// Names of products, makers, programs and offices.
    pub names: Vec<String>,
    /// German words that the dictionary does not have.
    pub german: Vec<String>,
    /// English words that the dictionary does not have.
    pub english: Vec<String>,
}
