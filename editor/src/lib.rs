//! The editor: reads knowledge files and says what is wrong with them, with file and key. The build
//! uses it for the catalogue that comes with Klinke, and the server for an operator's own files, so
//! both keep the same rules. It knows no socket, no page and no table of the product: what becomes of
//! the files is decided elsewhere.

mod folder;
mod knowledge;
mod own;
pub mod rules;
pub mod schema;
pub mod texts;
pub mod words;

pub use knowledge::{Knowledge, NamedService};
pub use own::Own;
pub use words::{Lexicon, Measures};

/// The languages of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// German, with “Sie”.
    German,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::German, Self::English];

    /// Its code (ISO 639-1), which is also its key in the files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// What is meant for this language.
    pub(crate) const fn of<'a, T>(self, german: &'a T, english: &'a T) -> &'a T {
        match self {
            Self::German => german,
            Self::English => english,
        }
    }
}
