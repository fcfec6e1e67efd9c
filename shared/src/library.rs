//! What is there to read besides the check: pages that explain, the seven tips and the glossary. For
//! the server and the build; the page's program never loads any of it.

use crate::{Language, Tip, alphabetical};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// All the knowledge that Klinke was built with, as JSON: what an operator's own files are laid upon.
pub const KNOWLEDGE: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.json"));

static GERMAN: LazyLock<Library> =
    LazyLock::new(|| read(include_str!(concat!(env!("OUT_DIR"), "/library.de.json"))));
static ENGLISH: LazyLock<Library> =
    LazyLock::new(|| read(include_str!(concat!(env!("OUT_DIR"), "/library.en.json"))));

/// Everything to read in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Library {
    pages: BTreeMap<String, ArticleTexts>,
    tips: BTreeMap<String, TipTexts>,
    /// The words that need explaining, in the order of the alphabet.
    pub glossary: Vec<Term>,
}

/// The words of a page that explains something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ArticleTexts {
    /// What links to it say.
    pub link: String,
    /// Its heading.
    pub title: String,
    /// What search engines show.
    pub description: String,
    /// The whole in short.
    pub lead: String,
    /// The rest.
    pub sections: Vec<SectionTexts>,
}

/// A part of a page under a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SectionTexts {
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub text: Vec<String>,
    /// A list after them; mostly empty.
    #[serde(default)]
    pub list: Vec<String>,
}

/// The words of a tip.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TipTexts {
    /// What search engines show.
    pub description: String,
    /// What it means.
    pub lead: String,
    /// Why it helps.
    pub why: Vec<String>,
    /// The first step that a lay person can take.
    pub first_step: Vec<String>,
    /// What to ask the IT for.
    pub ask: Vec<String>,
    /// How the IT does it.
    pub it: Vec<String>,
}

/// A word that needs explaining.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Term {
    /// The name of its anchor.
    pub name: String,
    /// The word.
    pub term: String,
    /// Every form in which it stands in texts.
    pub forms: Vec<String>,
    /// What it means.
    pub text: String,
}

/// A piece of a text: words, and for explained ones the anchor in the glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub words: &'a str,
    /// The anchor that explains them.
    pub anchor: Option<&'a str>,
}

impl Library {
    /// Everything to read in a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &GERMAN,
            Language::English => &ENGLISH,
        }
    }

    /// A page.
    #[must_use]
    pub fn article(&self, article: Article) -> &ArticleTexts {
        &self.pages[article.name()]
    }

    /// A tip.
    #[must_use]
    pub fn tip(&self, tip: Tip) -> &TipTexts {
        &self.tips[tip.as_str()]
    }

    /// A text in pieces, so that each explained word can lead to its explanation the first time it
    /// comes. `seen` holds the anchors that came before.
    pub fn pieces<'a>(&'a self, text: &'a str, seen: &mut BTreeSet<&'a str>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((start, form, term)) = self.next_term(rest, seen) {
            if start > 0 {
                pieces.push(Piece { words: &rest[..start], anchor: None });
            }
            let end = start + form.len();
            pieces.push(Piece { words: &rest[start..end], anchor: Some(&term.name) });
            seen.insert(&term.name);
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            pieces.push(Piece { words: rest, anchor: None });
        }
        pieces
    }

    /// The first explained word that was not seen before; of two at one place the longer one.
    fn next_term<'a>(
        &'a self,
        text: &str,
        seen: &BTreeSet<&str>,
    ) -> Option<(usize, &'a str, &'a Term)> {
        let new = self.glossary.iter().filter(|term| !seen.contains(&*term.name));
        new.flat_map(|term| term.forms.iter().map(move |form| (form.as_str(), term)))
            .filter_map(|(form, term)| whole_word(text, form).map(|start| (start, form, term)))
            .min_by_key(|(start, form, _)| (*start, usize::MAX - form.len()))
    }
}

/// Where a form stands by itself, and not as a part of a longer word or of a name.
fn whole_word(text: &str, form: &str) -> Option<usize> {
    let joins = |sign: char| sign.is_alphanumeric() || sign == '-' || sign == '/';
    text.match_indices(form).map(|(start, _)| start).find(|start| {
        let before = text[..*start].chars().next_back();
        let after = text[start + form.len()..].chars().next();
        !before.is_some_and(joins) && !after.is_some_and(joins)
    })
}

#[expect(clippy::expect_used, reason = "the build writes what is read here")]
fn read(json: &str) -> Library {
    let mut library: Library =
        serde_json::from_str(json).expect("the build writes a library of this form");
    library.glossary.sort_by_key(|term| alphabetical(&term.term));
    library
}
