//! A sign by which a page is known: where something stands, and how it reads. Knows no product.

use crate::secure::answer::{Answer, find};
use crate::secure::server;
use klinke_shared::Certificate;

/// No version is longer.
const LONGEST_VERSION: usize = 40;

/// What there is to look at: an answer with its title and realm, or a certificate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) answer: Option<&'a Answer<'a>>,
    pub(super) title: Option<&'a [u8]>,
    pub(super) realm: Option<&'a [u8]>,
    pub(super) certificate: Option<&'a Certificate>,
}

/// Where a sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the field of this name (in small letters).
    Field(&'static str),
    /// In the page's title.
    Title,
    /// Anywhere in the page.
    Body,
    /// In the realm for which it asks for a password.
    Realm,
    /// In one of the certificate's names.
    Name,
    /// In the name of the certificate's issuer.
    Issuer,
}

/// How a sign reads. The case of ASCII letters never counts: makers change it between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// There is this and nothing else.
    Is(Place, &'static str),
    /// It begins with this.
    Begins(Place, &'static str),
    /// It ends with this.
    Ends(Place, &'static str),
    /// This is somewhere in it.
    Has(Place, &'static str),
    /// The field is there, whatever it says.
    There(&'static str),
    /// The status code is this.
    Status(u16),
}

impl Sign {
    /// Whether the sign is there.
    pub(super) fn is_in(self, evidence: &Evidence<'_>) -> bool {
        match self {
            Self::Is(place, words) => {
                evidence.any(place, |text| text.eq_ignore_ascii_case(words.as_bytes()))
            }
            Self::Begins(place, words) => evidence.any(place, |text| begins(text, words)),
            Self::Ends(place, words) => evidence.any(place, |text| ends(text, words)),
            Self::Has(place, words) => evidence.any(place, |text| find(text, words).is_some()),
            Self::There(name) => evidence.answer.is_some_and(|answer| answer.field(name).is_some()),
            Self::Status(status) => evidence.answer.is_some_and(|answer| answer.status == status),
        }
    }
}

fn begins(text: &[u8], words: &str) -> bool {
    text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
}

fn ends(text: &[u8], words: &str) -> bool {
    let start = text.len().checked_sub(words.len()).and_then(|place| text.get(place..));
    start.is_some_and(|end| end.eq_ignore_ascii_case(words.as_bytes()))
}

impl<'a> Evidence<'a> {
    fn any(&self, place: Place, test: impl Fn(&[u8]) -> bool) -> bool {
        match place {
            Place::Field(name) => self.answer.is_some_and(|answer| answer.fields(name).any(test)),
            Place::Title => self.title.is_some_and(|title| test(title.trim_ascii())),
            Place::Body => self.body().is_some_and(test),
            Place::Realm => self.realm.is_some_and(test),
            Place::Name => self
                .certificate
                .is_some_and(|shown| shown.names.iter().any(|name| test(name.as_bytes()))),
            Place::Issuer => self
                .certificate
                .and_then(|shown| shown.issuer.as_deref())
                .is_some_and(|issuer| test(issuer.as_bytes())),
        }
    }

    fn body(&self) -> Option<&'a [u8]> {
        self.answer.map(|answer| &*answer.body)
    }
}

/// Where the version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Nowhere.
    Untold,
    /// With the product in the field `Server`.
    Server,
    /// In the field of this name (in small letters).
    Field(&'static str),
    /// In the field of this name, after these words.
    FieldAfter(&'static str, &'static str),
    /// In the page, after these words.
    After(&'static str),
    /// In the page's JSON, under this key.
    Json(&'static str),
}

impl Version {
    /// The version, as it says.
    pub(super) fn of(self, evidence: &Evidence<'_>) -> Option<String> {
        let answer = evidence.answer?;
        match self {
            Self::Untold => None,
            Self::Server => Some(server::product(answer.field("server")?).1),
            Self::Field(name) => version(&[answer.field(name)?, b" "].concat()),
            Self::FieldAfter(name, words) => {
                version(&[after(answer.field(name)?, words)?, b" "].concat())
            }
            Self::After(words) => version(after(&answer.body, words)?),
            Self::Json(key) => version(json(&answer.body, key)?),
        }
    }
}

fn after<'a>(text: &'a [u8], words: &str) -> Option<&'a [u8]> {
    text.get(find(text, words)? + words.len()..)
}

/// What stands in quotation marks under a key of a JSON object, with any space around the colon.
fn json<'a>(body: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let rest = after(body, &format!("\"{key}\""))?.trim_ascii_start();
    rest.strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")
}

/// The version at the beginning of a text, if it ends there: digits first (perhaps after a “v”), then
/// what versions are made of.
fn version(text: &[u8]) -> Option<String> {
    let text = text.get(..LONGEST_VERSION).unwrap_or(text);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+~".contains(byte);
    let end = text.iter().position(|byte| !is_part(byte))?;
    let version = std::str::from_utf8(text.get(..end)?).ok()?.trim_start_matches('v');
    version.starts_with(|first: char| first.is_ascii_digit()).then(|| version.to_owned())
}
