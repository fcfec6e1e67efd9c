//! The offers with which IKE begins: security association, and for IKE 2 key and nonce. Small, yet
//! with what both old and new gateways take, so that one of them is chosen or refused in words.

use super::Token;

/// What precedes IKE at port 4500 (RFC 3948, 2.2).
pub(super) const NON_ESP: [u8; 4] = [0; 4];

/// Which IKE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// RFC 2409.
    One,
    /// RFC 7296.
    Two,
}

impl Generation {
    /// The type of a vendor ID payload (RFC 2408, 3.1; RFC 7296, 3.2).
    pub(super) const fn vendor_id(self) -> u8 {
        match self {
            Self::One => 13,
            Self::Two => 43,
        }
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::One => "IKEv1",
            Self::Two => "IKEv2",
        }
    }
}

/// The initiator's cookie (IKE 1) or SPI (IKE 2): never zero.
pub(super) fn cookie(generation: Generation, token: &Token) -> [u8; 8] {
    let mut cookie = [0; 8];
    for (place, byte) in cookie.iter_mut().zip(token) {
        *place = *byte;
    }
    let [first, ..] = &mut cookie;
    *first = match generation {
        Generation::One => *first | 0x80,
        Generation::Two => (*first & 0x7f) | 0x40,
    };
    cookie
}

/// The first message.
pub(super) fn offer(generation: Generation, token: &Token) -> Vec<u8> {
    match generation {
        // Main mode; the next payload is a security association (RFC 2408, 3.1).
        Generation::One => message(cookie(generation, token), [1, 0x10, 2, 0], &main_mode()),
        // IKE_SA_INIT by the initiator (RFC 7296, 3.1).
        Generation::Two => message(cookie(generation, token), [33, 0x20, 34, 0x08], &init(token)),
    }
}

/// A header with no responder's cookie and message number 0, and what follows it.
fn message(cookie: [u8; 8], kind: [u8; 4], payloads: &[u8]) -> Vec<u8> {
    let length = u32::try_from(28 + payloads.len()).unwrap_or(u32::MAX).to_be_bytes();
    [&cookie[..], &[0; 8], &kind, &[0; 4], &length, payloads].concat()
}

/// A payload with its header (RFC 2408, 3.2; RFC 7296, 3.2); also the form of a proposal and of a
/// transform.
fn payload(next: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(4 + content.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[next, 0], &length[..], content].concat()
}

/// Another transform follows, or none (RFC 2408, 3.6; RFC 7296, 3.3.2).
const fn follows(place: usize, count: usize) -> u8 {
    if place + 1 < count { 3 } else { 0 }
}

/// A security association for the internet and identity only, with one ISAKMP proposal without SPI
/// (RFC 2407, 4.2 and 4.6.1; RFC 2408, 3.5).
fn main_mode() -> Vec<u8> {
    /// Cipher, key length (0 where it is fixed), hash, authentication, group (RFC 2409, A; RFC
    /// 3602, 5; IANA: `IPsec` registry): AES-256 SHA-256 group 14, AES-256 SHA-1 group 14, AES-128
    /// SHA-1 group 2 and 3DES SHA-1 group 2, with a shared secret; AES-256 SHA-256 group 14 with
    /// RSA.
    const OFFERS: [[u16; 5]; 5] = [
        [7, 256, 4, 1, 14],
        [7, 256, 2, 1, 14],
        [7, 128, 2, 1, 2],
        [5, 0, 2, 1, 2],
        [7, 256, 4, 3, 14],
    ];
    let mut transforms = Vec::new();
    for (place, [cipher, bits, hash, authentication, group]) in OFFERS.into_iter().enumerate() {
        // Life in seconds: a day.
        let offered =
            [(1, cipher), (14, bits), (2, hash), (3, authentication), (4, group), (11, 1)];
        let number = u8::try_from(place + 1).unwrap_or(u8::MAX);
        let mut transform = vec![number, 1, 0, 0];
        for (kind, value) in offered.into_iter().filter(|(_, value)| *value > 0) {
            transform.extend([0x80, kind]);
            transform.extend(value.to_be_bytes());
        }
        transform.extend([0, 12, 0, 4, 0, 1, 0x51, 0x80]);
        transforms.extend(payload(follows(place, OFFERS.len()), &transform));
    }
    let count = u8::try_from(OFFERS.len()).unwrap_or(u8::MAX);
    let proposal = payload(0, &[&[1, 1, 0, count], &transforms[..]].concat());
    payload(0, &[&[0, 0, 0, 1, 0, 0, 0, 1], &proposal[..]].concat())
}

/// Association, key and nonce (RFC 7296, 1.2).
fn init(token: &Token) -> Vec<u8> {
    /// Type and number (RFC 7296, 3.3.2; IANA: `IKEv2` parameters), with the length of the key in
    /// bits where there is one: AES-CBC-256, AES-CBC-128, 3DES; PRF SHA-256, SHA-1; integrity
    /// SHA-256-128, SHA-1-96; groups 31, 19, 14 and 2.
    const OFFERS: [(u8, u8, u16); 11] = [
        (1, 12, 256),
        (1, 12, 128),
        (1, 3, 0),
        (2, 5, 0),
        (2, 2, 0),
        (3, 12, 0),
        (3, 2, 0),
        (4, 31, 0),
        (4, 19, 0),
        (4, 14, 0),
        (4, 2, 0),
    ];
    let mut transforms = Vec::new();
    for (place, (kind, number, bits)) in OFFERS.into_iter().enumerate() {
        let mut transform = vec![kind, 0, 0, number];
        if bits > 0 {
            transform.extend([0x80, 14]);
            transform.extend(bits.to_be_bytes());
        }
        transforms.extend(payload(follows(place, OFFERS.len()), &transform));
    }
    let count = u8::try_from(OFFERS.len()).unwrap_or(u8::MAX);
    let proposal = payload(0, &[&[1, 1, 0, count], &transforms[..]].concat());
    // Any 32 bytes are a public value of group 31 (RFC 8031, 3.1); 16 are enough for a nonce (RFC
    // 7296, 2.10).
    let key = [&[0, 31, 0, 0], &token[..], token].concat();
    [payload(34, &proposal), payload(40, &key), payload(0, token)].concat()
}

#[cfg(test)]
mod tests {
    use super::super::tests::TOKEN;
    use super::*;

    #[test]
    fn the_offer_of_ike_2_is_three_payloads_in_a_header() {
        let offer = offer(Generation::Two, &TOKEN);
        assert_eq!(offer[..20], *b"KlinkeTe\0\0\0\0\0\0\0\0\x21\x20\x22\x08");
        assert_eq!(offer[20..28], [0, 0, 0, 0, 0, 0, 0, 196]);
        // Association of one proposal for IKE with eleven transforms, the first one AES-CBC-256.
        assert_eq!(offer[28..40], [34, 0, 0, 108, 0, 0, 0, 104, 1, 1, 0, 11]);
        assert_eq!(offer[40..52], [3, 0, 0, 12, 1, 0, 0, 12, 0x80, 14, 1, 0]);
        // Key of group 31, nonce.
        assert_eq!(offer[136..144], [40, 0, 0, 40, 0, 31, 0, 0]);
        assert_eq!(offer[176..180], [0, 0, 0, 20]);
        assert_eq!(offer.len(), 196);
    }

    #[test]
    fn the_offer_of_ike_1_is_an_association_in_a_header() {
        let offer = offer(Generation::One, &TOKEN);
        assert_eq!(offer[..20], *b"\xcblinkeTe\0\0\0\0\0\0\0\0\x01\x10\x02\0");
        assert_eq!(offer[24..28], [0, 0, 0, 244]);
        assert_eq!(offer[28..40], [0, 0, 0, 216, 0, 0, 0, 1, 0, 0, 0, 1]);
        // One proposal for ISAKMP with five transforms, the first one AES-256 and SHA-256.
        assert_eq!(offer[40..48], [0, 0, 0, 204, 1, 1, 0, 5]);
        assert_eq!(offer[48..60], [3, 0, 0, 40, 1, 1, 0, 0, 0x80, 1, 0, 7]);
        assert_eq!(offer.len(), 244);
    }

    #[test]
    fn the_cookies_of_both_differ_and_are_not_zero() {
        for token in [[0; 16], [0xff; 16], TOKEN] {
            let cookies = [Generation::One, Generation::Two].map(|which| cookie(which, &token));
            assert_ne!(cookies[0], cookies[1]);
            assert!(cookies.iter().all(|cookie| *cookie != [0; 8]));
        }
    }
}
