//! Reading BER (ITU-T X.690, 8.1): one element after another. Knows no protocol.

use crate::Bytes;

/// The next element: its tag and its content. Nothing when it is incomplete, or when its length has
/// a form that no answer here needs.
pub(super) fn element<'a>(bytes: &mut Bytes<'a>) -> Option<(u8, &'a [u8])> {
    let tag = bytes.u8()?;
    let length = match bytes.u8()? {
        short @ 0..=0x7f => usize::from(short),
        0x81 => usize::from(bytes.u8()?),
        0x82 => usize::from(bytes.u16()?),
        0x83 => usize::try_from(bytes.u24()?).ok()?,
        0x84 => usize::try_from(bytes.u32()?).ok()?,
        _ => return None,
    };
    Some((tag, bytes.take(length)?))
}

/// The content of the next element if it has this tag.
pub(super) fn tagged<'a>(bytes: &mut Bytes<'a>, tag: u8) -> Option<&'a [u8]> {
    element(bytes).filter(|(found, _)| *found == tag).map(|(_, content)| content)
}

/// The contents of all elements.
pub(super) fn all(content: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut bytes = Bytes(content);
    std::iter::from_fn(move || element(&mut bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_lengths_are_read() {
        assert_eq!(element(&mut Bytes(b"\x04\x02hi!")), Some((4, &b"hi"[..])));
        assert_eq!(element(&mut Bytes(b"\x30\x84\0\0\0\x01x")), Some((0x30, &b"x"[..])));
        assert_eq!(all(b"\x04\x01a\x04\x01b\x04\x09c").count(), 2);
        assert_eq!(element(&mut Bytes(b"\x30\x80x\0\0")), None);
        assert_eq!(element(&mut Bytes(b"\x30\x84\xff\xff\xff\xffx")), None);
    }
}
