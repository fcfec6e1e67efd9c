//! Where sentences and words begin and end. Knows no language beyond its abbreviations.

/// What ends with a full stop and no sentence. Single letters never end one: “z. B.”, “d. h.”.
const ABBREVIATIONS: [&str; 10] = ["Nr", "No", "ca", "usw", "etc", "Dr", "bzw", "vs", "e.g", "i.e"];

/// What may stand between the end of a sentence and the space behind it.
const CLOSING: [char; 8] = ['“', '”', '‘', '’', '"', ')', '»', '›'];

/// The sentences of a text. A colon or semicolon ends one as well, as Björnsson counted for LIX:
/// what follows is read as a sentence of its own.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(end) = rest[from..].find(['.', '!', '?', '…', ':', ';']).map(|at| from + at) {
        let after = end + rest[end..].chars().next().map_or(1, char::len_utf8);
        let tail = rest[after..].trim_start_matches(CLOSING);
        let at_end = tail.is_empty() || tail.starts_with([' ', '\n']);
        if at_end && !ends_in_abbreviation(&rest[..after]) {
            let (sentence, next) = rest.split_at(rest.len() - tail.len());
            found.push(sentence.trim());
            rest = next;
            from = 0;
        } else {
            from = after;
        }
    }
    found.push(rest.trim());
    found.retain(|sentence| words(sentence).next().is_some());
    found
}

fn ends_in_abbreviation(text: &str) -> bool {
    let Some(before) = text.strip_suffix('.') else { return false };
    let is_part = |c: char| c.is_alphanumeric() || c == '.';
    let word = before.rsplit(|c| !is_part(c)).next().unwrap_or_default();
    ABBREVIATIONS.contains(&word)
        || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}

/// The words of a text: letters and digits, and what joins them inside a word.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        rest = &rest[start..];
        let (word, tail) = rest.split_at(end_of_word(rest));
        rest = tail;
        Some(word)
    })
}

fn end_of_word(text: &str) -> usize {
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let joins = "-’'+./:_".contains(sign) && next.is_some_and(char::is_alphanumeric);
        if !sign.is_alphanumeric() && !joins {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{sentences, words};

    #[test]
    fn a_sentence_ends_with_its_closing_marks_and_not_at_an_abbreviation() {
        let text = "Sagen Sie: „Port 3389 ist offen.“ Das gilt z.\u{202f}B. für TLS 1.2 (ca. 5 Jahre alt). Gut";
        assert_eq!(
            sentences(text),
            [
                "Sagen Sie:",
                "„Port 3389 ist offen.“",
                "Das gilt z.\u{202f}B. für TLS 1.2 (ca. 5 Jahre alt).",
                "Gut"
            ]
        );
        assert_eq!(sentences(" … "), [] as [&str; 0]);
    }

    #[test]
    fn a_word_keeps_what_joins_it() {
        let found: Vec<&str> =
            words("Die FRITZ!Box, don’t, /etc/ssh – E-Mail. 10.0.0.1:80!").collect();
        assert_eq!(found, ["Die", "FRITZ", "Box", "don’t", "etc/ssh", "E-Mail", "10.0.0.1:80"]);
    }
}
