//! The words of one language: every sentence of the product, each a method of [`Texts`], and the
//! words for every service. The build makes one file per language; the server holds both, the page
//! loads the one it shows.

use crate::tree::{Read, Tree, Unreadable};
use crate::{Language, ServiceId};

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

const GERMAN: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.de.json"));
const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.en.json"));

/// All words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    language: Language,
    phrases: Vec<String>,
    services: Vec<ServiceTexts>,
    unknown: ServiceTexts,
}

/// The words for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTexts {
    /// What a lay person may know it as.
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
}

impl Read for Texts {
    fn read(tree: Tree) -> Result<Self, Unreadable> {
        let mut fields = tree.fields()?;
        Ok(Self {
            language: fields.take("language")?,
            phrases: fields.take("phrases")?,
            services: fields.take("services")?,
            unknown: fields.take("unknown")?,
        })
    }
}

/// Why a file of texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// Not the JSON that this version writes.
    #[error("the texts cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Written by another version: the tables have other lengths.
    #[error("the texts are of another version")]
    OtherVersion,
}

impl Texts {
    /// Reads the content of a language's file.
    ///
    /// # Errors
    /// When it is not JSON of the right form, or of another version of the catalogue.
    pub fn from_json(json: &str) -> Result<Self, TextsError> {
        let texts: Self = crate::from_json(json)?;
        let complete =
            texts.phrases.len() == PHRASES && texts.services.len() == crate::services().count();
        if complete { Ok(texts) } else { Err(TextsError::OtherVersion) }
    }

    /// The content of a language's file, as the page fetches it.
    #[must_use]
    pub const fn json(language: Language) -> &'static str {
        match language {
            Language::German => GERMAN,
            Language::English => ENGLISH,
        }
    }

    /// The name of a language's file. It holds a hash of the content, so it may be kept for ever.
    #[must_use]
    pub const fn file_name(language: Language) -> &'static str {
        match language {
            Language::German => crate::catalogue::TEXTS_DE_FILE,
            Language::English => crate::catalogue::TEXTS_EN_FILE,
        }
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
