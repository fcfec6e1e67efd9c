//! The ciphers of SSH that also authenticate, and how they frame a packet. Knows no message.

use crate::{Bytes, MOST_HEARD};
use ring::aead::chacha20_poly1305_openssh as chacha;
use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

/// The length of a packet comes first (RFC 4253 6), and at the end how it is authenticated.
const LENGTH: usize = 4;
const TAG: usize = 16;

/// A cipher by its name. All of them are in every current server, and need no other MAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    /// `chacha20-poly1305@openssh.com` (OpenSSH: PROTOCOL.chacha20poly1305).
    Chacha,
    /// `aes256-gcm@openssh.com` (RFC 5647; OpenSSH: PROTOCOL 1.6).
    Aes256,
    /// `aes128-gcm@openssh.com`.
    Aes128,
}

impl Cipher {
    /// All, in order of preference.
    pub(super) const ALL: [(&'static str, Self); 3] = [
        ("chacha20-poly1305@openssh.com", Self::Chacha),
        ("aes256-gcm@openssh.com", Self::Aes256),
        ("aes128-gcm@openssh.com", Self::Aes128),
    ];

    /// Packets are a multiple of this, without their length (OpenSSH: cipher.c, `block_size`).
    const fn block(self) -> usize {
        match self {
            Self::Chacha => 8,
            Self::Aes256 | Self::Aes128 => 16,
        }
    }
}

/// One direction of a connection under a cipher.
pub(super) struct Sealed {
    cipher: Cipher,
    key: Key,
}

enum Key {
    Chacha { seal: chacha::SealingKey, open: chacha::OpeningKey },
    Gcm { key: Box<LessSafeKey>, fixed: [u8; 4], count: u64 },
}

impl Sealed {
    /// A direction with its initial value and its key: 12 and 64 bytes at most (RFC 4253 7.2).
    pub(super) fn new(cipher: Cipher, initial: &[u8; 64], key: &[u8; 64]) -> Option<Self> {
        let gcm = |algorithm, length| {
            let key = UnboundKey::new(algorithm, key.get(..length)?).ok()?;
            let mut initial = Bytes(initial);
            let (fixed, count) = (initial.array()?, initial.u64()?);
            Some(Key::Gcm { key: Box::new(LessSafeKey::new(key)), fixed, count })
        };
        let key = match cipher {
            Cipher::Chacha => Key::Chacha {
                seal: chacha::SealingKey::new(key),
                open: chacha::OpeningKey::new(key),
            },
            Cipher::Aes256 => gcm(&AES_256_GCM, 32)?,
            Cipher::Aes128 => gcm(&AES_128_GCM, 16)?,
        };
        Some(Self { cipher, key })
    }

    /// A packet with this payload as the `number`th of the connection.
    pub(super) fn seal(&mut self, number: u32, payload: &[u8]) -> Option<Vec<u8>> {
        let mut packet = framed(payload, self.cipher.block(), 0);
        let mut tag = [0; TAG];
        match &mut self.key {
            Key::Chacha { seal, .. } => seal.seal_in_place(number, &mut packet, &mut tag),
            Key::Gcm { key, fixed, count } => {
                let nonce = nonce(*fixed, count);
                let (length, rest) = packet.split_at_mut_checked(LENGTH)?;
                let made = key.seal_in_place_separate_tag(nonce, Aad::from(&*length), rest).ok()?;
                tag.copy_from_slice(made.as_ref());
            }
        }
        packet.extend(tag);
        Some(packet)
    }

    /// How long the packet is that begins here, with everything; nothing if that cannot be.
    pub(super) fn whole_length(&self, number: u32, start: [u8; LENGTH]) -> Option<usize> {
        let length = match &self.key {
            Key::Chacha { open, .. } => open.decrypt_packet_length(number, start),
            Key::Gcm { .. } => start,
        };
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        (length <= MOST_HEARD).then_some(LENGTH + length + TAG)
    }

    /// The payload of a whole packet; nothing if it was not sealed by who knows the key.
    pub(super) fn open(&mut self, number: u32, packet: &mut [u8]) -> Option<Vec<u8>> {
        let body = match &mut self.key {
            Key::Chacha { open, .. } => {
                let (packet, tag) = packet.split_at_mut_checked(packet.len().checked_sub(TAG)?)?;
                (packet.len() >= LENGTH).then_some(())?;
                open.open_in_place(number, packet, (&*tag).try_into().ok()?).ok()?
            }
            Key::Gcm { key, fixed, count } => {
                let nonce = nonce(*fixed, count);
                let (length, rest) = packet.split_at_mut_checked(LENGTH)?;
                key.open_in_place(nonce, Aad::from(&*length), rest).ok()?
            }
        };
        unpadded(body)
    }
}

/// The nonce of the next packet: a fixed part and a counter (RFC 5647 7.1).
fn nonce(fixed: [u8; 4], count: &mut u64) -> Nonce {
    let mut nonce = [0; 12];
    let whole = fixed.into_iter().chain(count.to_be_bytes());
    nonce.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
    *count = count.wrapping_add(1);
    Nonce::assume_unique_for_key(nonce)
}

/// A packet in the clear (RFC 4253 6): its length, how much padding, payload, padding. `counted`
/// says how many bytes of the length count for the multiple of `block`.
pub(super) fn framed(payload: &[u8], block: usize, counted: usize) -> Vec<u8> {
    let used = counted + 1 + payload.len();
    let padding = (used + 4).next_multiple_of(block) - used;
    let length = u32::try_from(1 + payload.len() + padding).unwrap_or(u32::MAX);
    let mut packet = length.to_be_bytes().to_vec();
    packet.push(u8::try_from(padding).unwrap_or(u8::MAX));
    packet.extend(payload);
    packet.resize(packet.len() + padding, 0);
    packet
}

/// The payload of a packet without its length.
pub(super) fn unpadded(body: &[u8]) -> Option<Vec<u8>> {
    let (padding, rest) = body.split_first()?;
    let length = rest.len().checked_sub(usize::from(*padding))?;
    Some(rest.get(..length)?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_seals_the_other_opens_and_nobody_else() {
        for (name, cipher) in Cipher::ALL {
            let side = || Sealed::new(cipher, &[7; 64], &[9; 64]).unwrap();
            let (mut ours, mut theirs) = (side(), side());
            for number in 3..6 {
                let mut packet = ours.seal(number, b"payload").unwrap();
                let start = packet[..4].try_into().unwrap();
                assert_eq!(theirs.whole_length(number, start), Some(packet.len()), "{name}");
                assert_eq!(theirs.open(number, &mut packet).unwrap(), b"payload", "{name}");
            }
            let mut packet = ours.seal(6, b"payload").unwrap();
            packet[6] ^= 1;
            assert_eq!(theirs.open(6, &mut packet), None, "{name}");
        }
    }

    #[test]
    fn packets_are_padded_to_a_multiple_with_at_least_four_bytes() {
        for length in 0..40 {
            let payload = vec![1; length];
            let plain = framed(&payload, 8, LENGTH);
            assert_eq!(plain.len() % 8, 0);
            assert!(plain[4] >= 4);
            assert_eq!(unpadded(&plain[LENGTH..]).unwrap(), payload);
            assert_eq!((framed(&payload, 16, 0).len() - LENGTH) % 16, 0);
        }
        assert_eq!(unpadded(&[5, 0, 0]), None);
        assert_eq!(unpadded(&[]), None);
    }

    #[test]
    fn too_short_or_too_long_is_no_packet() {
        for (_, cipher) in Cipher::ALL {
            let mut sealed = Sealed::new(cipher, &[0; 64], &[0; 64]).unwrap();
            for length in 0..24 {
                assert_eq!(sealed.open(0, &mut vec![0; length]), None);
            }
        }
        let gcm = Sealed::new(Cipher::Aes256, &[0; 64], &[0; 64]).unwrap();
        assert_eq!(gcm.whole_length(0, [0xff; 4]), None);
    }
}
