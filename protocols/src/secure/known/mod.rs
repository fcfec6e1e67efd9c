//! Devices and applications that are known by their first page or their certificate: the form of the
//! table's rows, and how they are compared. The rows are in the files beside it.

mod appliances;
mod applications;
mod devices;
mod routers;
mod sign;

#[cfg(test)]
mod tests;

use super::answer::Answer;
use klinke_shared::{Note, Protocol, Recognition};
use sign::{Evidence, Sign, Version};

/// The table. The first row whose signs are all there counts, so what runs on something else stands
/// before it.
const TABLE: [&[Page]; 4] =
    [routers::PAGES, appliances::PAGES, applications::PAGES, devices::PAGES];

/// One row.
#[derive(Debug, Clone, Copy)]
struct Page {
    product: &'static str,
    signs: &'static [Sign],
    version: Version,
    protocol: Protocol,
    notes: &'static [Note],
}

/// A row for a web page that says nothing of its version.
const fn page(product: &'static str, signs: &'static [Sign]) -> Page {
    Page { product, signs, version: Version::Untold, protocol: Protocol::Http, notes: &[] }
}

impl Page {
    const fn version(self, version: Version) -> Self {
        Self { version, ..self }
    }

    const fn protocol(self, protocol: Protocol) -> Self {
        Self { protocol, ..self }
    }

    const fn notes(self, notes: &'static [Note]) -> Self {
        Self { notes, ..self }
    }

    /// What it tells, if all its signs are there.
    fn recognise(&self, evidence: &Evidence<'_>) -> Option<Recognition> {
        if !self.signs.iter().all(|sign| sign.is_in(evidence)) {
            return None;
        }
        let version = self.version.of(evidence).unwrap_or_default();
        let known = Recognition::of(self.protocol).product(self.product).version(version);
        Some(self.notes.iter().fold(known, |known, note| known.note(*note)))
    }
}

/// What is known by an answer, with its title and its realm.
pub(super) fn by_answer(
    answer: &Answer<'_>,
    title: Option<&str>,
    realm: Option<&[u8]>,
) -> Option<Recognition> {
    let title = title.map(str::as_bytes);
    let evidence = Evidence { answer: Some(answer), title, realm, certificate: None };
    rows().find_map(|page| page.recognise(&evidence))
}

/// The recognition with the product that its certificate gives away, if nothing else did.
pub(super) fn by_certificate(recognition: Recognition) -> Recognition {
    if recognition.product.is_some() {
        return recognition;
    }
    let certificate = recognition.certificate.as_ref();
    let evidence = Evidence { answer: None, title: None, realm: None, certificate };
    match rows().find(|page| page.recognise(&evidence).is_some()) {
        Some(page) => recognition.product(page.product),
        None => recognition,
    }
}

fn rows() -> impl Iterator<Item = &'static Page> {
    TABLE.iter().copied().flatten()
}
