//! How a STUN message is laid out (RFC 8489, 5 and 14): the numbers that reading and writing share.
//! Knows no message.

/// The bytes before the attributes: type, length, magic cookie, transaction id (RFC 8489, 5).
pub(super) const HEADER: usize = 20;
/// The bytes before an attribute's value: type and length (RFC 8489, 14).
pub(super) const ATTRIBUTE_HEADER: usize = 4;
/// Attributes begin at multiples of so many bytes (RFC 8489, 14).
pub(super) const ALIGNMENT: usize = 4;
/// Tells STUN from other protocols (RFC 8489, 5).
pub(super) const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
/// The magic cookie and the transaction id behind it. Both stand in the answer as they did in the
/// request, and together they are the key with which an IPv6 address is mixed by XOR (RFC 8489, 14.2).
pub(super) type Transaction = [u8; 16];

/// A question for one's own address (RFC 8489, 5).
pub(super) const BINDING_REQUEST: u16 = 0x0001;
/// Its answer.
pub(super) const BINDING_SUCCESS: u16 = 0x0101;
/// The answer that it cannot be answered.
pub(super) const BINDING_ERROR: u16 = 0x0111;

/// ERROR-CODE (RFC 8489, 14.8).
pub(super) const ERROR_CODE: u16 = 0x0009;
/// UNKNOWN-ATTRIBUTES (RFC 8489, 14.13).
pub(super) const UNKNOWN_ATTRIBUTES: u16 = 0x000a;
/// XOR-MAPPED-ADDRESS (RFC 8489, 14.2).
pub(super) const XOR_MAPPED_ADDRESS: u16 = 0x0020;
/// FINGERPRINT (RFC 8489, 14.7).
pub(super) const FINGERPRINT: u16 = 0x8028;
/// The bytes of a whole FINGERPRINT.
pub(super) const FINGERPRINT_SIZE: usize = ATTRIBUTE_HEADER + 4;
/// Mixed into the checksum by XOR, so that it differs from one that an application has written:
/// “STUN” in ASCII (RFC 8489, 14.7).
const FINGERPRINT_XOR: u32 = 0x5354_554e;

/// The value of FINGERPRINT behind these bytes, whose header counts it already (RFC 8489, 14.7).
pub(super) fn fingerprint(message: &[u8]) -> [u8; 4] {
    (crc32fast::hash(message) ^ FINGERPRINT_XOR).to_be_bytes()
}

/// The bytes that fill up a value of that length.
pub(super) const fn padding(length: usize) -> usize {
    length.next_multiple_of(ALIGNMENT) - length
}
