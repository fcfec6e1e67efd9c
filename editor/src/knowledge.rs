//! All that Klinke knows, read from its folder.

use crate::schema::{
    GlossaryFile, NamesFile, PageFile, PhraseEntry, PhraseFile, ServiceFile, TipFile, UnknownFile,
};
use crate::{Lexicon, folder, rules};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// A service with the name of its file, without the ending.
pub type NamedService = (String, ServiceFile);

/// The content of a folder of knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knowledge {
    /// `services/`, in order of rank.
    pub services: Vec<NamedService>,
    /// `unknown.toml`.
    pub unknown: UnknownFile,
    /// `phrases/`, by key.
    pub phrases: PhraseFile,
    /// In which of its files each phrase stands.
    pub homes: BTreeMap<String, String>,
    /// `pages/`, by place.
    pub pages: Vec<(String, PageFile)>,
    /// `tips/`, by name.
    pub tips: Vec<(String, TipFile)>,
    /// `glossary.toml`.
    pub glossary: GlossaryFile,
    /// `names.toml`.
    pub names: NamesFile,
}

impl Knowledge {
    /// Reads a folder and checks the form of all that is in it. How well it reads is for
    /// [`rules::words`] to say.
    ///
    /// # Errors
    /// Every complaint, with file and key.
    pub fn read(root: &Path) -> Result<Self, Vec<String>> {
        let mut complaints = Vec::new();
        let mut services: Vec<NamedService> = folder::all(root, "services", &mut complaints);
        services.sort_by_key(|(_, service)| service.rank);
        let (phrases, homes) =
            merged(folder::all(root, "phrases", &mut complaints), &mut complaints);
        let mut pages: Vec<(String, PageFile)> = folder::all(root, "pages", &mut complaints);
        pages.sort_by_key(|(_, page)| page.place);
        let tips = folder::all(root, "tips", &mut complaints);
        let unknown = folder::one(root, "unknown.toml", &mut complaints);
        let glossary = folder::one(root, "glossary.toml", &mut complaints);
        let names = folder::one(root, "names.toml", &mut complaints);
        let (Some(unknown), Some(glossary), Some(names)) = (unknown, glossary, names) else {
            return Err(complaints);
        };
        let knowledge = Self { services, unknown, phrases, homes, pages, tips, glossary, names };
        complaints.extend(rules::complaints(&knowledge));
        if complaints.is_empty() { Ok(knowledge) } else { Err(complaints) }
    }

    /// Names and explained words.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        let names = self.names.names.iter();
        let forms =
            self.glossary.values().flat_map(|term| term.de.forms.iter().chain(&term.en.forms));
        Lexicon::new(names.chain(forms).map(String::as_str))
    }
}

/// Merges the files of phrases into one list by key; a key that stands in two of them is a complaint.
fn merged(
    files: Vec<(String, PhraseFile)>,
    complaints: &mut Vec<String>,
) -> (PhraseFile, BTreeMap<String, String>) {
    let mut all = BTreeMap::<String, PhraseEntry>::new();
    let mut homes = BTreeMap::<String, String>::new();
    for (name, phrases) in files {
        let file = format!("phrases/{name}.toml");
        complaints.extend(rules::complaints_about_phrases(&file, &phrases));
        for (key, entry) in phrases {
            if let Some(home) = homes.insert(key.clone(), file.clone()) {
                complaints.push(format!("{file}: {key}: is already in {home}"));
            }
            all.insert(key, entry);
        }
    }
    (all, homes)
}
