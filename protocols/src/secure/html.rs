//! The title of a page, as a browser's window would show it. Reads no other element.

use super::answer::find;

/// So much of a title is read; what is longer is no title.
const LONGEST_TITLE: usize = 1024;
/// The longest character reference that is looked for: `&#x10ffff;`.
const LONGEST_REFERENCE: usize = 10;
/// Character references by name: those of XML, and what stands in titles of German pages (HTML living
/// standard, 13.5).
const REFERENCES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("reg", '®'),
    ("trade", '™'),
    ("ndash", '–'),
];

/// The title of a page, if it stands there as a whole.
pub(super) fn title(body: &[u8]) -> Option<String> {
    let start = find(body, "<title")?;
    let rest = body.get(start..)?;
    let start = rest.iter().position(|byte| *byte == b'>')? + 1;
    let rest = rest.get(start..)?;
    let title = rest.get(..find(rest, "</title")?)?;
    let title = decode(&text(title.get(..LONGEST_TITLE).unwrap_or(title)));
    (!title.trim().is_empty()).then_some(title)
}

/// UTF-8, or else Latin-1, which gives every byte a meaning.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// A text with its character references resolved, once.
fn decode(text: &str) -> String {
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        let reference = end.and_then(|end| Some((part.get(..end)?, part.get(end + 1..)?)));
        let resolved = reference.and_then(|(name, rest)| Some((character(name)?, rest)));
        let (character, rest) = resolved.unwrap_or(('&', part));
        decoded.push(character);
        decoded.push_str(rest);
    }
    decoded
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return REFERENCES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, character)| *character);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: &[u8]) -> Option<String> {
        title(page)
    }

    #[test]
    fn a_title_is_found_in_any_case_and_with_attributes() {
        assert_eq!(of(b"<HTML><TITLE id=x>Hello</TITLE>").as_deref(), Some("Hello"));
    }

    #[test]
    fn references_are_resolved_once() {
        let page = b"<title>&lt;b&gt; &amp;lt; &#65;&#x42; &uuml; &nope; & &#xd800; a&b</title>";
        assert_eq!(of(page).as_deref(), Some("<b> &lt; AB ü &nope; & &#xd800; a&b"));
    }

    #[test]
    fn latin_1_is_understood() {
        assert_eq!(of(b"<title>B\xfcro</title>").as_deref(), Some("Büro"));
    }

    #[test]
    fn a_title_without_an_end_or_without_words_is_none() {
        assert_eq!(of(b"<title>FRITZ!Bo"), None);
        assert_eq!(of(b"<title> \n</title>"), None);
    }
}
