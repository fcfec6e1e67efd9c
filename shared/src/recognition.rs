//! What a protocol's first step revealed of an open port: which protocol is spoken, by which product,
//! and what of it changes the judgement. Facts only; judges nothing.

use crate::{Note, Protocol, said};
use serde::Serialize;

/// So many names of a certificate are kept.
pub const MOST_NAMES: usize = 8;

/// What a TLS server shows of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Certificate {
    /// The names it is for: of the subject and its alternatives, each once, at most
    /// [`MOST_NAMES`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When it expires, in seconds since 1970 (UTC).
    pub expires: u64,
}

/// What was recognised at one port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Recognition {
    /// The protocol that was spoken; nothing where something was seen without knowing what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Whether it was spoken inside TLS.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
    /// The product, as it or its maker writes its name: “OpenSSH”, “nginx”, “FRITZ!Box”.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Its version, as it says: “9.2p1”.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What it said that identifies it: a greeting, a page's title, a host's name. Printable, one
    /// line, at most [`crate::LONGEST_SAID`] characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What makes it better or worse, in order, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The certificate that it showed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

impl Recognition {
    /// A protocol and nothing more.
    #[must_use]
    pub fn of(protocol: Protocol) -> Self {
        Self { protocol: Some(protocol), ..Self::default() }
    }

    /// The same with a product, when there is one to tell.
    #[must_use]
    pub fn product(mut self, name: impl AsRef<[u8]>) -> Self {
        self.product = said(name.as_ref());
        self
    }

    /// The same with the product's version.
    #[must_use]
    pub fn version(mut self, version: impl AsRef<[u8]>) -> Self {
        self.version = said(version.as_ref());
        self
    }

    /// The same with what the other side said.
    #[must_use]
    pub fn detail(mut self, words: impl AsRef<[u8]>) -> Self {
        self.detail = said(words.as_ref());
        self
    }

    /// The same with a note, once.
    #[must_use]
    pub fn note(mut self, note: Note) -> Self {
        if let Err(place) = self.notes.binary_search(&note) {
            self.notes.insert(place, note);
        }
        self
    }

    /// Product and version, or the protocol where it names none, in one line; nothing where nothing
    /// is known.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        let mut label = self.product.clone().or_else(|| self.spoken())?;
        if let Some(version) = &self.version {
            label.push(' ');
            label.push_str(version);
        }
        Some(label)
    }

    fn spoken(&self) -> Option<String> {
        let protocol = self.protocol?;
        let mut name = protocol.as_str().to_ascii_uppercase();
        if self.tls && protocol != Protocol::Tls {
            name.push_str(" (TLS)");
        }
        Some(name)
    }

    /// Whether a note is among the facts.
    #[must_use]
    pub fn has(&self, note: Note) -> bool {
        self.notes.contains(&note)
    }
}
