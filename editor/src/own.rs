//! An operator's own folder of knowledge, laid upon that which comes with Klinke. A file changes what it
//! names and leaves the rest; a service that Klinke does not know needs a whole file. What comes out keeps
//! the same rules as Klinke's own.

use crate::rules::{self, words};
use crate::schema::{NamesFile, PhraseEntry, ServiceFile};
use crate::{Knowledge, folder};
use serde::Serialize;
use serde::de::DeserializeOwned;
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

impl Own {
    /// Lays a folder upon the knowledge: `services/NAME.toml`, `phrases/NAME.toml`, `unknown.toml` and
    /// `names.toml`, each of which may be missing.
    ///
    /// # Errors
    /// Every complaint about the folder, with file and key.
    pub fn read(root: &Path, mut knowledge: Knowledge) -> Result<Self, Vec<String>> {
        if !root.is_dir() {
            return Err(vec![format!("{}: is no folder", root.display())]);
        }
        let mut complaints = Vec::new();
        let mut changed = BTreeSet::new();
        read_names(root, &mut knowledge, &mut complaints);
        // As JSON, because that is what one can lay upon another.
        for (name, file) in folder::all::<Value>(root, "services", &mut complaints) {
            match laid_upon_service(&name, &file, &mut knowledge) {
                Ok(()) => drop(changed.insert(name)),
                Err(complaint) => complaints.push(format!("services/{name}.toml: {complaint}")),
            }
        }
        for (name, file) in folder::all(root, "phrases", &mut complaints) {
            let wrong = laid_upon_phrases(file, &mut knowledge);
            complaints
                .extend(wrong.into_iter().map(|wrong| format!("phrases/{name}.toml: {wrong}")));
        }
        read_unknown(root, &mut knowledge, &mut complaints);
        if complaints.is_empty() {
            complaints.extend(broken_rules(&knowledge, &changed));
        }
        knowledge.services.sort_by_key(|(_, service)| service.rank);
        if complaints.is_empty() {
            Ok(Self { knowledge, services: changed })
        } else {
            Err(complaints)
        }
    }
}

fn read_names(root: &Path, knowledge: &mut Knowledge, complaints: &mut Vec<String>) {
    let path = root.join("names.toml");
    if path.exists() {
        match folder::read::<NamesFile>("names.toml", &path) {
            Ok(own) => knowledge.names.names.extend(own.names),
            Err(complaint) => complaints.push(complaint),
        }
    }
}

fn read_unknown(root: &Path, knowledge: &mut Knowledge, complaints: &mut Vec<String>) {
    let path = root.join("unknown.toml");
    if path.exists() {
        let laid = folder::read::<Value>("unknown.toml", &path).and_then(|own| {
            laid_upon(&knowledge.unknown, &own).map_err(|wrong| format!("unknown.toml: {wrong}"))
        });
        match laid {
            Ok(unknown) => knowledge.unknown = unknown,
            Err(complaint) => complaints.push(complaint),
        }
    }
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

fn laid_upon_phrases(own: Value, knowledge: &mut Knowledge) -> Vec<String> {
    let Value::Object(own) = own else { return vec!["is no table".to_owned()] };
    let mut complaints = Vec::new();
    for (key, value) in own {
        let Some(known) = knowledge.phrases.get_mut(&key) else {
            complaints.push(format!("{key}: is no phrase of Klinke"));
            continue;
        };
        match laid_upon::<PhraseEntry>(known, &value) {
            Ok(laid) => {
                let names = |entry: &PhraseEntry| {
                    rules::placeholders(&entry.de.sentences().join(" "))
                        .into_iter()
                        .collect::<BTreeSet<_>>()
                };
                if names(&laid) == names(known)
                    && laid.de.sentences().len() == known.de.sentences().len()
                {
                    *known = laid;
                } else {
                    complaints.push(format!(
                        "{key}: has to keep the placeholders and forms of “{}”",
                        known.de.sentences().join(" | ")
                    ));
                }
            }
            Err(wrong) => complaints.push(format!("{key}: {wrong}")),
        }
    }
    complaints
}

/// The rules that the operator's services break, and how well their words read.
fn broken_rules(knowledge: &Knowledge, changed: &BTreeSet<String>) -> Vec<String> {
    let lexicon = knowledge.lexicon();
    let mut complaints = rules::complaints_about_services(&knowledge.services);
    for (name, service) in knowledge.services.iter().filter(|(name, _)| changed.contains(name)) {
        let file = format!("services/{name}.toml");
        complaints.extend(words::complaints_about_service(&file, service));
        let entries = words::of_service(&file, service, &lexicon);
        complaints.extend(entries.iter().flat_map(words::Entry::complaints));
    }
    complaints.extend(rules::complaints_about_phrases("phrases", &knowledge.phrases));
    complaints
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
