//! What the pages, the tips and the glossary must keep.

use super::is_plain;
use crate::schema::{PageTexts, Term, Tip, TipTexts};
use crate::{Knowledge, Language};
use std::collections::BTreeMap;

/// What search engines show of a description.
const LONGEST_DESCRIPTION: usize = 160;

/// Every broken rule over pages, tips and glossary.
pub(super) fn complaints(knowledge: &Knowledge) -> Vec<String> {
    let mut complaints = tips_that_are_missing(knowledge);
    for language in Language::ALL {
        let code = language.code();
        let mut paths = BTreeMap::new();
        for (name, page) in &knowledge.pages {
            let place = format!("pages/{name}.toml: {code}");
            complaints.extend(of_page(&place, page.of(language)));
            complaints.extend(of_path(&place, &page.of(language).path, &mut paths));
        }
        let mut paths = BTreeMap::new();
        for (name, tip) in &knowledge.tips {
            let place = format!("tips/{name}.toml: {code}");
            complaints.extend(of_tip(&place, tip.of(language)));
            complaints.extend(of_path(&place, &tip.of(language).path, &mut paths));
        }
        let mut owners = BTreeMap::new();
        for (name, term) in &knowledge.glossary {
            let place = format!("glossary.toml: {name}.{code}");
            complaints.extend(of_term(&place, name, term.of(language), &mut owners));
        }
    }
    complaints
}

/// The tips are seven, and each has one file.
fn tips_that_are_missing(knowledge: &Knowledge) -> Vec<String> {
    let name = |tip: &Tip| format!("{tip:?}").to_lowercase();
    let known: Vec<String> = Tip::ALL.iter().map(name).collect();
    let there: Vec<&String> = knowledge.tips.iter().map(|(name, _)| name).collect();
    let missing = known.iter().filter(|tip| !there.contains(tip));
    let missing = missing.map(|tip| format!("tips/{tip}.toml: is missing"));
    let strange = there.iter().filter(|tip| !known.contains(tip));
    let strange =
        strange.map(|tip| format!("tips/{tip}.toml: is no tip; accepted are {}", known.join(", ")));
    missing.chain(strange).collect()
}

fn of_page(place: &str, page: &PageTexts) -> Vec<String> {
    of_texts(place, &page.fields(), &page.description)
}

fn of_tip(place: &str, tip: &TipTexts) -> Vec<String> {
    let mut parts = tip.fields();
    let empty = tip.lists().into_iter().filter(|(_, list)| list.is_empty());
    parts.extend(empty.map(|(key, _)| (key, "")));
    of_texts(place, &parts, &tip.description)
}

fn of_texts(place: &str, parts: &[(&str, &str)], description: &str) -> Vec<String> {
    let empty = parts.iter().filter(|(_, text)| text.trim() != *text || text.is_empty());
    let mut complaints: Vec<String> = empty
        .map(|(key, _)| format!("{place}.{key}: is empty, or starts or ends with white space"))
        .collect();
    let length = description.chars().count();
    if length > LONGEST_DESCRIPTION {
        complaints.push(format!(
            "{place}.description: has {length} characters, accepted are {LONGEST_DESCRIPTION}"
        ));
    }
    complaints
}

fn of_path(place: &str, path: &str, paths: &mut BTreeMap<String, String>) -> Vec<String> {
    let mut complaints = Vec::new();
    if path.is_empty() || !is_plain(path) {
        complaints.push(format!("{place}.path: may hold a-z, 0-9 and - only"));
    }
    if let Some(other) = paths.insert(path.to_owned(), place.to_owned()) {
        complaints.push(format!("{place}.path: “{path}” is already that of {other}"));
    }
    complaints
}

fn of_term(
    place: &str,
    name: &str,
    term: &Term,
    owners: &mut BTreeMap<String, String>,
) -> Vec<String> {
    let mut complaints = of_texts(place, &[("term", &term.term), ("text", &term.text)], "");
    if !is_plain(name) {
        complaints.push(format!("{place}: a name may hold a-z, 0-9 and - only"));
    }
    for form in &term.forms {
        if let Some(owner) = owners.insert(form.clone(), name.to_owned()) {
            complaints.push(format!("{place}.forms: “{form}” is already a form of {owner}"));
        }
    }
    complaints
}
