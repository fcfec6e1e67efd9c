//! What this server knows: the catalogue and the words that come with Klinke, and what its operator adds
//! from a folder of their own. Knows nothing of requests and checks.

use klinke_editor::{Own, texts};
use klinke_shared::{Language, Note, Protocol, Texts, by_name, from_json};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::OnceLock;

/// Keys of services are positions in one catalogue, so a program has one knowledge, from its start on.
static IN_FORCE: OnceLock<Knowledge> = OnceLock::new();

/// Why an operator's folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// The files break rules.
    #[error("knowledge.folder = {folder}: {}", .complaints.join("\n  "))]
    Broken {
        /// The folder.
        folder: String,
        /// Each broken rule, with file and key.
        complaints: Vec<String>,
    },
    /// It came too late: keys of the catalogue are in use already.
    #[error("knowledge.folder = {0}: can only be read when the program starts")]
    TooLate(String),
    /// What the build made cannot be read back: a fault of ours.
    #[error("the built-in knowledge cannot be used: {0}")]
    BuiltIn(String),
}

/// The catalogue's words in both languages.
#[derive(Debug)]
pub struct Knowledge {
    german: Texts,
    english: Texts,
    /// What the page has to load instead of the files that were built in.
    own: Option<OwnFiles>,
}

/// The common file of each language with the operator's services.
#[derive(Debug)]
struct OwnFiles {
    german: String,
    english: String,
    /// Another one whenever a word is another one.
    version: String,
}

/// What is known. What comes with Klinke, unless [`add_own`] was asked before.
pub fn in_force() -> &'static Knowledge {
    IN_FORCE.get_or_init(Knowledge::built_in)
}

/// Adds an operator's folder. To be asked before anything else wants to know anything.
///
/// # Errors
/// Every rule that the files break, with file and key.
pub fn add_own(folder: &Path) -> Result<(), KnowledgeError> {
    let place = folder.display().to_string();
    let fault = |error: &dyn std::fmt::Display| KnowledgeError::BuiltIn(error.to_string());
    let knowledge = serde_json::from_str(klinke_shared::library::KNOWLEDGE);
    let read = Own::read(folder, knowledge.map_err(|error| fault(&error))?);
    let own = read.and_then(|own| {
        let unknown = unknown_names(&own);
        if unknown.is_empty() { Ok(own) } else { Err(unknown) }
    });
    let own =
        own.map_err(|complaints| KnowledgeError::Broken { folder: place.clone(), complaints })?;
    let knowledge = Knowledge::with_own(&own).map_err(|error| fault(&error))?;
    IN_FORCE.set(knowledge).map_err(|_| KnowledgeError::TooLate(place))?;
    tracing::info!(services = own.services.len(), "own knowledge is read");
    Ok(())
}

/// The editor knows files, and not which protocols and facts there are.
fn unknown_names(own: &Own) -> Vec<String> {
    let mut complaints = Vec::new();
    let services = own.knowledge.services.iter();
    for (name, service) in services.filter(|(name, _)| own.services.contains(name)) {
        let mut check = |key: &str, name_of: &str, known: bool, kind: &str| {
            if !known {
                complaints.push(format!(
                    "services/{name}.toml: {key}: “{name_of}” is no {kind} that Klinke knows"
                ));
            }
        };
        for protocol in &service.recognise.protocols {
            check("recognise.protocols", protocol, is_a::<Protocol>(protocol), "protocol");
        }
        for protocol in &service.recognise.tls {
            check("recognise.tls", protocol, is_a::<Protocol>(protocol), "protocol");
        }
        for note in service.when.keys() {
            check("when", note, is_a::<Note>(note), "fact");
        }
    }
    complaints
}

/// Whether a word is a name of that kind in the contract.
fn is_a<T: serde::de::DeserializeOwned>(name: &str) -> bool {
    serde_json::from_value::<T>(name.into()).is_ok()
}

impl Knowledge {
    #[expect(
        clippy::expect_used,
        reason = "the texts are built into the program together with the tables they fit"
    )]
    fn built_in() -> Self {
        let texts = |language| Texts::built_in(language).expect("the build writes texts that fit");
        Self { german: texts(Language::German), english: texts(Language::English), own: None }
    }

    fn with_own(own: &Own) -> anyhow::Result<Self> {
        let german = texts::common(&own.knowledge, klinke_editor::Language::German).to_string();
        let english = texts::common(&own.knowledge, klinke_editor::Language::English).to_string();
        klinke_shared::install(&german)?;
        let mut hasher = DefaultHasher::new();
        serde_json::to_string(&own.knowledge)?.hash(&mut hasher);
        let version = format!("?v={:016x}", hasher.finish());
        Ok(Self {
            german: whole(own, klinke_editor::Language::German, &german)?,
            english: whole(own, klinke_editor::Language::English, &english)?,
            own: Some(OwnFiles {
                german: Texts::for_page(&german),
                english: Texts::for_page(&english),
                version,
            }),
        })
    }

    /// All words of a language.
    #[must_use]
    pub const fn texts(&self, language: Language) -> &Texts {
        match language {
            Language::German => &self.german,
            Language::English => &self.english,
        }
    }

    /// What the page puts behind the addresses of all files of texts, so that no browser takes a file
    /// from another time for the one of now. Nothing where the operator has no knowledge of their own:
    /// then the names of the files say it.
    #[must_use]
    pub fn version(&self) -> &str {
        self.own.as_ref().map_or("", |own| &own.version)
    }

    /// The content of a file of texts, if the operator's knowledge makes it another than the one that
    /// was built in.
    #[must_use]
    pub fn own_file(&self, file: &str) -> Option<String> {
        let own = self.own.as_ref()?;
        Language::ALL.into_iter().find_map(|language| {
            let common = Texts::file(language);
            if file == common {
                return Some(match language {
                    Language::German => own.german.clone(),
                    Language::English => own.english.clone(),
                });
            }
            let folder = common.strip_suffix(".json")?;
            let name = file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".json")?;
            let words = self.texts(language).service(Some(by_name(name)?));
            serde_json::to_string(&words.for_page()).ok()
        })
    }
}

fn whole(own: &Own, language: klinke_editor::Language, common: &str) -> anyhow::Result<Texts> {
    let texts = Texts::from_json(common)?;
    let services = texts::services(&own.knowledge, language).to_string();
    Ok(texts.with_services(from_json(&services)?))
}
