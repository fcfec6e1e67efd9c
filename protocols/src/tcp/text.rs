//! Reading lines and names out of what protocols of text say. Knows none of them.

use klinke_shared::Recognition;

/// The longest line that is read as one: what is longer is no greeting (RFC 5321, 4.5.3.1.5, allows
/// 512 bytes, IMAP servers list their capabilities in more).
pub(super) const LONGEST_LINE: usize = 2048;

/// How a product says its name, and how it is written.
pub(super) type Names = &'static [(&'static str, &'static str)];

/// The first `count` bytes, or all.
pub(super) fn at_most(bytes: &[u8], count: usize) -> &[u8] {
    bytes.get(..count).unwrap_or(bytes)
}

/// The first line without its end; nothing until it is complete.
pub(super) fn line(heard: &[u8]) -> Option<&[u8]> {
    let end = at_most(heard, LONGEST_LINE).iter().position(|byte| *byte == b'\n')?;
    let line = heard.get(..end)?;
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

/// All complete lines without their ends.
pub(super) fn lines(heard: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = heard.iter().rposition(|byte| *byte == b'\n');
    let whole = end.and_then(|end| heard.get(..end));
    whole.into_iter().flat_map(|whole| whole.split(|byte| *byte == b'\n')).map(trimmed)
}

/// Without white space at both ends.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}

/// Where `needle` stands, in upper or lower case.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len().max(1)).position(|window| window.eq_ignore_ascii_case(needle))
}

/// Whether `needle` is in it, in upper or lower case.
pub(super) fn has(bytes: &[u8], needle: &[u8]) -> bool {
    find(bytes, needle).is_some()
}

/// Whether `word` is in it between characters that belong to no word, in upper or lower case.
pub(super) fn has_word(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .split(|byte| !byte.is_ascii_alphanumeric())
        .any(|candidate| candidate.eq_ignore_ascii_case(word))
}

/// Whether it begins with `start`, in upper or lower case.
pub(super) fn starts(bytes: &[u8], start: &[u8]) -> bool {
    bytes.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// What stands after `marker`.
pub(super) fn after<'a>(bytes: &'a [u8], marker: &[u8]) -> Option<&'a [u8]> {
    bytes.get(find(bytes, marker)? + marker.len()..)
}

/// The value of a header such as `Server: nginx` among the lines of a head.
pub(super) fn header<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    lines(head).skip(1).take_while(|line| !line.is_empty()).find_map(|line| {
        let place = line.iter().position(|byte| *byte == b':')?;
        let (key, value) = line.split_at_checked(place)?;
        trimmed(key).eq_ignore_ascii_case(name).then(|| trimmed(value.get(1..).unwrap_or_default()))
    })
}

/// The version that stands at the beginning of `rest`, after what usually leads to one.
pub(super) fn version(rest: &[u8]) -> Option<&[u8]> {
    const LEADS: [&[u8]; 4] = [b"server", b"version", b"ver.", b"v"];
    let mut rest = rest;
    for _ in 0..LEADS.len() {
        while let Some((b' ' | b',' | b':' | b'/' | b'_' | b'-' | b'(' | b'[', after)) =
            rest.split_first()
        {
            rest = after;
        }
        let lead = LEADS.iter().find(|lead| starts(rest, lead)).map_or(0, |lead| lead.len());
        rest = rest.get(lead..).unwrap_or_default();
    }
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"._+~-".contains(byte);
    let length = rest.iter().position(|byte| !inside(byte)).unwrap_or(rest.len());
    let version = rest.get(..length)?;
    let version = version.strip_suffix(b".").unwrap_or(version);
    version.first().filter(|first| first.is_ascii_digit())?;
    Some(version)
}

/// The same with the first product of `names` that `line` names, and its version if it says one.
pub(super) fn named(recognition: Recognition, line: &[u8], names: Names) -> Recognition {
    let found = names
        .iter()
        .find_map(|(marker, name)| after(line, marker.as_bytes()).map(|rest| (name, rest)));
    match found {
        Some((name, rest)) => recognition.product(name).version(version(rest).unwrap_or_default()),
        None => recognition,
    }
}

/// The same with product and version of a field such as `Server: nginx/1.22.1`: the name is what
/// stands before the first number.
pub(super) fn agent(recognition: Recognition, value: &[u8]) -> Recognition {
    let number = |pair: &[u8]| matches!(pair, [b'/' | b' ' | b'(' | b'-', b'0'..=b'9']);
    let place = value.windows(2).position(number).unwrap_or(value.len());
    let name = trimmed(at_most(value, place));
    let name = name.strip_suffix(b"(").map_or(name, trimmed);
    let rest = value.get(place..).unwrap_or_default();
    recognition.product(name).version(version(rest).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_behind_what_usually_leads_to_one() {
        let found = |rest: &'static str| version(rest.as_bytes()).map(String::from_utf8_lossy);
        assert_eq!(found(" 1.3.8 Server (Debian)").as_deref(), Some("1.3.8"));
        assert_eq!(found(" Server version 0.9.60 beta").as_deref(), Some("0.9.60"));
        assert_eq!(found(", Version: 10.0.14393.4169 ready").as_deref(), Some("10.0.14393.4169"));
        assert_eq!(found(" [privsep] [TLS]"), None);
        assert_eq!(found(" (Debian/GNU)"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn a_line_counts_only_when_it_is_complete() {
        assert_eq!(line(b"220 hello\r\n221"), Some(&b"220 hello"[..]));
        assert_eq!(line(b"220 hello"), None);
        assert_eq!(lines(b"a\r\nb\nc").collect::<Vec<_>>(), [b"a", b"b"]);
        assert_eq!(lines(b"").count(), 0);
    }

    #[test]
    fn a_header_is_found_whatever_its_case() {
        let head = b"RTSP/1.0 200 OK\r\nserver:  Hipcam/1.0 \r\n\r\nServer: no\r\n";
        assert_eq!(header(head, b"Server"), Some(&b"Hipcam/1.0"[..]));
        assert_eq!(header(head, b"CSeq"), None);
    }
}
