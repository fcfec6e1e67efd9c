//! Tickets: short-lived, signed proofs that a visitor was seen at an address. A check starts only
//! when the ticket and the connection agree, so neither an old page nor a changed connection starts
//! one by mistake.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// How long a ticket is good for: long enough to read the page and to decide.
pub const TICKET_LIFETIME: Duration = Duration::from_mins(15);

/// Keeps tickets apart from anything else that this key may ever sign.
const PURPOSE: &[u8] = b"klinke ticket 1: this address may be checked";
/// Address (16 bytes, IPv4 mapped) and the second when it expires (8 bytes, big endian).
const BODY: usize = 24;
/// A whole HMAC-SHA-256 (RFC 2104).
const SIGNATURE: usize = 32;

/// Hands out tickets and verifies them.
pub struct TicketOffice {
    key: [u8; 32],
}

/// Never shows the key.
impl fmt::Debug for TicketOffice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketOffice")
    }
}

/// Why a ticket proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// Not of this server, or changed on the way.
    #[error("the ticket was not made by this server")]
    Invalid,
    /// Its time is over.
    #[error("the ticket has expired; a ticket is good for {} seconds", TICKET_LIFETIME.as_secs())]
    Expired,
    /// Made for another address.
    #[error("the ticket is for another address than the one this request comes from")]
    Foreign,
}

impl TicketOffice {
    /// An office that signs with that key. Tickets of another key are invalid here.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// A ticket for an address, seen at `now` (seconds since 1970).
    #[must_use]
    pub fn issue(&self, address: IpAddr, now: u64) -> String {
        let mut bytes = Vec::with_capacity(BODY + SIGNATURE);
        bytes.extend(address_bytes(address));
        bytes.extend((now + TICKET_LIFETIME.as_secs()).to_be_bytes());
        let signature = self.signer(&bytes).finalize().into_bytes();
        bytes.extend(signature);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Whether a ticket proves that address at `now` (seconds since 1970).
    ///
    /// # Errors
    /// Says what is wrong; the signature is looked at first, in constant time.
    pub fn verify(&self, ticket: &str, address: IpAddr, now: u64) -> Result<(), TicketError> {
        let bytes = URL_SAFE_NO_PAD.decode(ticket).map_err(|_| TicketError::Invalid)?;
        let bytes: &[u8; BODY + SIGNATURE] =
            bytes.as_slice().try_into().map_err(|_| TicketError::Invalid)?;
        let (body, signature) = bytes.split_at(BODY);
        self.signer(body).verify_slice(signature).map_err(|_| TicketError::Invalid)?;
        let (seen_at, expiry) = body.split_at(16);
        let expiry = expiry.iter().fold(0_u64, |second, byte| second << 8 | u64::from(*byte));
        if now >= expiry {
            return Err(TicketError::Expired);
        }
        if seen_at != address_bytes(address) {
            return Err(TicketError::Foreign);
        }
        Ok(())
    }

    #[expect(
        clippy::expect_used,
        reason = "HMAC takes keys of any length (RFC 2104, 2), so this cannot fail"
    )]
    fn signer(&self, body: &[u8]) -> Hmac<Sha256> {
        let mut signer =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("any key length is accepted");
        signer.update(PURPOSE);
        signer.update(body);
        signer
    }
}

fn address_bytes(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => Ipv6Addr::octets(&address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn office() -> TicketOffice {
        TicketOffice::new([7; 32])
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_ticket_proves_the_address_it_was_made_for() {
        for text in ["192.0.2.1", "2001:db8::1"] {
            let ticket = office().issue(address(text), NOW);
            assert_eq!(office().verify(&ticket, address(text), NOW + 899), Ok(()));
        }
    }

    #[test]
    fn a_ticket_expires() {
        let ticket = office().issue(address("192.0.2.1"), NOW);
        assert_eq!(
            office().verify(&ticket, address("192.0.2.1"), NOW + 900),
            Err(TicketError::Expired)
        );
    }

    #[test]
    fn a_ticket_does_not_prove_another_address() {
        let ticket = office().issue(address("192.0.2.1"), NOW);
        assert_eq!(office().verify(&ticket, address("192.0.2.2"), NOW), Err(TicketError::Foreign));
    }

    #[test]
    fn a_ticket_of_another_server_is_invalid() {
        let ticket = TicketOffice::new([8; 32]).issue(address("192.0.2.1"), NOW);
        assert_eq!(office().verify(&ticket, address("192.0.2.1"), NOW), Err(TicketError::Invalid));
    }

    #[test]
    fn a_ticket_with_any_bit_changed_is_invalid() {
        let ticket = office().issue(address("192.0.2.1"), NOW);
        let bytes = URL_SAFE_NO_PAD.decode(ticket).unwrap();
        for position in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[position / 8] ^= 1 << (position % 8);
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(
                office().verify(&changed, address("192.0.2.1"), NOW),
                Err(TicketError::Invalid),
                "bit {position}"
            );
        }
    }

    #[test]
    fn texts_that_are_no_tickets_are_invalid() {
        for text in ["", "x", "!!!!", "AAAA", &"A".repeat(75), &"A".repeat(100_000)] {
            assert_eq!(office().verify(text, address("192.0.2.1"), NOW), Err(TicketError::Invalid));
        }
    }
}
