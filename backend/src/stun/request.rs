//! Reads a Binding request. Hostile bytes: whatever is not exactly one well-formed request is
//! nothing. Knows no answer and no address.

use super::format::{BINDING_REQUEST, FINGERPRINT, HEADER, MAGIC_COOKIE, Transaction};
use super::format::{fingerprint, padding};
use klinke_protocols::Bytes;

/// The longest request that is read, in bytes: RFC 8489, 6.1 wants a message over IPv4 that no
/// router has to cut into pieces, and browsers send 20 to 100 bytes.
pub const LONGEST_REQUEST: usize = 548;
/// So many unknown attributes are named in an answer, which makes it as long as the longest other
/// one. A longer list would help nobody but whoever wants long answers sent to somebody else.
pub(super) const MOST_NAMED: usize = 6;
/// Attributes from here on may be ignored by whoever does not know them (RFC 8489, 14).
const COMPREHENSION_OPTIONAL: u16 = 0x8000;
/// The attributes below it that RFC 8489, 18.3 defines: MAPPED-ADDRESS, USERNAME, MESSAGE-INTEGRITY,
/// ERROR-CODE, UNKNOWN-ATTRIBUTES, REALM, NONCE, MESSAGE-INTEGRITY-SHA256, PASSWORD-ALGORITHM,
/// USERHASH, XOR-MAPPED-ADDRESS. A server without credentials (RFC 8489, 12) does not expect any of
/// them, and what is known but not expected is ignored (RFC 8489, 6.3).
const KNOWN: [u16; 11] =
    [0x0001, 0x0006, 0x0008, 0x0009, 0x000a, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e, 0x0020];

/// A Binding request, as far as it matters for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Request {
    /// Which request it is; the answer repeats it.
    pub(super) transaction: Transaction,
    /// What it demands to be understood and is not.
    pub(super) unknown: Unknown,
    /// Whether it ends with a FINGERPRINT, which is right then.
    pub(super) fingerprint: bool,
}

/// The first [`MOST_NAMED`] different types of unknown attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Unknown {
    types: [u16; MOST_NAMED],
    count: usize,
}

impl Request {
    /// The request in these bytes. Nothing if they are anything else, or if its FINGERPRINT is
    /// wrong or not at its end.
    pub(super) fn read(message: &[u8]) -> Option<Self> {
        let mut attributes = Bytes(message.get(HEADER..).filter(|_| is_request(message))?);
        let transaction =
            message.get(HEADER - size_of::<Transaction>()..HEADER)?.try_into().ok()?;
        let mut request = Self { transaction, unknown: Unknown::default(), fingerprint: false };
        while !attributes.is_empty() {
            let before = message.get(..message.len().checked_sub(attributes.len())?)?;
            let (kind, value) = attribute(&mut attributes)?;
            if kind == FINGERPRINT {
                request.fingerprint = attributes.is_empty() && value == fingerprint(before);
                return Some(request).filter(|request| request.fingerprint);
            }
            if kind < COMPREHENSION_OPTIONAL && !KNOWN.contains(&kind) {
                request.unknown.name(kind);
            }
        }
        Some(request)
    }
}

impl Unknown {
    /// Their types, each once, in the order of the request.
    pub(super) fn types(&self) -> &[u16] {
        self.types.get(..self.count).unwrap_or_default()
    }

    fn name(&mut self, kind: u16) {
        if self.types().contains(&kind) {
            return;
        }
        if let Some(place) = self.types.get_mut(self.count) {
            *place = kind;
            self.count += 1;
        }
    }
}

/// Whether the header is that of a Binding request, and the bytes are as many as it says.
fn is_request(message: &[u8]) -> bool {
    let mut header = Bytes(message);
    let kind = header.u16();
    let length = header.u16().map(usize::from);
    message.len() <= LONGEST_REQUEST
        && kind == Some(BINDING_REQUEST)
        && length == message.len().checked_sub(HEADER)
        && length.map(padding) == Some(0)
        && header.expect(&MAGIC_COOKIE).is_some()
}

/// The next attribute. What fills it up to the next boundary may be anything (RFC 8489, 14).
fn attribute<'a>(bytes: &mut Bytes<'a>) -> Option<(u16, &'a [u8])> {
    let kind = bytes.u16()?;
    let length = usize::from(bytes.u16()?);
    let value = bytes.take(length)?;
    bytes.take(padding(length))?;
    Some((kind, value))
}
