//! The addresses of the pages, in both languages. The server answers them, the page moves between
//! them, and neither spells one out.

use crate::library::Article;
use crate::{CheckId, Language, ServiceId, Tip};
use std::fmt;
use std::num::NonZeroU16;

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
    /// A running check and then its report. [`CheckId::SAMPLE`] has an address of its own.
    Check(CheckId),
    /// The list of all services.
    Services,
    /// What there is to say of one service.
    Service(ServiceId),
    /// What there is to say of a port's number.
    Port(NonZeroU16),
    /// One of the seven tips.
    Tip(Tip),
    /// A page that explains something.
    Article(Article),
    /// The words that need explaining.
    Glossary,
    /// An address that leads nowhere.
    NotFound,
}

impl Route {
    /// Whether the page's program draws it. All other pages are only to be read, and need no program.
    #[must_use]
    pub const fn is_living(self) -> bool {
        matches!(self, Self::Start | Self::Check(_) | Self::NotFound)
    }

    /// Whether only those may find it who were given its address: who knows the name of a check may read its report.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        match self {
            Self::Check(CheckId::SAMPLE) => false,
            Self::Check(_) => true,
            _ => false,
        }
    }

    /// The name of the file that the build writes for the page in each language. One file serves every
    /// check but the sample, every service and every number.
    #[must_use]
    pub fn file_name(self) -> String {
        let name = match self {
            Self::Start => "start",
            Self::Check(CheckId::SAMPLE) => "sample",
            Self::Check(_) => "check",
            Self::Services => "services",
            Self::Service(_) => "service",
            Self::Port(_) => "port",
            Self::Tip(tip) => return format!("tip-{}.html", tip.as_str()),
            Self::Article(article) => return format!("article-{}.html", article.name()),
            Self::Glossary => "glossary",
            Self::NotFound => "not-found",
        };
        format!("{name}.html")
    }
}

impl PageRoute {
    /// The page at a path; one outside any language is a “not found” in `fallback`. Without the words built in, as in
    /// the page's program, so is any that is not [living](Route::is_living).
    #[must_use]
    pub fn parse(path: &str, fallback: Language) -> Self {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let Some(Ok(language)) = segments.next().map(str::parse::<Language>) else {
            return Self { language: fallback, route: Route::NotFound };
        };
        let rest: Vec<&str> = segments.collect();
        Self { language, route: route(language, &rest).unwrap_or(Route::NotFound) }
    }

    /// The same page in another language.
    #[must_use]
    pub const fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

fn route(language: Language, path: &[&str]) -> Option<Route> {
    let words = words(language);
    match *path {
        [] => Some(Route::Start),
        [page] if page == words.sample => Some(Route::Check(CheckId::SAMPLE)),
        [kind, id] if kind == words.check => id.parse().ok().map(Route::Check),
        _ => to_read(language, path),
    }
}

/// A page that the program does not draw.
#[cfg(feature = "built-in")]
fn to_read(language: Language, path: &[&str]) -> Option<Route> {
    let words = words(language);
    match *path {
        [page] if page == words.services => Some(Route::Services),
        [page] if page == words.glossary => Some(Route::Glossary),
        [page] => {
            let mut articles = Article::ALL.iter().copied();
            articles.find(|article| article.path(language) == page).map(Route::Article)
        }
        [kind, name] if kind == words.service => crate::by_name(name).map(Route::Service),
        [kind, number] if kind == words.port => port(number).map(Route::Port),
        [kind, name] if kind == words.tip => {
            Tip::ALL.into_iter().find(|tip| tip.path(language) == name).map(Route::Tip)
        }
        _ => None,
    }
}

/// The program is on no page but its own, and need not know another one by its address.
#[cfg(not(feature = "built-in"))]
fn to_read(_: Language, _: &[&str]) -> Option<Route> {
    None
}

/// A number as people write it: no sign, no noughts before it.
#[cfg(feature = "built-in")]
fn port(number: &str) -> Option<NonZeroU16> {
    number.parse().ok().filter(|port: &NonZeroU16| port.to_string() == number)
}

/// The path of the page; it starts with a slash.
impl fmt::Display for PageRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = self.language;
        let words = words(language);
        write!(f, "/{language}/")?;
        match self.route {
            Route::Start | Route::NotFound => Ok(()),
            Route::Check(CheckId::SAMPLE) => f.write_str(words.sample),
            Route::Check(id) => write!(f, "{}/{id}", words.check),
            Route::Services => f.write_str(words.services),
            Route::Service(id) => write!(f, "{}/{id}", words.service),
            Route::Port(port) => write!(f, "{}/{port}", words.port),
            Route::Tip(tip) => write!(f, "{}/{}", words.tip, tip.path(language)),
            Route::Article(article) => f.write_str(article.path(language)),
            Route::Glossary => f.write_str(words.glossary),
        }
    }
}

/// The words of the paths.
struct Words {
    check: &'static str,
    sample: &'static str,
    services: &'static str,
    service: &'static str,
    port: &'static str,
    tip: &'static str,
    glossary: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::German => Words {
            check: "pruefung",
            sample: "beispielbericht",
            services: "dienste",
            service: "dienst",
            port: "port",
            tip: "tipp",
            glossary: "glossar",
        },
        Language::English => Words {
            check: "check",
            sample: "sample-report",
            services: "services",
            service: "service",
            port: "port",
            tip: "tip",
            glossary: "glossary",
        },
    }
}
