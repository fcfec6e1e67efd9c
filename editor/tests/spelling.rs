//! Every word of every text is one that Debian's dictionaries know, a name, a technical sign, or one of
//! the few words that `names.toml` adds.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use klinke_editor::rules::Text;
use klinke_editor::rules::words::{Reader, without_quotes};
use klinke_editor::words::sentences::words;
use klinke_editor::{Knowledge, Language, rules};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

fn knowledge() -> Knowledge {
    Knowledge::read(Path::new("../shared/knowledge")).unwrap()
}

/// Each word for a reader with the first place where it stands.
fn spelt(knowledge: &Knowledge, language: Language, reader: Reader) -> BTreeMap<String, String> {
    let lexicon = knowledge.lexicon();
    let mut places = BTreeMap::new();
    let texts = rules::texts(knowledge).into_iter();
    let texts = texts.filter(|text| text.language == language && text.reader == reader);
    for Text { place, text, .. } in texts {
        let plain = match reader {
            Reader::Everyone => without_placeholders(text),
            Reader::It => without_quotes(text),
        };
        for word in words(&plain).filter(|word| !lexicon.is_name(word)) {
            for part in word.split('-').filter(|part| !lexicon.is_name(part)) {
                places.entry(part.to_owned()).or_insert_with(|| place.clone());
            }
        }
    }
    places
}

/// What stands in braces is filled in.
fn without_placeholders(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        rest = after.split_once('}').map_or("", |(_, tail)| tail);
    }
    plain + rest
}

/// The words that a dictionary does not know.
fn unknown(dictionary: &str, words: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut hunspell = Command::new("hunspell")
        .args(["-d", dictionary, "-i", "utf-8", "-l"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("hunspell with de_DE and en_GB is needed; `cargo xtask test` installs it");
    let all: Vec<String> = words.collect();
    let mut input = hunspell.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(all.join("\n").as_bytes()));
    let output = hunspell.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "hunspell failed; is the dictionary {dictionary} there?");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The terms of the trade are English: the IT reads them in German texts, too.
fn dictionary(language: Language, reader: Reader) -> &'static str {
    match (language, reader) {
        (Language::German, Reader::Everyone) => "de_DE",
        (Language::German, Reader::It) => "de_DE,en_GB",
        (Language::English, _) => "en_GB",
    }
}

fn added(knowledge: &Knowledge, language: Language) -> &[String] {
    match language {
        Language::German => &knowledge.names.german,
        Language::English => &knowledge.names.english,
    }
}

/// The words that no dictionary knows, with their places.
fn strange(knowledge: &Knowledge, language: Language) -> BTreeMap<String, String> {
    let of = |reader| {
        let mut spelt = spelt(knowledge, language, reader);
        let unknown = unknown(dictionary(language, reader), spelt.keys().cloned());
        spelt.retain(|word, _| unknown.contains(word));
        spelt
    };
    of(Reader::It).into_iter().chain(of(Reader::Everyone)).collect()
}

#[test]
fn every_word_is_spelt_as_a_dictionary_has_it() {
    let knowledge = knowledge();
    for language in Language::ALL {
        let mut wrong = strange(&knowledge, language);
        wrong.retain(|word, _| !added(&knowledge, language).contains(word));
        assert!(wrong.is_empty(), "{language:?}, {} words: {wrong:#?}", wrong.len());
    }
}

#[test]
fn no_word_is_added_that_nobody_uses_or_a_dictionary_has() {
    let knowledge = knowledge();
    for language in Language::ALL {
        let strange = strange(&knowledge, language);
        let added = added(&knowledge, language).iter();
        let idle: Vec<&String> = added.filter(|word| !strange.contains_key(*word)).collect();
        assert!(idle.is_empty(), "{language:?}: {idle:?}");
    }
}

#[test]
fn a_misspelt_word_is_found() {
    let words = ["Tür", "Internetanschluss", "Anschlus"].map(str::to_owned);
    assert_eq!(unknown("de_DE", words.into_iter()), ["Anschlus".to_owned()].into());
}
