//! The words of a language as they travel to the page: those that every visitor needs, and those for
//! each service. The build and the server write them by these functions, so that both write the same.

use crate::schema::{PhraseEntry, ServiceFile};
use crate::{Knowledge, Language, NamedService};
use serde_json::{Value, json};

/// What every visitor needs: the phrases, the names of the services, and what is said of a door that
/// no service claims. All lists are in the order of the tables: phrases by key, services by rank.
#[must_use]
pub fn common(knowledge: &Knowledge, language: Language) -> Value {
    let names: Vec<&str> =
        knowledge.services.iter().map(|(_, service)| &*service.texts(language).name).collect();
    json!({
        "language": language.code(),
        "phrases": knowledge.phrases.values().flat_map(|entry| sentences(entry, language)).collect::<Vec<_>>(),
        "names": names,
        "unknown": knowledge.unknown.of(language),
    })
}

/// All words for each service, with its sources, by rank.
#[must_use]
pub fn services(knowledge: &Knowledge, language: Language) -> Value {
    let whole = |(_, service): &NamedService| {
        let mut texts = json!(service.texts(language));
        texts["sources"] = json!(service.sources);
        texts
    };
    knowledge.services.iter().map(whole).collect()
}

/// The facts of a service without its words.
#[must_use]
pub fn facts(name: &str, service: &ServiceFile) -> Value {
    let mut facts = json!(service);
    if let Value::Object(fields) = &mut facts {
        for words in ["de", "en", "sources", "exempt"] {
            fields.remove(words);
        }
    }
    facts["name"] = json!(name);
    facts
}

fn sentences(entry: &PhraseEntry, language: Language) -> Vec<&str> {
    match language {
        Language::German => entry.de.sentences(),
        Language::English => entry.en.sentences(),
    }
}
