//! The form of all other sentences.

use super::Both;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `phrases/*.toml`: every other sentence of the product, by key.
pub type PhraseFile = BTreeMap<String, PhraseEntry>;

/// One sentence in both languages.
pub type PhraseEntry = Both<Wording>;

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
