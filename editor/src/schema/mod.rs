//! The form of the knowledge files: what a key is called and what it may hold. Knows nothing of
//! rules that span several keys or files (see `rules`) and nothing of what is made of them.

mod library;
mod phrases;

pub use library::{GlossaryFile, NamesFile, PageFile, PageTexts, Section, Term, TipFile, TipTexts};
pub use phrases::{Counted, PhraseEntry, PhraseFile, Wording};

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
        language.of(&self.de, &self.en)
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
        language.of(&self.de, &self.en)
    }
}

/// `unknown.toml`: what is said of an open port that no service claims.
pub type UnknownFile = Both<ServiceTexts>;

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
