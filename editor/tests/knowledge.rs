//! All that comes with Klinke, against the rules: form, length of sentences, how hard it is to read,
//! marks and words, and that nothing is there which nobody uses.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use klinke_editor::rules;
use klinke_editor::rules::words::{self, Entry, Reader};
use klinke_editor::schema::{Family, Severity, Tip};
use klinke_editor::{Knowledge, Language};
use std::collections::BTreeSet;
use std::path::Path;

/// Half of the entries for everybody are at least so easy: the sixth or seventh year of school.
const MEDIAN_GERMAN_GRADE: f64 = 7.5;
const MEDIAN_GERMAN_LIX: f64 = 40.0;
const MEDIAN_ENGLISH_GRADE: f64 = 7.0;
/// So many entries may be harder, each with its reason.
const MOST_EXEMPT: usize = 5;

fn knowledge() -> Knowledge {
    Knowledge::read(Path::new("../shared/knowledge")).unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn for_everyone(entries: &[Entry], language: Language) -> Vec<&Entry> {
    let wanted = |entry: &&Entry| entry.language == language && entry.reader == Reader::Everyone;
    entries.iter().filter(wanted).collect()
}

#[test]
fn no_entry_is_harder_to_read_than_its_readers_deserve() {
    let complaints: Vec<String> =
        words::entries(&knowledge()).iter().flat_map(Entry::complaints).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn most_entries_are_easy() {
    let entries = words::entries(&knowledge());
    let german = for_everyone(&entries, Language::German);
    let english = for_everyone(&entries, Language::English);
    let grade =
        |entries: &[&Entry]| median(entries.iter().map(|entry| entry.measures.grade).collect());
    let lix = median(german.iter().filter_map(|entry| entry.measures.lix).collect());
    assert!(grade(&german) <= MEDIAN_GERMAN_GRADE, "{}", grade(&german));
    assert!(grade(&english) <= MEDIAN_ENGLISH_GRADE, "{}", grade(&english));
    assert!(lix <= MEDIAN_GERMAN_LIX, "{lix}");
}

#[test]
fn few_services_are_exempt() {
    let knowledge = knowledge();
    let exempt = knowledge.services.iter().filter(|(_, service)| service.exempt.is_some());
    assert!(exempt.count() <= MOST_EXEMPT);
}

#[test]
fn marks_and_words_are_those_of_the_house() {
    let complaints = words::complaints_about_marks(&knowledge());
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn no_text_promises_more_than_a_check_can_know() {
    for text in rules::texts(&knowledge()) {
        let small = text.text.to_lowercase();
        for word in
            ["unverwundbar", "100 prozent", "100 percent", "völlig sicher", "completely safe"]
        {
            assert!(!small.contains(word), "{}: {word}", text.place);
        }
    }
}

/// Whether a form stands in a text as a word of its own.
fn stands(text: &str, form: &str) -> bool {
    text.match_indices(form).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + form.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn every_word_of_the_glossary_is_used_in_every_form_that_it_names() {
    let knowledge = knowledge();
    let texts = rules::texts(&knowledge);
    for language in Language::ALL {
        let own: Vec<&str> = texts
            .iter()
            .filter(|text| text.language == language && !text.place.starts_with("glossary"))
            .map(|text| text.text)
            .collect();
        for (name, term) in &knowledge.glossary {
            let term = term.of(language);
            assert!(!term.forms.is_empty(), "{name}: has no form");
            for form in &term.forms {
                assert!(
                    own.iter().any(|text| stands(text, form)),
                    "{name}: nobody writes “{form}”"
                );
            }
        }
    }
}

#[test]
fn a_door_to_close_today_says_so_to_everybody_and_one_for_this_week_too() {
    let mut missing = Vec::new();
    for (name, service) in knowledge().services {
        let words = match service.severity {
            Severity::Critical => [["heute", "sofort"], ["today", "at once"]],
            Severity::High => [["Woche", "heute"], ["week", "today"]],
            _ => continue,
        };
        for (language, words) in Language::ALL.into_iter().zip(words) {
            let texts = service.texts(language);
            let said = |text: &str| {
                let text = text.to_lowercase();
                words.iter().any(|word| text.contains(&word.to_lowercase()))
            };
            for (key, text) in [("employee", &texts.employee), ("boss", &texts.boss)] {
                if !said(text) {
                    missing
                        .push(format!("services/{name}.toml: {}.{key}: {text}", language.code()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn severities_agree_with_what_a_service_is() {
    use Family::{Building, Camera, Database, Print, Vpn};
    for (name, service) in knowledge().services {
        let severity = service.severity;
        match service.family {
            Building | Camera | Database | Print => {
                assert!(severity >= Severity::Medium, "{name}");
            }
            Vpn => assert!(severity <= Severity::High, "{name}"),
            _ => {}
        }
        let worst = service.when.values().copied().max().unwrap_or(severity);
        assert!(severity != Severity::Info || worst <= Severity::Medium, "{name}");
        assert!(!(service.quick && severity == Severity::Low && name != "ssh"), "{name}");
    }
}

#[test]
fn every_tip_helps_with_several_services() {
    let knowledge = knowledge();
    for tip in Tip::ALL {
        let named = knowledge.services.iter().filter(|(_, service)| service.tips.contains(tip));
        assert!(named.count() >= 3, "{tip:?}");
    }
}

#[test]
fn every_phrase_is_used_by_the_program() {
    let mut code = String::new();
    for room in ["../shared/src", "../backend/src", "../frontend/src"] {
        read_all(Path::new(room), &mut code);
    }
    let words: BTreeSet<&str> =
        code.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
    let knowledge = knowledge();
    let idle: Vec<&String> =
        knowledge.phrases.keys().filter(|key| !words.contains(key.as_str())).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

fn read_all(folder: &Path, code: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, code);
        } else {
            code.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
