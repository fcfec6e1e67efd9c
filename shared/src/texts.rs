//! The words of one language: every sentence of the product, each a method of [`Texts`], and the
//! words for every service. The build makes the files of each language; the server holds all of them,
//! the page loads what it shows.

use crate::catalogue::CatalogueError;
use crate::tree::{Fields, Read as _, Tree, Unreadable};
use crate::{Language, ServiceId, catalogue};
use serde::Serialize;

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

const GERMAN: &str = include_str!(concat!(env!("OUT_DIR"), "/common.de.json"));
const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/common.en.json"));
const GERMAN_SERVICES: &str = include_str!(concat!(env!("OUT_DIR"), "/services.de.json"));
const ENGLISH_SERVICES: &str = include_str!(concat!(env!("OUT_DIR"), "/services.en.json"));

/// The words of one language. The name of every service is always there, its other words from when
/// they were [learnt](Self::learn).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    language: Language,
    phrases: Vec<String>,
    services: Vec<ServiceTexts>,
    unknown: ServiceTexts,
}

/// The words for one service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ServiceTexts {
    /// What a lay person may know it as.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it is for, in one sentence.
    pub purpose: String,
    /// Why it matters that strangers reach it.
    pub risk: String,
    /// When it is fine.
    pub fine: String,
    /// What the employee does now.
    pub employee: String,
    /// What the boss needs to know and decide.
    pub boss: String,
    /// What the IT does, exactly.
    pub it: String,
    /// Where common routers open or close it; empty where that is nothing special.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub router: String,
    /// Where the facts come from: “Publisher: title”.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

impl ServiceTexts {
    /// The words that are loaded for an open door: its card says nothing of routers, and the name comes with all
    /// others.
    #[must_use]
    pub fn for_page(&self) -> Self {
        Self { name: String::new(), router: String::new(), ..self.clone() }
    }
}

/// The file of a language that every visitor loads, but for the catalogue.
struct Common {
    language: Language,
    phrases: Vec<String>,
    names: Vec<String>,
    unknown: ServiceTexts,
}

impl Common {
    fn of(fields: &mut Fields) -> Result<Self, Unreadable> {
        Ok(Self {
            language: fields.take("language")?,
            phrases: fields.take("phrases")?,
            names: fields.take("names")?,
            unknown: fields.take("unknown")?,
        })
    }
}

/// Why a file of texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// No JSON.
    #[error("the texts are no JSON: {0}")]
    NoJson(#[from] serde_json::Error),
    /// JSON, and of another form.
    #[error("the texts cannot be read: {0}")]
    Unreadable(#[from] Unreadable),
    /// Written by another version: the tables have other lengths.
    #[error("the texts are of another version")]
    OtherVersion,
}

impl Texts {
    /// Reads the common file of a language.
    ///
    /// # Errors
    /// When it is not JSON of the right form, or of another version of the catalogue.
    pub fn from_json(json: &str) -> Result<Self, TextsError> {
        Self::from_tree(serde_json::from_str(json)?)
    }

    /// The same, of a file that has been made a tree.
    ///
    /// # Errors
    /// When it is not of the right form, or of another version of the catalogue.
    pub fn from_tree(tree: Tree) -> Result<Self, TextsError> {
        Self::from_fields(&mut tree.fields()?)
    }

    /// Takes catalogue and words from a file that was made [for the page](Self::for_page): what a program does
    /// first that has neither.
    ///
    /// # Errors
    /// When it is not of the right form or of this version, or another catalogue was installed before.
    pub fn install_from(tree: Tree) -> Result<Self, CatalogueError> {
        let mut fields = tree.fields()?;
        let services = fields.take::<Tree>("services")?.rows()?;
        catalogue::install_services(Vec::read(services)?)?;
        Ok(Self::from_fields(&mut fields)?)
    }

    fn from_fields(fields: &mut Fields) -> Result<Self, TextsError> {
        let Common { language, phrases, names, unknown } = Common::of(fields)?;
        if phrases.len() != PHRASES || names.len() != catalogue::table().len() {
            return Err(TextsError::OtherVersion);
        }
        let named = |name| ServiceTexts { name, ..ServiceTexts::default() };
        Ok(Self { language, phrases, services: names.into_iter().map(named).collect(), unknown })
    }

    /// All the words of a language that come with the program.
    ///
    /// # Errors
    /// When another catalogue was installed: then these are not all.
    pub fn built_in(language: Language) -> Result<Self, TextsError> {
        let mut texts = Self::from_json(Self::common_json(language))?;
        texts.services = crate::from_json(Self::services_json(language))?;
        Ok(texts)
    }

    /// A common file as the program in the browser needs it: without the words that only the server says,
    /// and without what only lists and plans want to know of a service. The facts stand in columns, which are
    /// smaller once compressed. What is no common file is left as it is.
    #[cfg(feature = "built-in")]
    #[must_use]
    pub fn for_page(common: &str) -> String {
        let Ok(mut common) = serde_json::from_str::<serde_json::Value>(common) else {
            return common.to_owned();
        };
        for place in ONLY_SERVED {
            common["phrases"][*place] = "".into();
        }
        common["services"] = columns(common["services"].as_array().map_or(&[], Vec::as_slice));
        common.to_string()
    }

    /// The words of this language with all words for all services, in the order of the catalogue.
    #[must_use]
    pub fn with_services(self, services: Vec<ServiceTexts>) -> Self {
        Self { services, ..self }
    }

    /// The common file of a language, as it comes with the program.
    #[must_use]
    pub const fn common_json(language: Language) -> &'static str {
        match language {
            Language::German => GERMAN,
            Language::English => ENGLISH,
        }
    }

    /// The words for every service of a language, as they come with the program: a list in the order
    /// of the catalogue.
    #[must_use]
    pub const fn services_json(language: Language) -> &'static str {
        match language {
            Language::German => GERMAN_SERVICES,
            Language::English => ENGLISH_SERVICES,
        }
    }

    /// The path of the common file of a language below the folder of texts. It holds a hash of all
    /// texts, so it may be kept for ever.
    #[must_use]
    pub fn file(language: Language) -> String {
        format!("{}.json", folder(language))
    }

    /// The path of the file with the words for a service, likewise.
    #[must_use]
    pub fn service_file(language: Language, service: ServiceId) -> String {
        format!("{}/{service}.json", folder(language))
    }

    /// The language of these words.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The words for a service, or for an open port that no service claims.
    #[must_use]
    pub fn service(&self, service: Option<ServiceId>) -> &ServiceTexts {
        service.and_then(|id| self.services.get(id.index())).unwrap_or(&self.unknown)
    }

    /// Whether all words for a service are there, and not only its name.
    #[must_use]
    pub fn knows(&self, service: ServiceId) -> bool {
        !self.service(Some(service)).purpose.is_empty()
    }

    /// Adds the words for a service [for the page](ServiceTexts::for_page), which has its name already.
    pub fn learn(&mut self, service: ServiceId, words: ServiceTexts) {
        if let Some(place) = self.services.get_mut(service.index()) {
            let name = std::mem::take(&mut place.name);
            *place = ServiceTexts { name, ..words };
        }
    }

    /// Every phrase, in the order of the methods.
    #[must_use]
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    /// The words of a page that is filled later: `phrase` stands for each phrase, by its place, in which
    /// nothing has to be filled in, and `unknown` for what is said of a door that no service claims.
    #[must_use]
    pub fn to_be_filled(self, phrase: impl Fn(usize) -> String, unknown: ServiceTexts) -> Self {
        let later = |(place, words): (usize, String)| {
            if words.contains('{') { words } else { phrase(place) }
        };
        let phrases = self.phrases.into_iter().enumerate().map(later).collect();
        Self { phrases, unknown, ..self }
    }

    fn phrase(&self, index: usize) -> &str {
        self.phrases.get(index).map_or("", String::as_str)
    }

    fn filled(&self, index: usize, values: &[(&str, &str)]) -> String {
        let mut rest = self.phrase(index);
        let mut text = String::with_capacity(rest.len() + 16);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            text.push_str(before);
            text.push_str(
                values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value),
            );
            rest = tail;
        }
        text.push_str(rest);
        text
    }
}

const fn folder(language: Language) -> &'static str {
    match language {
        Language::German => catalogue::TEXTS_DE,
        Language::English => catalogue::TEXTS_EN,
    }
}

/// The facts of services that the page needs, as a record of columns. Where a service has no such fact there is a 0,
/// which is the shortest.
#[cfg(feature = "built-in")]
fn columns(services: &[serde_json::Value]) -> serde_json::Value {
    use serde_json::{Map, Value};
    let facts = services.iter().filter_map(Value::as_object).flat_map(Map::keys);
    let needed = facts.filter(|fact| !["used_by", "quick"].contains(&fact.as_str()));
    let column = |fact: &String| {
        let facts = services.iter().map(|service| service.get(fact).cloned());
        Value::Array(facts.map(|fact| fact.unwrap_or_else(|| 0.into())).collect())
    };
    let columns: Map<String, Value> = needed.map(|fact| (fact.clone(), column(fact))).collect();
    columns.into()
}

#[cfg(all(test, feature = "built-in"))]
mod tests {
    use super::*;
    use crate::{Service, services};

    #[test]
    fn a_catalogue_that_travels_in_columns_arrives_with_every_fact_that_the_page_needs() {
        let file = Texts::for_page(Texts::common_json(Language::German));
        let mut fields = serde_json::from_str::<Tree>(&file).unwrap().fields().unwrap();
        let rows = fields.take::<Tree>("services").unwrap().rows().unwrap();
        let arrived = Vec::<Service>::read(rows).unwrap();
        assert_eq!(arrived.len(), services().count());
        for (facts, (_, whole)) in arrived.into_iter().zip(services()) {
            let Service { rank, quick, used_by, .. } = *whole;
            assert_eq!(Service { rank, quick, used_by, ..facts }, *whole);
        }
    }
}
