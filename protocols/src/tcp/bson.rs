//! Reading one document of BSON (bsonspec.org, version 1.1). Knows no field.

use crate::Bytes;

/// The kind and the value of the field with this name.
pub(super) fn find<'a>(document: &'a [u8], name: &[u8]) -> Option<(u8, &'a [u8])> {
    let mut bytes = Bytes(document);
    let length = usize::try_from(bytes.u32_le()?).ok()?;
    let mut fields = Bytes(bytes.take(length.checked_sub(4)?)?);
    loop {
        let kind = fields.u8().filter(|kind| *kind != 0)?;
        let key = fields.until(0)?;
        let value = value(&mut fields, kind)?;
        if key == name {
            return Some((kind, value));
        }
    }
}

fn value<'a>(fields: &mut Bytes<'a>, kind: u8) -> Option<&'a [u8]> {
    let counted = |fields: &Bytes<'a>| {
        let mut ahead = *fields;
        usize::try_from(ahead.u32_le()?).ok()
    };
    let length = match kind {
        0x06 | 0x0a | 0x7f | 0xff => 0,
        0x08 => 1,
        0x10 => 4,
        0x01 | 0x09 | 0x11 | 0x12 => 8,
        0x07 => 12,
        0x13 => 16,
        // A text and its length; a document with its length in it; bytes with length and kind.
        0x02 | 0x0d | 0x0e => counted(fields)?.checked_add(4)?,
        0x03 | 0x04 => counted(fields)?.max(5),
        0x05 => counted(fields)?.checked_add(5)?,
        _ => return None,
    };
    fields.take(length)
}

/// A whole number of four bytes.
pub(super) fn int(document: &[u8], name: &[u8]) -> Option<i32> {
    let (kind, value) = find(document, name)?;
    (kind == 0x10).then_some(i32::from_le_bytes(value.try_into().ok()?))
}

/// A text.
pub(super) fn text<'a>(document: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (kind, value) = find(document, name)?;
    (kind == 0x02).then_some(())?;
    value.get(4..)?.strip_suffix(b"\0")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of bsonspec.org: `{"hello": "world"}`.
    const HELLO: &[u8] = b"\x16\0\0\0\x02hello\0\x06\0\0\0world\0\0";

    #[test]
    fn the_example_of_the_specification_is_read() {
        assert_eq!(text(HELLO, b"hello"), Some(&b"world"[..]));
        assert_eq!(int(HELLO, b"hello"), None);
        assert_eq!(find(HELLO, b"other"), None);
    }

    #[test]
    fn a_document_that_is_cut_off_or_lies_about_lengths_is_none() {
        for length in 0..HELLO.len() {
            assert_eq!(text(&HELLO[..length], b"hello"), None);
        }
        assert_eq!(text(b"\x16\0\0\0\x02hello\0\xff\xff\xff\xffworld\0\0", b"hello"), None);
        assert_eq!(text(b"\x02\0\0\0", b"hello"), None);
    }
}
