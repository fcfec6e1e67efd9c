//! `klinke-editor`: reads a folder of knowledge and says how it reads. Shows measures and complaints; the
//! rules are elsewhere.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "talking to a person is its job")]

use klinke_editor::rules::words::{self, Entry, Reader};
use klinke_editor::{Knowledge, Language};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: klinke-editor FOLDER [NAME…]\n\
    Measures every text below FOLDER, or the files with one of these NAMEs in their name.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let names: Vec<String> = arguments.collect();
    match Knowledge::read(&PathBuf::from(folder)) {
        Ok(knowledge) => report(&knowledge, &names),
        Err(complaints) => {
            tell(&complaints);
            ExitCode::FAILURE
        }
    }
}

fn report(knowledge: &Knowledge, names: &[String]) -> ExitCode {
    let mut entries = words::entries(knowledge);
    let chosen =
        |file: &str| names.is_empty() || names.iter().any(|name| file.contains(name.as_str()));
    entries.retain(|entry| chosen(&entry.file));
    if entries.is_empty() {
        eprintln!("no file has {} in its name", names.join(" or "));
        return ExitCode::FAILURE;
    }
    if !names.is_empty() {
        for entry in &entries {
            println!("{}", line(entry));
        }
    }
    for language in Language::ALL {
        for reader in [Reader::Everyone, Reader::It] {
            let wanted = |entry: &&Entry| entry.language == language && entry.reader == reader;
            summarise(language, reader, &entries.iter().filter(wanted).collect::<Vec<_>>());
        }
    }
    let mut complaints: Vec<String> = entries.iter().flat_map(Entry::complaints).collect();
    let marks = words::complaints_about_marks(knowledge);
    let file = |complaint: &str| complaint.split(": ").next().unwrap_or_default().to_owned();
    complaints.extend(marks.into_iter().filter(|complaint| chosen(&file(complaint))));
    tell(&complaints);
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(complaints: &[String]) {
    for complaint in complaints {
        eprintln!("{complaint}");
    }
}

fn line(entry: &Entry) -> String {
    let measures = &entry.measures;
    let lix = measures.lix.map(|lix| format!("LIX {lix:.1}, ")).unwrap_or_default();
    format!(
        "{} {} {}: grade {:.1}, {lix}{} words, {:.1} a sentence, at most {}",
        entry.file,
        entry.language.code(),
        entry.reader.as_str(),
        measures.grade,
        measures.words,
        measures.mean,
        measures.longest.0,
    )
}

/// Least, median and most of each measure.
fn summarise(language: Language, of: Reader, entries: &[&Entry]) {
    if entries.is_empty() {
        return;
    }
    let words: usize = entries.iter().map(|entry| entry.measures.words).sum();
    let name = match language {
        Language::German => "Wiener Sachtextformel",
        Language::English => "Flesch–Kincaid grade",
    };
    println!("{} {}: {} entries, {words} words", language.code(), of.as_str(), entries.len());
    spread(name, entries.iter().map(|entry| entry.measures.grade));
    if language == Language::German {
        spread("LIX", entries.iter().filter_map(|entry| entry.measures.lix));
    }
    spread("words a sentence", entries.iter().map(|entry| entry.measures.mean));
}

fn spread(name: &str, values: impl Iterator<Item = f64>) {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    if let (Some(least), Some(most)) = (values.first(), values.last()) {
        println!("  {name}: {least:.1} / {:.1} / {most:.1}", values[values.len() / 2]);
    }
}
