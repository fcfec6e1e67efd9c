//! The few forms of ASN.1's Basic Encoding Rules (ITU-T X.690) that SNMP, LDAP and Kerberos need.
//! Definite lengths only, as those protocols demand; knows no meaning of any tag.

use crate::Bytes;

/// BOOLEAN (X.690, 8.2).
pub(super) const BOOLEAN: u8 = 0x01;
/// INTEGER (X.690, 8.3).
pub(super) const INTEGER: u8 = 0x02;
/// OCTET STRING (X.690, 8.7).
pub(super) const OCTETS: u8 = 0x04;
/// NULL (X.690, 8.8).
pub(super) const NULL: u8 = 0x05;
/// OBJECT IDENTIFIER (X.690, 8.19).
pub(super) const OID: u8 = 0x06;
/// ENUMERATED (X.690, 8.4).
pub(super) const ENUMERATED: u8 = 0x0a;
/// SEQUENCE (X.690, 8.9).
pub(super) const SEQUENCE: u8 = 0x30;
/// A length of at most this is written as itself (X.690, 8.1.3.4).
const SHORT: usize = 0x7f;
/// The long form with one byte of length (X.690, 8.1.3.5).
const LONG_OF_ONE: u8 = 0x81;

/// The next element: its tag and its content.
pub(super) fn element<'a>(bytes: &mut Bytes<'a>) -> Option<(u8, &'a [u8])> {
    let tag = bytes.u8()?;
    let length = match bytes.u8()? {
        short @ 0..=0x7f => u32::from(short),
        0x81 => u32::from(bytes.u8()?),
        0x82 => u32::from(bytes.u16()?),
        0x83 => bytes.u24()?,
        0x84 => bytes.u32()?,
        _ => return None,
    };
    Some((tag, bytes.take(usize::try_from(length).ok()?)?))
}

/// The content of the next element, which must have this tag.
pub(super) fn content<'a>(bytes: &mut Bytes<'a>, tag: u8) -> Option<&'a [u8]> {
    element(bytes).filter(|(found, _)| *found == tag).map(|(_, content)| content)
}

/// The next element, an unsigned number of up to four bytes.
pub(super) fn number(bytes: &mut Bytes<'_>, tag: u8) -> Option<u32> {
    let digits = content(bytes, tag)?;
    let digits = digits.strip_prefix(&[0]).filter(|rest| !rest.is_empty()).unwrap_or(digits);
    (1..=4)
        .contains(&digits.len())
        .then(|| digits.iter().fold(0, |number, digit| (number << 8) | u32::from(*digit)))
}

/// An element of these parts. Questions are short: at most 255 bytes.
pub(super) fn wrap(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut wrapped = vec![tag];
    if content.len() > SHORT {
        wrapped.push(LONG_OF_ONE);
    }
    wrapped.push(u8::try_from(content.len()).unwrap_or(u8::MAX));
    wrapped.extend(content);
    wrapped
}

/// A number of four bytes out of random ones, which is positive and needs all four of them.
pub(super) const fn identifier(random: [u8; 4]) -> [u8; 4] {
    let [first, second, third, fourth] = random;
    [(first & 0x3f) | 0x40, second, third, fourth]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_definite_form() {
        for start in [&[4, 2][..], &[4, 0x81, 2], &[4, 0x82, 0, 2], &[4, 0x84, 0, 0, 0, 2]] {
            let whole = [start, b"ab"].concat();
            assert_eq!(content(&mut Bytes(&whole), OCTETS), Some(&b"ab"[..]));
        }
    }

    #[test]
    fn what_is_too_long_or_indefinite_is_nothing() {
        for broken in [&[4, 3, 1, 2][..], &[4, 0x80, 0, 0], &[4, 0x84, 255, 255, 255, 255], &[4]] {
            assert_eq!(element(&mut Bytes(broken)), None);
        }
    }

    #[test]
    fn numbers_may_carry_a_sign_byte() {
        assert_eq!(number(&mut Bytes(&[2, 5, 0, 0xff, 0, 0, 1]), INTEGER), Some(0xff00_0001));
        assert_eq!(number(&mut Bytes(&[2, 1, 0]), INTEGER), Some(0));
        assert_eq!(number(&mut Bytes(&[2, 0]), INTEGER), None);
    }
}
