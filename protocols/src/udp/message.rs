//! The form of a DNS message (RFC 1035, 4), which multicast DNS and the `NetBIOS` name service
//! share: header, one question, records. Knows no type's meaning.

use crate::Bytes;

/// The answer bit of the flags (RFC 1035, 4.1.1).
const RESPONSE: u16 = 0x8000;
/// The operation's bits of the flags.
const OPCODE: u16 = 0x7800;
/// The result's bits of the flags.
const RCODE: u16 = 0x000f;
/// A name has at most so many labels: 255 bytes, two for each (RFC 1035, 2.3.4).
const MOST_LABELS: usize = 128;

/// A question's message: header and question section.
pub(super) fn ask(id: [u8; 2], flags: [u8; 2], question: &[u8]) -> Vec<u8> {
    [&id[..], &flags, &[0, 1, 0, 0, 0, 0, 0, 0], question].concat()
}

/// An answer to a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message<'a> {
    /// Its flags.
    pub(super) flags: u16,
    /// The records of its answer section.
    pub(super) answers: Vec<Record<'a>>,
}

impl Message<'_> {
    /// The result; 0 is success.
    pub(super) const fn rcode(&self) -> u16 {
        self.flags & RCODE
    }
}

/// A resource record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Its type.
    pub(super) kind: u16,
    /// Its data.
    pub(super) data: &'a [u8],
    /// Where its data starts in the message.
    pub(super) place: usize,
}

/// An answer that repeats the question's number and, where it repeats a question at all, exactly
/// this one. Every record that it promises has to be there.
pub(super) fn answer<'a>(id: [u8; 2], question: &[u8], whole: &'a [u8]) -> Option<Message<'a>> {
    let mut bytes = Bytes(whole);
    bytes.expect(&id)?;
    let flags = bytes.u16()?;
    if flags & RESPONSE == 0 || flags & OPCODE != 0 {
        return None;
    }
    let [questions, answers, authorities, extras] = [(); 4].map(|()| bytes.u16());
    match questions? {
        0 => {}
        1 => {
            let repeated = bytes.take(question.len())?;
            repeated.eq_ignore_ascii_case(question).then_some(())?;
        }
        _ => return None,
    }
    let answers = (0..answers?).map(|_| record(&mut bytes, whole)).collect::<Option<Vec<_>>>()?;
    for _ in 0..(u32::from(authorities?) + u32::from(extras?)) {
        record(&mut bytes, whole)?;
    }
    Some(Message { flags, answers })
}

fn record<'a>(bytes: &mut Bytes<'a>, whole: &'a [u8]) -> Option<Record<'a>> {
    skip_name(bytes)?;
    let kind = bytes.u16()?;
    let (_class, _time_to_live, length) = (bytes.u16()?, bytes.u32()?, bytes.u16()?);
    let place = whole.len().checked_sub(bytes.len())?;
    Some(Record { kind, data: bytes.take(usize::from(length))?, place })
}

fn skip_name(bytes: &mut Bytes<'_>) -> Option<()> {
    for _ in 0..MOST_LABELS {
        match bytes.u8()? {
            0 => return Some(()),
            length @ 1..=63 => bytes.take(usize::from(length))?,
            0xc0..=0xff => return bytes.u8().map(|_| ()),
            _ => return None,
        };
    }
    None
}

/// The labels of the name at `place`, following pointers (RFC 1035, 4.1.4), which lead backwards.
pub(super) fn labels(whole: &[u8], mut place: usize) -> Option<Vec<&[u8]>> {
    let mut labels = Vec::new();
    let mut bytes = Bytes(whole.get(place..)?);
    for _ in 0..MOST_LABELS {
        match bytes.u8()? {
            0 => return Some(labels),
            length @ 1..=63 => labels.push(bytes.take(usize::from(length))?),
            high @ 0xc0..=0xff => {
                let target = usize::from(high & 0x3f) << 8 | usize::from(bytes.u8()?);
                place = (target < place).then_some(target)?;
                bytes = Bytes(whole.get(place..)?);
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_points_at_itself_ends() {
        assert_eq!(labels(&[0xc0, 0], 0), None);
        assert_eq!(labels(&[1, b'a', 0xc0, 0], 0), None);
        assert_eq!(labels(&[1, b'a', 0, 0xc0, 0], 3), Some(vec![&b"a"[..]]));
    }

    #[test]
    fn promised_records_have_to_be_there() {
        let empty = [1, 2, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(answer([1, 2], b"", &empty), Some(Message { flags: 0x8000, answers: vec![] }));
        for section in [7, 9, 11] {
            let mut more = empty;
            more[section] = 1;
            assert_eq!(answer([1, 2], b"", &more), None);
        }
    }
}
