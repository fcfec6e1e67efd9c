//! Marks: quotation marks, dashes, ellipses and the spaces of each language.

use crate::Language;

/// The space inside “z. B.” and between a number and its unit: narrow, and no line ends there.
const NARROW: char = '\u{202f}';

/// German abbreviations of two words, which stand together.
const PAIRS: [(&str, &str); 4] = [("z.", "B."), ("d.", "h."), ("u.", "a."), ("u.", "U.")];

/// What is wrong with the marks of a text.
pub(super) fn complaints(text: &str, language: Language) -> Vec<String> {
    let (opening, closing) = match language {
        Language::German => ('„', '“'),
        Language::English => ('“', '”'),
    };
    let foreign = match language {
        Language::German => '”',
        Language::English => '„',
    };
    let apostrophe = |(at, _)| is_between_letters(text, at);
    let checks = [
        (text.contains('"'), "has a straight quotation mark".to_owned()),
        (
            text.contains(foreign),
            format!("has the quotation mark {foreign}; use {opening}…{closing}"),
        ),
        (!is_paired(text, opening, closing), format!("{opening} and {closing} do not pair")),
        (
            language == Language::German && text.contains('\''),
            "has a straight apostrophe; use ’ or ‚…‘".to_owned(),
        ),
        (
            text.match_indices('\'').any(|found| !apostrophe(found)),
            "has a straight single quotation mark".to_owned(),
        ),
        (text.contains('—'), "has a long dash; use – between spaces".to_owned()),
        (text.contains("..."), "has three dots; use …".to_owned()),
        (text.contains(" - "), "has a hyphen for a dash; use –".to_owned()),
        (text.contains("  "), "has two spaces in a row".to_owned()),
        (has_lonely_dash(text), "has a dash without a space on each side".to_owned()),
        (
            language == Language::German && PAIRS.iter().any(|pair| is_loose(text, *pair)),
            "has an abbreviation like z. B. without the narrow space U+202F".to_owned(),
        ),
    ];
    checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, words)| words).collect()
}

/// English writes “don't” and “the company's”, also at the end of “users' files”.
fn is_between_letters(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphabetic)
}

fn is_paired(text: &str, opening: char, closing: char) -> bool {
    let mut open = false;
    for sign in text.chars().filter(|sign| *sign == opening || *sign == closing) {
        if (sign == opening) == open {
            return false;
        }
        open = !open;
    }
    !open
}

/// A dash stands between spaces, or between two numbers: “440–449”.
fn has_lonely_dash(text: &str) -> bool {
    text.match_indices('–').any(|(at, dash)| {
        let before = text[..at].chars().next_back();
        let after = text[at + dash.len()..].chars().next();
        let spaced = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
        let digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
        !(spaced(before) && spaced(after) || digit(before) && digit(after))
    })
}

fn is_loose(text: &str, (first, second): (&str, &str)) -> bool {
    text.match_indices(first).any(|(at, _)| {
        let begins = text[..at].chars().next_back().is_none_or(|sign| !sign.is_alphanumeric());
        let rest = &text[at + first.len()..];
        let glued = rest.starts_with(second);
        let spaced =
            rest.strip_prefix([' ', '\u{a0}']).is_some_and(|rest| rest.starts_with(second));
        begins && !rest.starts_with(NARROW) && (glued || spaced)
    })
}

#[cfg(test)]
mod tests {
    use super::complaints;
    use crate::Language::{English, German};

    #[test]
    fn well_set_texts_are_left_alone() {
        for (text, language) in [
            (
                "Sagen Sie: „Port 3389 ist offen.“ Das ist – z.\u{202f}B. bei 440–449 – üblich …",
                German,
            ),
            ("Say: “Port 3389 is open.” Don't change the company's settings – yet.", English),
        ] {
            assert_eq!(complaints(text, language), [] as [&str; 0]);
        }
    }

    #[test]
    fn each_wrong_mark_is_named() {
        for (text, language, part) in [
            ("Das „Tor”.", German, "use „…“"),
            ("The „door“.", English, "use “…”"),
            ("Das \"Tor\".", German, "straight quotation"),
            ("Das „Tor.", German, "do not pair"),
            ("Das geht's.", German, "straight apostrophe"),
            ("The 'door'.", English, "single quotation"),
            ("Das — Tor.", German, "long dash"),
            ("Das Tor...", German, "three dots"),
            ("Das - Tor.", German, "hyphen for a dash"),
            ("Das  Tor.", German, "two spaces"),
            ("Das –Tor.", German, "without a space"),
            ("Tore, z. B. dieses.", German, "U+202F"),
            ("Tore, z.B. dieses.", German, "U+202F"),
        ] {
            let found = complaints(text, language).join("; ");
            assert!(found.contains(part), "{text}: {found}");
        }
    }
}
