//! The words that are no words of the language: names of products and makers, what the glossary
//! explains, and what is written like a technical sign.

use std::collections::BTreeSet;

/// Names and explained words, in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon(BTreeSet<String>);

impl Lexicon {
    /// A lexicon of these words. Each word of an entry with several counts by itself.
    #[must_use]
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let words = entries.into_iter().flat_map(super::sentences::words);
        Self(words.map(str::to_lowercase).collect())
    }

    /// Whether a word is a name, is explained, or looks like a technical sign: digits, dots and
    /// slashes, or capitals inside, as in “TLS”, “3389/tcp” and “OpenSSH”.
    #[must_use]
    pub fn is_name(&self, word: &str) -> bool {
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        if is_sign(word) || self.0.contains(&word.to_lowercase()) {
            return true;
        }
        word.contains('-')
            && word.split('-').all(|part| is_sign(part) || self.0.contains(&part.to_lowercase()))
    }
}

fn is_sign(word: &str) -> bool {
    if word.contains(|c: char| c.is_numeric() || "._/+:".contains(c)) {
        return true;
    }
    let signs: Vec<char> = word.chars().collect();
    let capitals = |pair: &[char]| pair.iter().all(|c| c.is_uppercase());
    let begins = signs.windows(2).take(2).any(capitals);
    let ends = signs.windows(2).next_back().is_some_and(capitals)
        || word.strip_suffix('s').is_some_and(|stem| {
            let stem: Vec<char> = stem.chars().collect();
            stem.windows(2).next_back().is_some_and(capitals)
        });
    let inside = word.split('-').any(|part| {
        let part: Vec<char> = part.chars().collect();
        part.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
    });
    begins || ends || inside
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn names_and_signs_are_told_from_words() {
        let lexicon = Lexicon::new(["FRITZ!Box", "Netzwerkspeicher"]);
        for name in [
            "Box",
            "fritz",
            "Netzwerkspeicher",
            "3389",
            "TLS",
            "VPNs",
            "OpenSSH",
            "mTLS",
            "10.0.0.1",
            "FRITZ-Box",
        ] {
            assert!(lexicon.is_name(name), "{name}");
        }
        for word in ["Tür", "Anschluss", "E-Mail", "Netz", "Box-Deckel", "a", "I", "door"] {
            assert!(!lexicon.is_name(word), "{word}");
        }
    }
}
