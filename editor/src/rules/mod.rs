//! The rules that one knowledge file alone, or all of them together, must keep. Every complaint names
//! the file and the key. Knows nothing of where files come from.

mod library;
mod phrases;
mod services;
mod texts;
pub mod words;

pub(crate) use phrases::phrase_complaints;
pub use phrases::{complaints_about_phrases, placeholders};
pub use services::complaints_about_services;
pub use texts::{Text, texts};

use crate::schema::ServiceFile;
use crate::{Knowledge, Language};

/// Reads one service file.
///
/// # Errors
/// The complaint with file, line and key when it is not TOML, has an unknown key or lacks one.
pub fn read_service(file: &str, text: &str) -> Result<ServiceFile, String> {
    toml::from_str(text).map_err(|error| format!("{file}: {error}"))
}

/// Whether a name can stand in an address as it is: small letters, digits and dashes.
fn is_plain(name: &str) -> bool {
    name.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
}

/// Every broken rule over all files but for how well they read; empty when all is well.
pub(crate) fn complaints(knowledge: &Knowledge) -> Vec<String> {
    let mut complaints = complaints_about_services(&knowledge.services);
    for language in Language::ALL {
        let unknown = knowledge.unknown.of(language);
        complaints.extend(services::text_complaints("unknown.toml", language, unknown));
    }
    complaints.extend(library::complaints(knowledge));
    complaints
}
