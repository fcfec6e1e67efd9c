//! Build script: has `knowledge/` read by the editor, stops the build at the first broken rule with
//! the file and the key in the message, and writes the tables and the texts that the crate includes.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "that is how a build script speaks")]

mod emit;
mod library;
mod phrases;

use klinke_editor::{Knowledge, Language, texts};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=knowledge");
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaints) => {
            for complaint in complaints {
                println!("cargo:warning=knowledge/{}", complaint.replace('\n', " "));
                eprintln!("knowledge/{complaint}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Vec<String>> {
    let knowledge = Knowledge::read(Path::new("knowledge"))?;
    let mut folders = String::new();
    for language in Language::ALL {
        let code = language.code();
        let common = texts::common(&knowledge, language).to_string();
        let services = texts::services(&knowledge, language).to_string();
        folders += &emit::folder_of_texts(language, hash(&[&common, &services]));
        write(&format!("common.{code}.json"), &common)?;
        write(&format!("services.{code}.json"), &services)?;
        write(&format!("library.{code}.json"), &library::texts(&knowledge, language).to_string())?;
    }
    let whole = serde_json::to_string(&knowledge).map_err(|error| vec![error.to_string()])?;
    write("knowledge.json", &whole)?;
    write("services.rs", &emit::services_table(&knowledge.services))?;
    write("catalogue.rs", &folders)?;
    write("pages.rs", &library::tables(&knowledge))?;
    write("phrases.rs", &phrases::methods(&knowledge.phrases, &knowledge.homes))
}

fn hash(texts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    hasher.finish()
}

fn write(name: &str, content: &str) -> Result<(), Vec<String>> {
    let folder = std::env::var("OUT_DIR").map_err(|error| vec![format!("OUT_DIR: {error}")])?;
    fs::write(Path::new(&folder).join(name), content)
        .map_err(|error| vec![format!("{name}: {error}")])
}
