//! The languages Klinke speaks. Knows none of the words themselves.

use std::fmt;
use std::str::FromStr;

/// A language in which every text is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// German.
    #[default]
    German,
    /// English.
    English,
}

names! {
    /// The code of ISO 639-1, as in addresses and in `lang` attributes.
    Language::code {
        German = "de",
        English = "en",
    }
}

/// A language that Klinke does not speak.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no language of Klinke; accepted are de and en")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::German, Self::English];

    /// Its name in itself, as a switch shows it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::German => "Deutsch",
            Self::English => "English",
        }
    }

    /// The language that an `Accept-Language` header (RFC 9110, 12.5.4) likes best among ours;
    /// the default when it names none of them.
    #[must_use]
    pub fn preferred(accept_language: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for part in accept_language.split(',') {
            let (range, parameters) = part.split_once(';').unwrap_or((part, ""));
            let primary = range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let weight =
                parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok());
            if let (Ok(language), Some(weight)) = (primary.parse::<Self>(), weight)
                && weight > 0.0
                && best.is_none_or(|(known, _)| weight > known)
            {
                best = Some((weight, language));
            }
        }
        best.map_or(Self::default(), |(_, language)| language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == text)
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}
