//! The form of the knowledge files: what a key is called and what it may hold. Knows nothing of
//! rules that span several keys or files (see `rules.rs`) and nothing of Rust code (see `emit.rs`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One service file, `knowledge/services/ID.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceFile {
    pub(crate) severity: Severity,
    pub(crate) family: Family,
    pub(crate) rank: u16,
    pub(crate) quick: bool,
    pub(crate) tips: Vec<Tip>,
    pub(crate) sources: Vec<String>,
    pub(crate) ports: PortClaims,
    #[serde(default)]
    pub(crate) recognise: Recognise,
    /// Which facts make it better or worse, and how severe it is then.
    #[serde(default)]
    pub(crate) when: BTreeMap<String, Severity>,
    pub(crate) de: ServiceTexts,
    pub(crate) en: ServiceTexts,
}

/// The ports of a service. The plain lists say "this is the usual service here", and each port has
/// exactly one such owner; the `also_` lists say "may be found here too".
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortClaims {
    #[serde(default)]
    pub(crate) tcp: Vec<u16>,
    #[serde(default)]
    pub(crate) udp: Vec<u16>,
    #[serde(default)]
    pub(crate) also_tcp: Vec<u16>,
    #[serde(default)]
    pub(crate) also_udp: Vec<u16>,
}

/// By what it is known, once it has spoken.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recognise {
    /// The protocols that it speaks.
    #[serde(default)]
    pub(crate) protocols: Vec<String>,
    /// Those that it speaks inside TLS.
    #[serde(default)]
    pub(crate) tls: Vec<String>,
    /// The products that it is; empty where the protocol alone proves it.
    #[serde(default)]
    pub(crate) products: Vec<String>,
}

/// The words for one service in one language.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceTexts {
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) risk: String,
    pub(crate) fine: String,
    pub(crate) employee: String,
    pub(crate) boss: String,
    pub(crate) it: String,
}

impl ServiceTexts {
    /// Every text with its key, in the order of the file.
    pub(crate) fn fields(&self) -> [(&'static str, &str); 7] {
        [
            ("name", &self.name),
            ("purpose", &self.purpose),
            ("risk", &self.risk),
            ("fine", &self.fine),
            ("employee", &self.employee),
            ("boss", &self.boss),
            ("it", &self.it),
        ]
    }
}

/// `knowledge/unknown.toml`: what is said of an open port that no service claims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnknownFile {
    pub(crate) de: ServiceTexts,
    pub(crate) en: ServiceTexts,
}

/// `knowledge/phrases/*.toml`: every other sentence of the product, by key.
pub(crate) type PhraseFile = BTreeMap<String, PhraseEntry>;

/// One sentence in both languages, and for maintainers what it is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseEntry {
    pub(crate) de: Wording,
    pub(crate) en: Wording,
}

/// A sentence, or two of it where a count decides. Both languages know one and other.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Wording {
    Plain(String),
    Counted(Counted),
}

/// The wordings for a count of exactly one, and for any other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    pub(crate) one: String,
    pub(crate) other: String,
}

impl Wording {
    /// The sentences it holds: one, or two for a count.
    pub(crate) fn sentences(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted(counted) => vec![&counted.one, &counted.other],
        }
    }
}

macro_rules! variants {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            /// The variant's name in the crate's own enum of the same name.
            pub(crate) fn variant(self) -> &'static str {
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
    /// Which of the seven tips help with it.
    Tip { Necessary, Firewall, Restrict, Vpn, Updates, Scans, Monitoring }
}
