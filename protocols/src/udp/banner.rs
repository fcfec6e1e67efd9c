//! Product and version out of the free text with which a program names itself, and the header
//! lines in which such texts stand (SIP: RFC 3261, 7.3; SSDP: `UPnP` Device Architecture, 1.3).

use klinke_shared::Recognition;

/// The text of a header, whose name is written in any case; the first one counts.
pub(super) fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a [u8]> {
    lines(head).skip(1).find_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (found, text) = line.split_at_checked(colon)?;
        let named = found.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        named.then(|| text.strip_prefix(b":").unwrap_or_default().trim_ascii())
    })
}

/// The lines of a head, which ends with an empty one.
fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    lines.take_while(|line| !line.is_empty())
}

/// The head up to and with its empty line; nothing if it does not end.
pub(super) fn whole_head(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    bytes.get(..end + 4)
}

/// What a text says of product and version: “Asterisk PBX 18.10.0”, “MiniUPnPd/2.1”,
/// “kamailio (5.6.3 (`x86_64/linux`))”. The version is the first word with a dot that starts with a
/// digit; what stands before it is the product.
pub(super) fn name(recognition: Recognition, text: &[u8]) -> Recognition {
    let text = text.trim_ascii();
    let Some((start, end)) = version(text) else { return recognition.product(text) };
    let product = text.get(..start).unwrap_or_default();
    let product = product.strip_suffix(b"v").unwrap_or(product);
    let product = trim(product);
    if product.iter().any(u8::is_ascii_alphabetic) {
        recognition.product(product).version(text.get(start..end).unwrap_or_default())
    } else {
        recognition.product(text)
    }
}

/// Without the signs that join a name to its version.
fn trim(product: &[u8]) -> &[u8] {
    let joins = |byte: &u8| b" /-_(,;:".contains(byte);
    let end = product.iter().rposition(|byte| !joins(byte)).map_or(0, |last| last + 1);
    product.get(..end).unwrap_or_default().trim_ascii()
}

/// Where a version starts and ends.
fn version(text: &[u8]) -> Option<(usize, usize)> {
    let mut before = b' ';
    for (start, byte) in text.iter().enumerate() {
        let joined = b" /-_(v".contains(&before);
        before = *byte;
        if !joined || !byte.is_ascii_digit() {
            continue;
        }
        let rest = text.get(start..)?;
        let length = rest.iter().position(|byte| b" /(),;'\"".contains(byte)).unwrap_or(rest.len());
        let word = rest.get(..length)?;
        let dotted = word.iter().find(|byte| !byte.is_ascii_digit()) == Some(&b'.');
        if dotted {
            return Some((start, start + length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (String, String) {
        let recognition = name(Recognition::default(), text.as_bytes());
        (recognition.product.unwrap_or_default(), recognition.version.unwrap_or_default())
    }

    #[test]
    fn a_text_is_split_where_its_version_starts() {
        for (text, product, version) in [
            ("Asterisk PBX 18.10.0", "Asterisk PBX", "18.10.0"),
            ("FPBX-16.0.40(18.14.0)", "FPBX", "16.0.40"),
            ("kamailio (5.6.3 (x86_64/linux))", "kamailio", "5.6.3"),
            ("MiniUPnPd/2.1", "MiniUPnPd", "2.1"),
            ("Coturn-4.6.1 'Gorst'", "Coturn", "4.6.1"),
            ("dnsmasq-2.90", "dnsmasq", "2.90"),
            ("AVM FRITZ!Box 7590 154.07.29", "AVM FRITZ!Box 7590", "154.07.29"),
            ("Yealink SIP-T46S 66.86.0.15", "Yealink SIP-T46S", "66.86.0.15"),
            ("Grandstream HT801", "Grandstream HT801", ""),
            ("1.2.3", "1.2.3", ""),
            ("", "", ""),
        ] {
            assert_eq!(named(text), (product.to_owned(), version.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_header_is_found_in_any_case_and_not_after_the_head() {
        let head = b"SIP/2.0 200 OK\r\nserver : a\r\nSERVER: b\r\n\r\nLate: c\r\n";
        assert_eq!(header(head, "Server"), Some(&b"a"[..]));
        assert_eq!(header(head, "Late"), None);
        assert_eq!(header(head, "SIP/2.0 200 OK"), None);
        assert_eq!(whole_head(head).map(<[u8]>::len), Some(41));
    }
}
