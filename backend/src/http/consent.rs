//! Which sentence a visitor agreed to: it is written into the audit, in place of a sentence that may be
//! changed later.

use super::words;
use data_encoding::HEXLOWER;
use klinke_shared::Language;
use sha2::{Digest as _, Sha256};

/// So many bytes of the hash tell two versions apart.
const KEPT: usize = 6;

/// The language and the beginning of the SHA-256 of the consent, to one address and to two, and what is
/// promised beside it, with names in braces where the addresses stand.
pub(super) fn version(language: Language) -> String {
    let texts = words::texts(language);
    let one = texts.consent("{address}");
    let both = texts.consent_both("{first}", "{second}");
    let said = [one.as_str(), &both, texts.consent_manners()].join("\n");
    format!("{language}-{}", HEXLOWER.encode(&Sha256::digest(said.as_bytes())[..KEPT]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_s_consent_has_its_own_version() {
        let versions = Language::ALL.map(version);
        assert_ne!(versions[0], versions[1]);
        assert!(versions.iter().all(|version| version.len() == 3 + 2 * KEPT), "{versions:?}");
    }
}
