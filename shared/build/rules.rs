//! The rules that one knowledge file alone, or all of them together, must keep. Every complaint
//! names the file and the key. Knows nothing of where files come from.

use super::schema::{PhraseEntry, PhraseFile, ServiceFile, ServiceTexts};
use std::collections::{BTreeMap, BTreeSet};

/// A service with the name of its file, without the ending.
pub(crate) type NamedService = (String, ServiceFile);

/// The longest name that still fits a card's head line on a phone.
const LONGEST_NAME: usize = 48;
/// The longest that one text of an entry may be: about eight short sentences.
const LONGEST_TEXT: usize = 900;

/// Reads one service file.
///
/// # Errors
/// The complaint with file, line and key when it is not TOML, has an unknown key or lacks one.
pub(crate) fn read_service(file: &str, text: &str) -> Result<ServiceFile, String> {
    toml::from_str(text).map_err(|error| format!("{file}: {error}"))
}

/// Every broken rule over all services, in words; empty when all is well.
pub(crate) fn complaints_about_services(services: &[NamedService]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (id, service) in services {
        complaints.extend(own_complaints(id, service));
    }
    complaints.extend(shared_ports(services));
    complaints.extend(shared_ranks(services));
    complaints
}

fn own_complaints(id: &str, service: &ServiceFile) -> Vec<String> {
    let file = format!("services/{id}.toml");
    let mut complaints = Vec::new();
    let well_formed = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !id.is_empty();
    if !well_formed {
        complaints.push(format!("{file}: the file's name may hold a-z, 0-9 and - only"));
    }
    let ports = &service.ports;
    if ports.tcp.is_empty() && ports.udp.is_empty() {
        complaints.push(format!(
            "{file}: ports: claims no port of its own; list at least one under tcp or udp"
        ));
    }
    for (key, list) in claims(service) {
        if list.contains(&0) {
            complaints.push(format!("{file}: ports.{key}: 0 is no port; accepted are 1 to 65535"));
        }
        let distinct: BTreeSet<_> = list.iter().collect();
        if distinct.len() != list.len() {
            complaints.push(format!("{file}: ports.{key}: names a port twice"));
        }
    }
    if service.tips.is_empty() || service.tips.len() > 3 {
        complaints.push(format!("{file}: tips: one to three are accepted, most useful first"));
    }
    if service.sources.is_empty() {
        complaints.push(format!("{file}: sources: at least one is needed"));
    }
    for (language, texts) in [("de", &service.de), ("en", &service.en)] {
        complaints.extend(text_complaints(&file, language, texts));
    }
    complaints
}

/// What is wrong with the words of one entry in one language.
pub(crate) fn text_complaints(file: &str, language: &str, texts: &ServiceTexts) -> Vec<String> {
    let mut complaints = Vec::new();
    for (key, text) in texts.fields() {
        let length = text.chars().count();
        let longest = if key == "name" { LONGEST_NAME } else { LONGEST_TEXT };
        if text.trim().is_empty() {
            complaints.push(format!("{file}: {language}.{key}: is empty"));
        } else if text.trim() != text {
            complaints.push(format!("{file}: {language}.{key}: starts or ends with white space"));
        } else if length > longest {
            complaints.push(format!(
                "{file}: {language}.{key}: has {length} characters, accepted are {longest}"
            ));
        }
    }
    complaints
}

fn claims(service: &ServiceFile) -> [(&'static str, &[u16]); 4] {
    let ports = &service.ports;
    [
        ("tcp", &ports.tcp),
        ("udp", &ports.udp),
        ("also_tcp", &ports.also_tcp),
        ("also_udp", &ports.also_udp),
    ]
}

/// A port has one usual service. Others that may be found there say so with `also_…`, which in
/// turn needs that usual service, or the port would never be planned.
fn shared_ports(services: &[NamedService]) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut owners: BTreeMap<(&str, u16), &str> = BTreeMap::new();
    for (id, service) in services {
        for (key, list) in &claims(service)[..2] {
            for port in *list {
                if let Some(owner) = owners.insert((key, *port), id) {
                    complaints.push(format!(
                        "services/{id}.toml: ports.{key}: {port} is already the usual port of {owner}; \
                         keep it in one of the two and write also_{key} in the other"
                    ));
                }
            }
        }
    }
    for (id, service) in services {
        for (key, list) in &claims(service)[2..] {
            let plain = key.trim_start_matches("also_");
            for port in list.iter().filter(|port| !owners.contains_key(&(plain, **port))) {
                complaints.push(format!(
                    "services/{id}.toml: ports.{key}: {port} has no usual service; write it under {plain} here"
                ));
            }
        }
    }
    complaints
}

fn shared_ranks(services: &[NamedService]) -> Vec<String> {
    let mut holders: BTreeMap<u16, &str> = BTreeMap::new();
    let mut complaints = Vec::new();
    for (id, service) in services {
        if let Some(holder) = holders.insert(service.rank, id) {
            complaints.push(format!(
                "services/{id}.toml: rank: {} is already the rank of {holder}; ranks order the plan, so each is unique",
                service.rank
            ));
        }
    }
    complaints
}

/// Every broken rule over one file of phrases, in words.
pub(crate) fn complaints_about_phrases(file: &str, phrases: &PhraseFile) -> Vec<String> {
    phrases.iter().flat_map(|(key, entry)| phrase_complaints(file, key, entry)).collect()
}

fn phrase_complaints(file: &str, key: &str, entry: &PhraseEntry) -> Vec<String> {
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
pub(crate) fn placeholders(text: &str) -> Vec<String> {
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
