//! Who reads a report. Each sees what is theirs to know and to do, complete in itself.

use klinke_shared::Texts;

/// For whom a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// Who made the check.
    #[default]
    Me,
    /// Who decides and pays.
    Boss,
    /// Who mends it.
    It,
}

impl Reader {
    /// Every reader.
    pub const ALL: [Self; 3] = [Self::Me, Self::Boss, Self::It];

    /// The name in the markup.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Boss => "boss",
            Self::It => "it",
        }
    }

    /// The words for them, as they stand before what they read.
    #[must_use]
    pub fn label(self, texts: &Texts) -> &str {
        match self {
            Self::Me => texts.reader_employee(),
            Self::Boss => texts.reader_boss(),
            Self::It => texts.reader_it(),
        }
    }
}

/// A way to pass a report on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassOn {
    /// On paper or as PDF.
    Print,
    /// In the visitor's own mail program.
    Mail,
    /// By what the system offers.
    Share,
}
