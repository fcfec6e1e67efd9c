//! An operator's own folder of knowledge, laid upon that which comes with Klinke. A file changes what it
//! names and leaves the rest; a service that Klinke does not know needs a whole file. What comes out keeps
//! the same rules as Klinke's own.

use crate::rules::{self, words};
use crate::schema::{PhraseEntry, ServiceFile};
use crate::{Knowledge, folder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// The knowledge with an operator's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// All of it, services by rank.
    pub knowledge: Knowledge,
    /// The names of the services that are new or changed.
    pub services: BTreeSet<String>,
}

/// What may be in a folder.
const ENTRIES: [&str; 4] = ["names.toml", "phrases", "services", "unknown.toml"];

impl Own {
    /// Lays a folder upon the knowledge: `services/NAME.toml`, `phrases/NAME.toml`, `unknown.toml` and
    /// `names.toml`, each of which may be missing.
    ///
    /// # Errors
    /// Every complaint about the folder, with file and key.
    pub fn read(root: &Path, knowledge: Knowledge) -> Result<Self, Vec<String>> {
        let mut complaints = strange_entries(root)?;
        let mut own = Self { knowledge, services: BTreeSet::new() };
        own.read_names(root, &mut complaints);
        // As JSON, because that is what one can lay upon another.
        for (name, file) in folder::all::<Value>(root, "services", &mut complaints) {
            match laid_upon_service(&name, &file, &mut own.knowledge) {
                Ok(()) => drop(own.services.insert(name)),
                Err(complaint) => complaints.push(format!("services/{name}.toml: {complaint}")),
            }
        }
        for (name, file) in folder::all(root, "phrases", &mut complaints) {
            let file_name = format!("phrases/{name}.toml");
            let wrong = laid_upon_phrases(&file_name, file, &mut own.knowledge);
            complaints.extend(wrong.into_iter().map(|wrong| format!("{file_name}: {wrong}")));
        }
        own.read_unknown(root, &mut complaints);
        if complaints.is_empty() {
            complaints.extend(own.broken_rules());
        }
        own.knowledge.services.sort_by_key(|(_, service)| service.rank);
        if complaints.is_empty() { Ok(own) } else { Err(complaints) }
    }

    fn read_names(&mut self, root: &Path, complaints: &mut Vec<String>) {
        match folder::read_if_there::<OwnNames>(root, "names.toml") {
            Ok(own) => self.knowledge.names.names.extend(own.unwrap_or_default().names),
            Err(complaint) => complaints.push(complaint),
        }
    }

    fn read_unknown(&mut self, root: &Path, complaints: &mut Vec<String>) {
        let own = folder::read_if_there::<Value>(root, "unknown.toml");
        let laid = own.and_then(|own| match own {
            None => Ok(self.knowledge.unknown.clone()),
            Some(own) => laid_upon(&self.knowledge.unknown, &own)
                .map_err(|wrong| format!("unknown.toml: {wrong}")),
        });
        match laid {
            Ok(unknown) => self.knowledge.unknown = unknown,
            Err(complaint) => complaints.push(complaint),
        }
    }

    /// The rules that the folder breaks, as those of Klinke's own: form, marks, words, and how well they
    /// read. What comes with Klinke breaks none.
    fn broken_rules(&self) -> Vec<String> {
        let mut complaints = rules::complaints(&self.knowledge);
        for (key, entry) in &self.knowledge.phrases {
            let file = self.knowledge.homes.get(key).map_or("phrases", String::as_str);
            complaints.extend(rules::phrase_complaints(file, key, entry));
        }
        complaints.extend(words::complaints_about_marks(&self.knowledge));
        complaints
            .extend(words::entries(&self.knowledge).iter().flat_map(words::Entry::complaints));
        complaints
    }
}

/// The names that an operator adds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnNames {
    names: Vec<String>,
}

/// What is in the folder and would be ignored: a file at the wrong place says nothing, and nobody would
/// notice.
fn strange_entries(root: &Path) -> Result<Vec<String>, Vec<String>> {
    let wrong = |error: std::io::Error| vec![format!("{}: {error}", root.display())];
    if !root.try_exists().map_err(wrong)? || !root.is_dir() {
        return Err(vec![format!("{}: is no folder", root.display())]);
    }
    let mut strange = Vec::new();
    for entry in std::fs::read_dir(root).map_err(wrong)? {
        let name = entry.map_err(wrong)?.file_name().to_string_lossy().into_owned();
        if !ENTRIES.contains(&name.as_str()) && !name.starts_with('.') {
            strange.push(format!(
                "{name}: is nothing that is read; accepted are {}",
                ENTRIES.join(", ")
            ));
        }
    }
    Ok(strange)
}

/// A known service keeps what the file does not name. A new one comes last, so that it is the one that
/// hears of a port that is taken.
fn laid_upon_service(name: &str, own: &Value, knowledge: &mut Knowledge) -> Result<(), String> {
    let place = knowledge.services.iter().position(|(known, _)| known == name);
    let service: ServiceFile = match place {
        Some(place) => laid_upon(&knowledge.services.remove(place).1, own)?,
        None => read(own.clone()).map_err(|wrong| {
            format!("{wrong} (Klinke knows no service of this name, so the file has to be whole)")
        })?,
    };
    knowledge.services.push((name.to_owned(), service));
    Ok(())
}

fn laid_upon_phrases(file: &str, own: Value, knowledge: &mut Knowledge) -> Vec<String> {
    let Value::Object(own) = own else { return vec!["is no table".to_owned()] };
    let mut complaints = Vec::new();
    for (key, value) in own {
        let laid = laid_upon_phrase(&key, &value, knowledge);
        match laid {
            Ok(()) => drop(knowledge.homes.insert(key, file.to_owned())),
            Err(wrong) => complaints.push(format!("{key}: {wrong}")),
        }
    }
    complaints
}

fn laid_upon_phrase(key: &str, own: &Value, knowledge: &mut Knowledge) -> Result<(), String> {
    let known = knowledge.phrases.get_mut(key).ok_or("is no phrase of Klinke")?;
    let laid: PhraseEntry = laid_upon(known, own)?;
    let shape = |entry: &PhraseEntry| {
        let sentences = entry.de.sentences();
        let names: BTreeSet<String> =
            rules::placeholders(&sentences.join(" ")).into_iter().collect();
        (sentences.len(), names)
    };
    if shape(&laid) != shape(known) {
        let sentences = known.de.sentences().join(" | ");
        return Err(format!("has to keep the placeholders and forms of “{sentences}”"));
    }
    *known = laid;
    Ok(())
}

/// `own` laid upon `known`, key by key.
fn laid_upon<T: Serialize + DeserializeOwned>(known: &T, own: &Value) -> Result<T, String> {
    let mut whole = serde_json::to_value(known).map_err(|error| error.to_string())?;
    lay(&mut whole, own);
    read(whole)
}

fn lay(whole: &mut Value, own: &Value) {
    match (whole, own) {
        (Value::Object(whole), Value::Object(own)) => lay_fields(whole, own),
        (whole, own) => *whole = own.clone(),
    }
}

fn lay_fields(whole: &mut Map<String, Value>, own: &Map<String, Value>) {
    for (key, value) in own {
        lay(whole.entry(key).or_insert(Value::Null), value);
    }
}

/// Reads a value, and says which key is wrong if one is.
fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        match error.path().to_string().as_str() {
            "." => error.inner().to_string(),
            path => format!("{path}: {}", error.inner()),
        }
    })
}
