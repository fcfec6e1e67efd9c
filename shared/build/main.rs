//! Build script: reads `knowledge/`, stops the build at the first broken rule with the file and
//! the key in the message, and writes the tables and the texts that the crate includes.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "that is how a build script speaks")]

mod emit;
mod rules;
mod schema;

use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
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
    let root = Path::new("knowledge");
    let services = read_services(&root.join("services"))?;
    let phrases = read_phrases(&root.join("phrases"))?;
    let unknown: schema::UnknownFile = toml::from_str(&read(&root.join("unknown.toml"))?)
        .map_err(|error| vec![format!("unknown.toml: {error}")])?;
    let mut complaints = rules::text_complaints("unknown.toml", "de", &unknown.de);
    complaints.extend(rules::text_complaints("unknown.toml", "en", &unknown.en));
    if !complaints.is_empty() {
        return Err(complaints);
    }
    let mut tables = emit::services_table(&services);
    for language in ["de", "en"] {
        let json = emit::texts_json(language, &services, &unknown, &phrases);
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        let _ = writeln!(
            tables,
            "pub(crate) const TEXTS_{}_FILE: &str = \"{language}-{:016x}.json\";",
            language.to_uppercase(),
            hasher.finish()
        );
        write(&format!("texts.{language}.json"), &json)?;
    }
    write("services.rs", &tables)?;
    write("phrases.rs", &emit::phrase_methods(&phrases))
}

fn read_services(folder: &Path) -> Result<Vec<rules::NamedService>, Vec<String>> {
    let mut services = Vec::new();
    let mut complaints = Vec::new();
    for path in toml_files(folder)? {
        let id = stem(&path);
        match rules::read_service(&format!("services/{id}.toml"), &read(&path)?) {
            Ok(service) => services.push((id, service)),
            Err(complaint) => complaints.push(complaint),
        }
    }
    complaints.extend(rules::complaints_about_services(&services));
    services.sort_by_key(|(_, service)| service.rank);
    if complaints.is_empty() { Ok(services) } else { Err(complaints) }
}

fn read_phrases(folder: &Path) -> Result<schema::PhraseFile, Vec<String>> {
    let mut files = Vec::new();
    let mut complaints = Vec::new();
    for path in toml_files(folder)? {
        let file = format!("phrases/{}.toml", stem(&path));
        match toml::from_str::<schema::PhraseFile>(&read(&path)?) {
            Ok(phrases) => {
                complaints.extend(rules::complaints_about_phrases(&file, &phrases));
                files.push((file, phrases));
            }
            Err(error) => complaints.push(format!("{file}: {error}")),
        }
    }
    if complaints.is_empty() { emit::merged(files) } else { Err(complaints) }
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Vec<String>> {
    let entries =
        fs::read_dir(folder).map_err(|error| vec![format!("{}: {error}", folder.display())])?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<String, Vec<String>> {
    fs::read_to_string(path).map_err(|error| vec![format!("{}: {error}", path.display())])
}

fn write(name: &str, content: &str) -> Result<(), Vec<String>> {
    let folder = std::env::var("OUT_DIR").map_err(|error| vec![format!("OUT_DIR: {error}")])?;
    fs::write(Path::new(&folder).join(name), content)
        .map_err(|error| vec![format!("{name}: {error}")])
}
