//! Tickets: short-lived, signed proofs that a visitor was seen at an address. A check starts only
//! when the ticket and the connection agree, so neither an old page nor a changed connection starts
//! one by mistake. A companion is the proof of the same visitor's address of the other family: it
//! is made only for whoever shows the first ticket, and proves nothing without it.

use super::used::UsedTickets;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// How long a ticket is good for: long enough to read the page and to decide.
pub const TICKET_LIFETIME: Duration = Duration::from_mins(15);

/// What a ticket is for. It is signed with it, and so never good for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Check,
    Companion,
}

impl Purpose {
    /// Keeps the tickets of each purpose apart from each other and from anything else that this key may
    /// ever sign.
    const fn words(self) -> &'static [u8] {
        match self {
            Self::Check => b"klinke ticket 2: this address may be checked",
            Self::Companion => b"klinke ticket 2: the same visitor's other address",
        }
    }
}

/// Address (16 bytes, IPv4 mapped), the second when it expires (8 bytes, big endian), and chance.
const BODY: usize = 24 + CHANCE;
/// 128 random bits name a ticket.
const CHANCE: usize = 16;
/// A whole HMAC-SHA-256 (RFC 2104).
const SIGNATURE: usize = 32;

/// What a first ticket and its companion have in common.
pub(super) type Nonce = [u8; CHANCE];

/// Hands out tickets and verifies them.
pub struct TicketOffice {
    key: [u8; 32],
    used: UsedTickets,
}

/// Never shows the key.
impl fmt::Debug for TicketOffice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketOffice")
    }
}

/// A ticket that was found genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Where its visitor was seen.
    pub address: IpAddr,
    nonce: Nonce,
    expiry: u64,
}

/// Why a ticket proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// Not of this server, made for something else, or changed on the way.
    #[error("the ticket was not made by this server for this purpose")]
    Invalid,
    /// Its time is over.
    #[error("the ticket has expired; a ticket is good for {} seconds", TICKET_LIFETIME.as_secs())]
    Expired,
    /// Made for another address, or the companion of another ticket.
    #[error(
        "the ticket is for another address than the one this request comes from, or for another visitor"
    )]
    Foreign,
    /// A check began with it.
    #[error("the ticket was used; each is good for one check")]
    Used,
}

impl TicketOffice {
    /// An office that signs with that key. Tickets of another key are invalid here.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, used: UsedTickets::default() }
    }

    /// A ticket for an address, seen at `now` (seconds since 1970). `nonce` is drawn from the system's
    /// random numbers.
    #[must_use]
    pub fn issue(&self, address: IpAddr, now: u64, nonce: [u8; 16]) -> String {
        let seen = Seen { address, nonce, expiry: now + TICKET_LIFETIME.as_secs() };
        self.signed(Purpose::Check, seen)
    }

    /// A ticket for the address of the other family, for whoever shows the first one. It expires with it.
    ///
    /// # Errors
    /// When the first ticket is not genuine, has expired or was used, or is for the same family.
    pub fn issue_companion(
        &self,
        first: &str,
        address: IpAddr,
        now: u64,
    ) -> Result<String, TicketError> {
        let first = self.genuine(Purpose::Check, first, now)?;
        if first.address.is_ipv4() == address.is_ipv4() {
            return Err(TicketError::Foreign);
        }
        Ok(self.signed(Purpose::Companion, Seen { address, ..first }))
    }

    /// What a first ticket says at `now` (seconds since 1970), if it is of the address that the request
    /// comes from.
    ///
    /// # Errors
    /// Says what is wrong; the signature is looked at first, in constant time.
    pub fn verify(&self, ticket: &str, address: IpAddr, now: u64) -> Result<Seen, TicketError> {
        let seen = self.genuine(Purpose::Check, ticket, now)?;
        if seen.address == address { Ok(seen) } else { Err(TicketError::Foreign) }
    }

    /// What a companion of that first ticket says.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn verify_companion(
        &self,
        ticket: &str,
        first: &Seen,
        now: u64,
    ) -> Result<Seen, TicketError> {
        let seen = self.genuine(Purpose::Companion, ticket, now)?;
        if seen.nonce == first.nonce { Ok(seen) } else { Err(TicketError::Foreign) }
    }

    /// Uses a ticket up, together with its companion. Of two at the same time, one succeeds.
    ///
    /// # Errors
    /// When it was used already.
    pub fn use_up(&self, first: &Seen, now: u64) -> Result<(), TicketError> {
        if self.used.add(first.nonce, first.expiry, now) { Ok(()) } else { Err(TicketError::Used) }
    }

    /// Gives a ticket back when no check began with it.
    pub fn give_back(&self, first: &Seen) {
        self.used.remove(&first.nonce);
    }

    fn genuine(&self, purpose: Purpose, ticket: &str, now: u64) -> Result<Seen, TicketError> {
        let bytes = URL_SAFE_NO_PAD.decode(ticket).map_err(|_| TicketError::Invalid)?;
        let bytes: &[u8; BODY + SIGNATURE] =
            bytes.as_slice().try_into().map_err(|_| TicketError::Invalid)?;
        let (body, signature) = bytes.split_at(BODY);
        self.signer(purpose, body).verify_slice(signature).map_err(|_| TicketError::Invalid)?;
        let seen = read(body).ok_or(TicketError::Invalid)?;
        if now >= seen.expiry {
            return Err(TicketError::Expired);
        }
        if self.used.contains(&seen.nonce) {
            return Err(TicketError::Used);
        }
        Ok(seen)
    }

    fn signed(&self, purpose: Purpose, seen: Seen) -> String {
        let mut bytes = Vec::with_capacity(BODY + SIGNATURE);
        bytes.extend(address_bytes(seen.address));
        bytes.extend(seen.expiry.to_be_bytes());
        bytes.extend(seen.nonce);
        let signature = self.signer(purpose, &bytes).finalize().into_bytes();
        bytes.extend(signature);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    #[expect(
        clippy::expect_used,
        reason = "HMAC takes keys of any length (RFC 2104, 2), so this cannot fail"
    )]
    fn signer(&self, purpose: Purpose, body: &[u8]) -> Hmac<Sha256> {
        let mut signer =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("any key length is accepted");
        signer.update(purpose.words());
        signer.update(body);
        signer
    }
}

fn read(body: &[u8]) -> Option<Seen> {
    let (address, rest) = body.split_first_chunk::<16>()?;
    let (expiry, nonce) = rest.split_first_chunk::<8>()?;
    Some(Seen {
        address: IpAddr::V6(Ipv6Addr::from(*address)).to_canonical(),
        nonce: nonce.try_into().ok()?,
        expiry: u64::from_be_bytes(*expiry),
    })
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
    const NONCE: [u8; 16] = [3; 16];

    fn office() -> TicketOffice {
        TicketOffice::new([7; 32])
    }

    fn v4() -> IpAddr {
        "192.0.2.1".parse().unwrap()
    }

    fn v6() -> IpAddr {
        "2001:db8::1".parse().unwrap()
    }

    #[test]
    fn a_ticket_proves_the_address_it_was_made_for() {
        for address in [v4(), v6()] {
            let ticket = office().issue(address, NOW, NONCE);
            assert_eq!(office().verify(&ticket, address, NOW + 899).unwrap().address, address);
        }
    }

    #[test]
    fn a_ticket_expires() {
        let ticket = office().issue(v4(), NOW, NONCE);
        assert_eq!(office().verify(&ticket, v4(), NOW + 900), Err(TicketError::Expired));
    }

    #[test]
    fn a_ticket_does_not_prove_another_address() {
        let ticket = office().issue(v4(), NOW, NONCE);
        let other = "192.0.2.2".parse().unwrap();
        assert_eq!(office().verify(&ticket, other, NOW), Err(TicketError::Foreign));
    }

    #[test]
    fn a_ticket_of_another_server_is_invalid() {
        let ticket = TicketOffice::new([8; 32]).issue(v4(), NOW, NONCE);
        assert_eq!(office().verify(&ticket, v4(), NOW), Err(TicketError::Invalid));
    }

    #[test]
    fn a_ticket_is_good_for_one_check_and_comes_back_when_none_began() {
        let office = office();
        let ticket = office.issue(v4(), NOW, NONCE);
        let seen = office.verify(&ticket, v4(), NOW).unwrap();
        assert_eq!(office.use_up(&seen, NOW), Ok(()));
        assert_eq!(office.use_up(&seen, NOW), Err(TicketError::Used));
        assert_eq!(office.verify(&ticket, v4(), NOW), Err(TicketError::Used));
        assert_eq!(office.issue_companion(&ticket, v6(), NOW), Err(TicketError::Used));
        office.give_back(&seen);
        assert!(office.verify(&ticket, v4(), NOW).is_ok());
    }

    #[test]
    fn a_companion_proves_the_other_family_to_whoever_has_the_first_ticket() {
        let office = office();
        let ticket = office.issue(v4(), NOW, NONCE);
        let first = office.verify(&ticket, v4(), NOW).unwrap();
        let companion = office.issue_companion(&ticket, v6(), NOW + 10).unwrap();
        assert_eq!(office.verify_companion(&companion, &first, NOW + 20).unwrap().address, v6());
        let late = office.verify_companion(&companion, &first, NOW + 900);
        assert_eq!(late, Err(TicketError::Expired), "it expires with the first");
        let other = office.issue(v4(), NOW, [4; 16]);
        let other = office.verify(&other, v4(), NOW).unwrap();
        let foreign = office.verify_companion(&companion, &other, NOW);
        assert_eq!(foreign, Err(TicketError::Foreign));
    }

    #[test]
    fn a_ticket_is_good_for_its_purpose_only() {
        let office = office();
        let ticket = office.issue(v4(), NOW, NONCE);
        let first = office.verify(&ticket, v4(), NOW).unwrap();
        let companion = office.issue_companion(&ticket, v6(), NOW).unwrap();
        assert_eq!(office.verify(&companion, v6(), NOW), Err(TicketError::Invalid));
        assert_eq!(office.verify_companion(&ticket, &first, NOW), Err(TicketError::Invalid));
        assert_eq!(office.issue_companion(&companion, v4(), NOW), Err(TicketError::Invalid));
        let same_family = office.issue_companion(&ticket, "192.0.2.9".parse().unwrap(), NOW);
        assert_eq!(same_family, Err(TicketError::Foreign));
    }

    #[test]
    fn a_ticket_with_any_bit_changed_is_invalid() {
        let ticket = office().issue(v4(), NOW, NONCE);
        let bytes = URL_SAFE_NO_PAD.decode(ticket).unwrap();
        for position in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[position / 8] ^= 1 << (position % 8);
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(
                office().verify(&changed, v4(), NOW),
                Err(TicketError::Invalid),
                "bit {position}"
            );
        }
    }

    #[test]
    fn texts_that_are_no_tickets_are_invalid() {
        for text in ["", "x", "!!!!", "AAAA", &"A".repeat(96), &"A".repeat(100_000)] {
            assert_eq!(office().verify(text, v4(), NOW), Err(TicketError::Invalid));
        }
    }
}
