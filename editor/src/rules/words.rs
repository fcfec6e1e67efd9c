//! How well each entry has to read: the limits, and what breaks them. An entry is a service, a tip, a
//! page or a file of phrases; its sentences are measured together, because a single one says little.

use super::texts::{Text, texts};
use crate::schema::{ServiceFile, ServiceTexts};
use crate::words::{self, Lexicon, Measures};
use crate::{Knowledge, Language};

/// The most words that a sentence may have on average, and at all (DIN 8581-1 recommends 15).
const MEAN_WORDS: f64 = 15.0;
const MOST_WORDS: usize = 25;
/// How hard a text for everybody may be: about the tenth year of school, and LIX of a newspaper.
const GRADE: f64 = 10.0;
const LIX: f64 = 52.0;
/// How hard a text for the IT may be.
const GRADE_FOR_IT: f64 = 12.0;

/// For whom a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Everybody.
    Everyone,
    /// The IT.
    It,
}

impl Reader {
    /// As reports name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "for everyone",
            Self::It => "for the IT",
        }
    }
}

/// One text that is measured as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its file.
    pub file: String,
    /// Its language.
    pub language: Language,
    /// For whom it is.
    pub reader: Reader,
    /// Why it may be harder than others.
    pub exempt: Option<String>,
    /// What was measured.
    pub measures: Measures,
}

impl Entry {
    fn of(file: &str, language: Language, reader: Reader, text: &str, lexicon: &Lexicon) -> Self {
        // What the IT types or clicks is no sentence to read: it counts as one name.
        let text = match reader {
            Reader::Everyone => text.to_owned(),
            Reader::It => without_quotes(text),
        };
        let measures = Measures::of(&text, language, lexicon);
        Self { file: file.to_owned(), language, reader, exempt: None, measures }
    }

    fn exempt(self, exempt: Option<&String>) -> Self {
        Self { exempt: exempt.cloned(), ..self }
    }

    /// Every limit that it breaks.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let Measures { mean, longest: (most, sentence), grade, lix, .. } = &self.measures;
        let for_it = self.reader == Reader::It;
        let most_grade = if for_it { GRADE_FOR_IT } else { GRADE };
        let name = match self.language {
            Language::German => "the Wiener Sachtextformel",
            Language::English => "the Flesch–Kincaid grade",
        };
        let hard = self.exempt.is_none();
        let too_long = lix.is_some_and(|lix| lix > LIX) && !for_it;
        let checks = [
            (
                *mean > MEAN_WORDS,
                format!("{mean:.1} words in a sentence on average, accepted are {MEAN_WORDS}"),
            ),
            (
                *most > MOST_WORDS,
                format!("a sentence of {most} words, accepted are {MOST_WORDS}: “{sentence}”"),
            ),
            (
                hard && *grade > most_grade,
                format!("{name} is {grade:.1}, accepted is {most_grade}"),
            ),
            (hard && too_long, format!("LIX is {:.1}, accepted is {LIX}", lix.unwrap_or_default())),
        ];
        let place = format!("{}: {} {}", self.file, self.language.code(), self.reader.as_str());
        checks
            .into_iter()
            .filter(|(broken, _)| *broken)
            .map(|(_, words)| format!("{place}: {words}"))
            .collect()
    }
}

/// Every entry of the knowledge, measured.
#[must_use]
pub fn entries(knowledge: &Knowledge) -> Vec<Entry> {
    let lexicon = knowledge.lexicon();
    let mut entries = Vec::new();
    for (name, service) in &knowledge.services {
        entries.extend(of_service(&format!("services/{name}.toml"), service, &lexicon));
    }
    for language in Language::ALL {
        let mut add = |file: &str, reader, text: &str| {
            if !text.trim().is_empty() {
                entries.push(Entry::of(file, language, reader, text, &lexicon));
            }
        };
        let unknown = knowledge.unknown.of(language);
        add("unknown.toml", Reader::Everyone, &unknown.for_everyone());
        add("unknown.toml", Reader::It, &unknown.for_it());
        for (name, page) in &knowledge.pages {
            let file = format!("pages/{name}.toml");
            add(&file, Reader::Everyone, &page.of(language).read_by(false));
            add(&file, Reader::It, &page.of(language).read_by(true));
        }
        for (name, tip) in &knowledge.tips {
            let file = format!("tips/{name}.toml");
            add(&file, Reader::Everyone, &tip.of(language).for_everyone());
            add(&file, Reader::It, &tip.of(language).it.join(" "));
        }
        let glossary = knowledge.glossary.values().map(|term| term.of(language).text.as_str());
        add("glossary.toml", Reader::Everyone, &glossary.collect::<Vec<_>>().join(" "));
        for (file, text) in phrases_by_file(knowledge, language) {
            add(&file, Reader::Everyone, &text);
        }
    }
    entries
}

/// The entries of one service.
#[must_use]
pub fn of_service(file: &str, service: &ServiceFile, lexicon: &Lexicon) -> Vec<Entry> {
    let of_language = |language| {
        let texts: &ServiceTexts = service.texts(language);
        [
            Entry::of(file, language, Reader::Everyone, &texts.for_everyone(), lexicon),
            Entry::of(file, language, Reader::It, &texts.for_it(), lexicon),
        ]
    };
    let entries = Language::ALL.into_iter().flat_map(of_language);
    entries.map(|entry| entry.exempt(service.exempt.as_ref())).collect()
}

/// The sentences of each file of phrases. A phrase without a full stop is a label, and no sentence.
fn phrases_by_file(knowledge: &Knowledge, language: Language) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for (key, entry) in &knowledge.phrases {
        let Some(home) = knowledge.homes.get(key) else { continue };
        let place = files.iter().position(|(file, _)| file == home).unwrap_or_else(|| {
            files.push((home.clone(), String::new()));
            files.len() - 1
        });
        for sentence in entry.of(language).sentences() {
            if sentence.ends_with(['.', '?', '“', '”']) {
                let text = &mut files[place].1;
                text.push_str(&sentence.replace(['{', '}'], ""));
                text.push(' ');
            }
        }
    }
    files
}

/// What is wrong with the marks and words of every text, with file and key.
#[must_use]
pub fn complaints_about_marks(knowledge: &Knowledge) -> Vec<String> {
    let of = |Text { place, language, text, .. }: Text<'_>| {
        let wrong = words::complaints(text, language).into_iter();
        wrong.map(|wrong| format!("{place}: {wrong}")).collect::<Vec<_>>()
    };
    texts(knowledge).into_iter().flat_map(of).collect()
}

/// A text without what is typed or clicked: what stands in quotation marks counts as one name.
#[must_use]
pub fn without_quotes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for sign in text.chars() {
        match sign {
            '„' | '“' | '”' if inside => inside = false,
            '„' | '“' => {
                inside = true;
                plain.push_str(" X1 ");
            }
            _ if !inside => plain.push(sign),
            _ => {}
        }
    }
    plain
}
