//! The words of a language as they travel to the page: those that every visitor needs, and those for
//! each service. The build and the server write them by these functions, so that both write the same.

use crate::schema::{PhraseEntry, ServiceFile};
use crate::{Knowledge, Language, NamedService};
use serde_json::{Value, json};

/// What every visitor needs: the phrases, the catalogue with the names of its services, and what is
/// said of a door that no service claims. All lists are in the order of the tables: phrases by key, services by rank.
#[must_use]
pub fn common(knowledge: &Knowledge, language: Language) -> Value {
    let names: Vec<&str> =
        knowledge.services.iter().map(|(_, service)| &*service.texts(language).name).collect();
    let sentences = |entry| PhraseEntry::of(entry, language).sentences();
    json!({
        "language": language.code(),
        "phrases": knowledge.phrases.values().flat_map(sentences).collect::<Vec<_>>(),
        "names": names,
        "services": knowledge.services.iter().map(facts).collect::<Vec<_>>(),
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

/// The facts of a service, without its words, without what is empty, and without its rank, which is its
/// place in the list.
fn facts((name, service): &NamedService) -> Value {
    let ServiceFile { severity, family, quick, used_by, tips, ports, recognise, .. } = service;
    let when = service.when.iter();
    let when: Vec<Value> =
        when.map(|(note, severity)| json!({ "note": note, "severity": severity })).collect();
    let mut facts = json!({
        "name": name, "severity": severity, "family": family, "quick": quick,
        "used_by": used_by, "tips": tips, "tcp": ports.tcp, "udp": ports.udp,
        "also_tcp": ports.also_tcp, "also_udp": ports.also_udp, "protocols": recognise.protocols,
        "tls": recognise.tls, "products": recognise.products, "when": when,
    });
    if let Value::Object(fields) = &mut facts {
        let says = |value: &Value| {
            *value != json!(false) && value.as_array().is_none_or(|list| !list.is_empty())
        };
        fields.retain(|_, value| says(value));
    }
    facts
}
