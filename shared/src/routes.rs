//! The addresses of the pages, in both languages. The server answers them, the page moves between
//! them, and neither spells one out.

use crate::{CheckId, Language};
use std::fmt;

/// A page in a language: everything that an address of the site can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageRoute {
    /// The language of the page.
    pub language: Language,
    /// The page.
    pub route: Route,
}

/// A page, whatever its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// The start page.
    Start,
    /// A running check and then its report.
    Check(CheckId),
    /// What the check cannot see.
    Limits,
    /// An address that leads nowhere.
    NotFound,
}

impl PageRoute {
    /// The page at a path; one outside any language is a “not found” in `fallback`.
    #[must_use]
    pub fn parse(path: &str, fallback: Language) -> Self {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let Some(Ok(language)) = segments.next().map(str::parse::<Language>) else {
            return Self { language: fallback, route: Route::NotFound };
        };
        let rest: Vec<&str> = segments.collect();
        let (check, limits) = words(language);
        let route = match rest.as_slice() {
            [] => Route::Start,
            [first] if *first == limits => Route::Limits,
            [first, id] if *first == check => id.parse().map_or(Route::NotFound, Route::Check),
            _ => Route::NotFound,
        };
        Self { language, route }
    }

    /// The same page in another language.
    #[must_use]
    pub const fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

/// The path of the page; it starts with a slash.
impl fmt::Display for PageRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (check, limits) = words(self.language);
        write!(f, "/{}/", self.language)?;
        match self.route {
            Route::Start | Route::NotFound => Ok(()),
            Route::Check(id) => write!(f, "{check}/{id}"),
            Route::Limits => f.write_str(limits),
        }
    }
}

/// The words of the paths: for a check, and for what it cannot see.
const fn words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::German => ("pruefung", "grenzen"),
        Language::English => ("check", "limits"),
    }
}
