//! Words that Klinke does not use: those that frighten, those that promise what a check cannot know,
//! and English ones where German has a word.

use super::sentences::words;
use crate::Language;

/// In both languages. A word is banned with everything that begins like it.
const EVERYWHERE: [&str; 6] = ["stealth", "hacker", "cyber", "perfekt", "perfect", "invisible"];

/// What frightens in German, or is no German.
const GERMAN: [&str; 5] = ["unsichtbar", "gehackt", "hacken", "updaten", "einloggen"];

/// What German has a word for. Nouns are written with a capital letter; a small one is a command's.
const GERMAN_NOUNS: [&str; 4] = ["User", "Login", "Button", "Download"];

/// Names that begin like a banned word.
const NAMES: [&str; 1] = ["Usermin"];

const ENGLISH: [&str; 2] = ["hacked", "hacking"];

/// Names with an exclamation mark of their own.
const LOUD_NAMES: [&str; 3] = ["FRITZ!", "Joomla!", "Yahoo!"];

/// Every banned word of a text, and its exclamation marks.
pub(super) fn complaints(text: &str, language: Language) -> Vec<String> {
    let (own, nouns): (&[&str], &[&str]) = match language {
        Language::German => (&GERMAN, &GERMAN_NOUNS),
        Language::English => (&ENGLISH, &[]),
    };
    let quiet = LOUD_NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    let mut found = Vec::new();
    if quiet.contains('!') {
        found.push("has an exclamation mark; Klinke is calm".to_owned());
    }
    for word in words(&quiet).filter(|word| !is_code(word) && !NAMES.contains(word)) {
        let small = word.to_lowercase();
        let ban = EVERYWHERE.iter().chain(own).find(|ban| small.starts_with(**ban));
        let ban = ban.or_else(|| nouns.iter().find(|noun| word.starts_with(**noun)));
        if let Some(ban) = ban {
            found.push(format!("has the word “{word}”; words with “{ban}” are not used"));
        }
    }
    found
}

/// What is typed into a machine is no word of ours: “root@host”, “user.name”, “auth-user”.
fn is_code(word: &str) -> bool {
    word.contains(['.', '_', '/', ':', '+']) || word.contains('-') && word.to_lowercase() == word
}

#[cfg(test)]
mod tests {
    use super::complaints;
    use crate::Language;

    #[test]
    fn a_banned_word_is_named_and_a_loud_name_is_not() {
        let found = complaints("Hacker sehen die Tür nicht! Sie ist unsichtbar.", Language::German);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].contains("“Hacker”") && found[2].contains("unsichtbar"), "{found:?}");
        assert!(complaints("Ihre FRITZ!Box ist aktuell.", Language::German).is_empty());
        assert!(complaints("Set auth-user and user.name.", Language::English).is_empty());
        assert!(complaints("The user logs in.", Language::English).is_empty());
        assert!(
            complaints("In „user“ steht der Name, Usermin ist ein Programm.", Language::German)
                .is_empty()
        );
        assert_eq!(complaints("Die Loginseite für User.", Language::German).len(), 2);
    }
}
