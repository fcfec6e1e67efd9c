//! The order of the alphabet as people look things up (DIN 5007-1): an umlaut stands with its vowel, and
//! capital and small letters are the same.

/// By what a text is sorted.
#[must_use]
pub fn alphabetical(text: &str) -> String {
    let plain = |sign: char| match sign {
        'ä' => "a".to_owned(),
        'ö' => "o".to_owned(),
        'ü' => "u".to_owned(),
        'ß' => "ss".to_owned(),
        'é' | 'è' | 'ê' => "e".to_owned(),
        other => other.to_string(),
    };
    text.to_lowercase().chars().map(plain).collect()
}
