//! The form of the knowledge files: what a key is called and what it may hold. Knows nothing of
//! rules that span several keys or files (see `rules`) and nothing of what is made of them.

use crate::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One service file, `services/ID.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFile {
    /// How bad it is when the whole internet can reach it on an office line.
    pub severity: Severity,
    /// What kind of thing it is.
    pub family: Family,
    /// Unique; what attackers try first has the lowest.
    pub rank: u16,
    /// Whether the quick profile asks for it.
    pub quick: bool,
    /// Who uses it; one or two, the more usual first.
    pub used_by: Vec<UsedBy>,
    /// One to three, most useful first.
    pub tips: Vec<Tip>,
    /// “Publisher: title”.
    pub sources: Vec<String>,
    /// Why its texts are harder to read than others may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<String>,
    /// Where it is found; may be left out where products alone tell it.
    #[serde(default)]
    pub ports: PortClaims,
    /// By what it is known, once it has spoken.
    #[serde(default)]
    pub recognise: Recognise,
    /// Which facts make it better or worse, and how severe it is then.
    #[serde(default)]
    pub when: BTreeMap<String, Severity>,
    /// The German words.
    pub de: ServiceTexts,
    /// The English words.
    pub en: ServiceTexts,
}

impl ServiceFile {
    /// The words in a language.
    #[must_use]
    pub const fn texts(&self, language: Language) -> &ServiceTexts {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }
}

/// The ports of a service. The plain lists say "this is the usual service here", and each port has
/// exactly one such owner; the `also_` lists say "may be found here too".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PortClaims {
    /// The usual service at these TCP ports.
    #[serde(default)]
    pub tcp: Vec<u16>,
    /// The usual service at these UDP ports.
    #[serde(default)]
    pub udp: Vec<u16>,
    /// May be found at these TCP ports, of which another service is the usual one.
    #[serde(default)]
    pub also_tcp: Vec<u16>,
    /// The same for UDP.
    #[serde(default)]
    pub also_udp: Vec<u16>,
}

/// By what it is known, once it has spoken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Recognise {
    /// The protocols that it speaks.
    #[serde(default)]
    pub protocols: Vec<String>,
    /// Those that it speaks inside TLS.
    #[serde(default)]
    pub tls: Vec<String>,
    /// The products that it is; empty where the protocol alone proves it.
    #[serde(default)]
    pub products: Vec<String>,
}

/// The words for one service in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceTexts {
    /// What a lay person may know it as.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Why it matters that strangers reach it.
    pub risk: String,
    /// When it is fine.
    pub fine: String,
    /// What the employee does now.
    pub employee: String,
    /// What the boss needs to know and decide.
    pub boss: String,
    /// What the IT does, exactly.
    pub it: String,
    /// Where common routers open or close it, if that is a setting of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub router: Option<String>,
}

impl ServiceTexts {
    /// Every text with its key, in the order of the file.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let router = self.router.as_deref().map(|text| ("router", text));
        let fields = [
            ("name", self.name.as_str()),
            ("purpose", &self.purpose),
            ("risk", &self.risk),
            ("fine", &self.fine),
            ("employee", &self.employee),
            ("boss", &self.boss),
            ("it", &self.it),
        ];
        fields.into_iter().chain(router).collect()
    }

    /// What everybody reads, as one text.
    #[must_use]
    pub fn for_everyone(&self) -> String {
        [&*self.purpose, &self.risk, &self.fine, &self.employee, &self.boss].join(" ")
    }

    /// What the IT reads, as one text.
    #[must_use]
    pub fn for_it(&self) -> String {
        [self.it.as_str(), self.router.as_deref().unwrap_or_default()].join(" ")
    }
}

/// The same thing in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Both<T> {
    /// In German.
    pub de: T,
    /// In English.
    pub en: T,
}

impl<T> Both<T> {
    /// In a language.
    pub const fn of(&self, language: Language) -> &T {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }
}

/// `unknown.toml`: what is said of an open port that no service claims.
pub type UnknownFile = Both<ServiceTexts>;

/// `pages/ID.toml`: a page that explains something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PageFile {
    /// Its place among all pages, which are listed in this order.
    pub place: u8,
    /// In German.
    pub de: PageTexts,
    /// In English.
    pub en: PageTexts,
}

impl PageFile {
    /// Its words in a language.
    #[must_use]
    pub const fn of(&self, language: Language) -> &PageTexts {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }
}

/// The words of a page that explains something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PageTexts {
    /// The last part of its address: small letters, digits and dashes.
    pub path: String,
    /// What links to it say.
    pub link: String,
    /// Its heading.
    pub title: String,
    /// What search engines show, in at most 160 characters.
    pub description: String,
    /// The first paragraph, which says the whole in short.
    pub lead: String,
    /// The rest.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// A part of a page under a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// A list after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
    /// Whether only the IT is meant, so that it may be harder to read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_it: bool,
}

impl Section {
    fn fields(&self) -> Vec<(&'static str, &str)> {
        let key = if self.for_it { "for_it" } else { "sections" };
        let parts = std::iter::once(&self.title).chain(&self.text).chain(&self.list);
        parts.map(|text| (key, text.as_str())).collect()
    }
}

impl PageTexts {
    /// Every text with its key.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let head = [
            ("link", self.link.as_str()),
            ("title", &self.title),
            ("description", &self.description),
            ("lead", &self.lead),
        ];
        head.into_iter().chain(self.sections.iter().flat_map(Section::fields)).collect()
    }

    /// What everybody reads, or what the IT reads, as one text.
    #[must_use]
    pub fn read_by(&self, it: bool) -> String {
        let lead = (!it).then_some(self.lead.as_str());
        let sections = self.sections.iter().filter(|section| section.for_it == it);
        let parts = sections.flat_map(|section| section.text.iter().chain(&section.list));
        lead.into_iter().chain(parts.map(String::as_str)).collect::<Vec<_>>().join(" ")
    }
}

/// `tips/ID.toml`: one of the seven tips.
pub type TipFile = Both<TipTexts>;

/// The words of a tip. Its name is a phrase, because cards show it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TipTexts {
    /// The last part of its address.
    pub path: String,
    /// What search engines show, in at most 160 characters.
    pub description: String,
    /// What it means.
    pub lead: String,
    /// Why it helps.
    pub why: Vec<String>,
    /// The first step that a lay person can take.
    pub first_step: Vec<String>,
    /// What to ask the IT for, as sentences that can be said.
    pub ask: Vec<String>,
    /// How the IT does it.
    pub it: Vec<String>,
}

impl TipTexts {
    /// Every text with its key.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let head = [("description", self.description.as_str()), ("lead", &self.lead)];
        let lists = [
            ("why", &self.why),
            ("first_step", &self.first_step),
            ("ask", &self.ask),
            ("it", &self.it),
        ];
        let each = |(key, list)| -> Vec<(&'static str, &str)> {
            let list: &Vec<String> = list;
            list.iter().map(|text| (key, text.as_str())).collect()
        };
        head.into_iter().chain(lists.into_iter().flat_map(each)).collect()
    }

    /// What everybody reads, as one text.
    #[must_use]
    pub fn for_everyone(&self) -> String {
        let parts = self.why.iter().chain(&self.first_step).chain(&self.ask);
        std::iter::once(&self.lead).chain(parts).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// `glossary.toml`: the words that need explaining, by the name of their anchor.
pub type GlossaryFile = BTreeMap<String, Both<Term>>;

/// A word that needs explaining.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word.
    pub term: String,
    /// Every form in which it stands in texts, the word itself among them.
    pub forms: Vec<String>,
    /// What it means.
    pub text: String,
}

/// `names.toml`: words that are no words of the language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NamesFile {
    /// Names of products, makers, programs and offices.
    pub names: Vec<String>,
    /// German words that the dictionary does not have.
    pub german: Vec<String>,
    /// English words that the dictionary does not have.
    pub english: Vec<String>,
}

/// `phrases/*.toml`: every other sentence of the product, by key.
pub type PhraseFile = BTreeMap<String, PhraseEntry>;

/// One sentence in both languages, and for maintainers what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseEntry {
    /// In German.
    pub de: Wording,
    /// In English.
    pub en: Wording,
}

/// A sentence, or two of it where a count decides. Both languages know one and other.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Wording {
    /// Whatever the count.
    Plain(String),
    /// By the count.
    Counted(Counted),
}

/// The wordings for a count of exactly one, and for any other.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// For exactly one.
    pub one: String,
    /// For any other number.
    pub other: String,
}

impl Wording {
    /// The sentences it holds: one, or two for a count.
    #[must_use]
    pub fn sentences(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted(counted) => vec![&counted.one, &counted.other],
        }
    }
}

macro_rules! variants {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
        #[serde(rename_all = "lowercase")]
        #[expect(missing_docs, reason = "the product's own enum of the same name says what each is")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The variant's name in the product's own enum of the same name.
            #[must_use]
            pub const fn variant(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }
        }
    };
}

variants! {
    /// How bad it is when the whole internet can reach it on an office line.
    Severity { Info, Low, Medium, High, Critical }
}
variants! {
    /// What kind of thing it is, for grouping and icons.
    Family {
        Remote, Files, Web, Mail, Database, Print, Camera, Phone, Building, Network, Vpn,
        Operations, Leisure,
    }
}
variants! {
    /// Who uses it.
    UsedBy { Staff, It, Provider, Building, Developers, Private }
}
variants! {
    /// Which of the seven tips help with it.
    Tip { Necessary, Firewall, Restrict, Vpn, Updates, Scans, Monitoring }
}
