//! Turns checked knowledge into Rust tables and one text file per language. Decides nothing.

use super::rules::{NamedService, placeholders};
use super::schema::{PhraseFile, ServiceFile, ServiceTexts, UnknownFile, Wording};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The static table of services: facts only, in order of rank.
pub(crate) fn services_table(services: &[NamedService]) -> String {
    let mut code = format!("pub(crate) static SERVICES: [Service; {}] = [\n", services.len());
    for (id, service) in services {
        let ServiceFile { severity, family, rank, quick, tips, sources, ports, .. } = service;
        let recognise = &service.recognise;
        let when: Vec<String> = service
            .when
            .iter()
            .map(|(note, severity)| {
                format!("({}, Severity::{})", variant("Note", note), severity.variant())
            })
            .collect();
        let tips: Vec<String> = tips.iter().map(|tip| format!("Tip::{}", tip.variant())).collect();
        let _ = writeln!(
            code,
            "Service {{ name: {id:?}, severity: Severity::{}, family: Family::{}, rank: {rank}, quick: {quick}, \
             tips: &[{}], sources: &{sources:?}, tcp: &{:?}, udp: &{:?}, also_tcp: &{:?}, also_udp: &{:?}, \
             protocols: &[{}], tls: &[{}], products: &{:?}, when: &[{}] }},",
            severity.variant(),
            family.variant(),
            tips.join(", "),
            ports.tcp,
            ports.udp,
            ports.also_tcp,
            ports.also_udp,
            protocols(&recognise.protocols),
            protocols(&recognise.tls),
            recognise.products,
            when.join(", "),
        );
    }
    code + "];\n"
}

fn protocols(names: &[String]) -> String {
    names.iter().map(|name| variant("Protocol", name)).collect::<Vec<_>>().join(", ")
}

/// The variant that has a name in the contract: `password-login` is `Note::PasswordLogin`. One that
/// does not exist does not compile.
fn variant(of: &str, name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_uppercase() + rest
    });
    format!("{of}::{}", words.collect::<String>())
}

/// One method of `Texts` for every phrase: its placeholders are its arguments, so that a sentence
/// that is missing, misspelt or filled wrongly does not compile.
pub(crate) fn phrase_methods(phrases: &PhraseFile) -> String {
    let mut code = String::from("impl Texts {\n");
    let mut index = 0;
    for (key, entry) in phrases {
        let german = entry.de.sentences();
        let _ =
            writeln!(code, "/// “{}” · “{}”", german.join(" | "), entry.en.sentences().join(" | "));
        let counted = matches!(entry.de, Wording::Counted(_));
        code += &phrase_method(key, index, &german, counted);
        index += german.len();
    }
    code += "}\n";
    let _ = writeln!(code, "pub(crate) const PHRASES: usize = {index};");
    code
}

fn phrase_method(key: &str, index: usize, german: &[&str], counted: bool) -> String {
    let names: Vec<String> = placeholders(&german.join(" "));
    let arguments: Vec<&String> =
        names.iter().filter(|name| !(counted && *name == "count")).collect();
    let parameters = arguments.iter().fold(String::new(), |all, name| all + ", " + name + ": &str");
    let mut values: Vec<String> =
        arguments.iter().map(|name| format!("({name:?}, {name})")).collect();
    if counted {
        values.push("(\"count\", &count.to_string())".to_owned());
        format!(
            "#[must_use] pub fn {key}(&self, count: usize{parameters}) -> String {{ \
             self.filled({index} + usize::from(count != 1), &[{}]) }}\n",
            values.join(", ")
        )
    } else if names.is_empty() {
        format!("#[must_use] pub fn {key}(&self) -> &str {{ self.phrase({index}) }}\n")
    } else {
        format!(
            "#[must_use] pub fn {key}(&self{parameters}) -> String {{ self.filled({index}, &[{}]) }}\n",
            values.join(", ")
        )
    }
}

/// The words of one language as JSON, in the order of the tables above.
pub(crate) fn texts_json(
    language: &str,
    services: &[NamedService],
    unknown: &UnknownFile,
    phrases: &PhraseFile,
) -> String {
    let german = language == "de";
    let phrases: Vec<&str> = phrases
        .values()
        .flat_map(|entry| if german { entry.de.sentences() } else { entry.en.sentences() })
        .collect();
    let services: Vec<&ServiceTexts> = services
        .iter()
        .map(|(_, service)| if german { &service.de } else { &service.en })
        .collect();
    let unknown = if german { &unknown.de } else { &unknown.en };
    let whole = serde_json::json!({
        "language": language, "phrases": phrases, "services": services, "unknown": unknown,
    });
    whole.to_string()
}

/// Merges the phrase files into one list by key.
///
/// # Errors
/// Names the key and both files when a key stands in two of them.
pub(crate) fn merged(files: Vec<(String, PhraseFile)>) -> Result<PhraseFile, Vec<String>> {
    let mut all = PhraseFile::new();
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    let mut complaints = Vec::new();
    for (file, phrases) in files {
        for (key, entry) in phrases {
            if let Some(home) = homes.insert(key.clone(), file.clone()) {
                complaints.push(format!("{file}: {key}: is already in {home}"));
            }
            all.insert(key, entry);
        }
    }
    if complaints.is_empty() { Ok(all) } else { Err(complaints) }
}
