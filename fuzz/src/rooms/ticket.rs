//! Tickets that nobody handed out, and tickets that were handed out and then changed, shown late, from
//! elsewhere or for another purpose: none of them proves anything. Knows no key but its own, and not
//! how a ticket is laid out.

use klinke::visitor::{Seen, TICKET_LIFETIME, TicketError, TicketOffice, unmapped};
use std::hash::{DefaultHasher, Hasher as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The key of another server's office.
const OTHER_KEY: [u8; 32] = *b"the key that another server uses";
/// The signs of a ticket (RFC 4648, 5).
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Whom tickets are for and when they are shown, as the bytes say.
struct Case<'a> {
    address: IpAddr,
    other: IpAddr,
    nonce: [u8; 16],
    other_nonce: [u8; 16],
    /// When the ticket is handed out, in seconds since 1970.
    issued: u64,
    /// When it is shown, while it is good.
    shown: u64,
    /// When it is shown too late.
    late: u64,
    change: Change<'a>,
}

/// Where a ticket is changed, how much of it is taken away there, and what comes instead.
struct Change<'a> {
    place: usize,
    taken: usize,
    instead: &'a [u8],
}

/// An office whose key depends on every byte, so that none of these can be part of a ticket of it:
/// a fuzzer sees the tickets that it has handed out before.
fn office(bytes: &[u8]) -> TicketOffice {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    let mut key = [0; 32];
    key[..8].copy_from_slice(&hasher.finish().to_be_bytes());
    TicketOffice::new(key)
}

pub(super) fn hear(bytes: &[u8]) {
    let case = Case::of(bytes);
    let office = office(bytes);
    let ticket = office.issue(case.address, case.issued, case.nonce);
    let first = office.verify(&ticket, case.address, case.shown);
    assert_eq!(first.map(|seen| seen.address), Ok(case.address), "a good ticket");
    let Ok(first) = first else { return };

    proves_nothing(&office, &String::from_utf8_lossy(bytes), &first, &case);
    is_for_one_address_and_time(&office, &ticket, &first, &case);
    let companion = companion(&office, &ticket, &first, &case);
    for genuine in [Some(&ticket), companion.as_ref()].into_iter().flatten() {
        for changed in case.change.of(genuine) {
            proves_nothing(&office, &changed, &first, &case);
        }
    }
    if let Some(companion) = companion {
        mixed(&office, [&ticket, &companion], &first, &case);
        is_used_once(&office, [&ticket, &companion], &first, &case);
    }
}

/// Whoever shows this, and for whatever: it was not made here, at the first second and at the last.
fn is_invalid(office: &TicketOffice, ticket: &str, first: &Seen, at: IpAddr) {
    let invalid: Result<Seen, _> = Err(TicketError::Invalid);
    for now in [0, u64::MAX] {
        assert_eq!(office.verify(ticket, at, now), invalid, "{ticket:?}");
        assert_eq!(office.verify_companion(ticket, first, now), invalid, "{ticket:?}");
        assert_eq!(office.issue_companion(ticket, at, now).map(drop), invalid.map(drop));
    }
}

fn proves_nothing(office: &TicketOffice, ticket: &str, first: &Seen, case: &Case) {
    is_invalid(office, ticket, first, case.address);
    is_invalid(office, ticket, first, case.other);
}

fn is_for_one_address_and_time(office: &TicketOffice, ticket: &str, first: &Seen, case: &Case) {
    let late = office.verify(ticket, case.address, case.late);
    assert_eq!(late, Err(TicketError::Expired));
    let as_companion = office.verify_companion(ticket, first, case.shown);
    assert_eq!(as_companion, Err(TicketError::Invalid), "for another purpose");
    let elsewhere = TicketOffice::new(OTHER_KEY).verify(ticket, case.address, case.shown);
    assert_eq!(elsewhere, Err(TicketError::Invalid), "at another server");
    if case.other != case.address {
        let other = office.verify(ticket, case.other, case.shown);
        assert_eq!(other, Err(TicketError::Foreign), "for another address");
    }
}

/// A companion for the other address, which is good if and only if that is of the other family.
fn companion(office: &TicketOffice, ticket: &str, first: &Seen, case: &Case) -> Option<String> {
    let companion = office.issue_companion(ticket, case.other, case.shown);
    if case.address.is_ipv4() == case.other.is_ipv4() {
        assert_eq!(companion, Err(TicketError::Foreign), "of the same family");
        return None;
    }
    assert!(companion.is_ok(), "no companion: {companion:?}");
    let companion = companion.ok()?;
    let seen = office.verify_companion(&companion, first, case.shown);
    assert_eq!(seen.map(|seen| seen.address), Ok(case.other));
    let late = office.verify_companion(&companion, first, case.late);
    assert_eq!(late, Err(TicketError::Expired), "it expires with the first");
    let as_first = office.verify(&companion, case.other, case.shown);
    assert_eq!(as_first, Err(TicketError::Invalid), "for another purpose");
    let again = office.issue_companion(&companion, case.address, case.shown);
    assert_eq!(again, Err(TicketError::Invalid), "a companion of a companion");
    if case.other_nonce != case.nonce {
        let stranger = office.issue(case.address, case.issued, case.other_nonce);
        let stranger = office.verify(&stranger, case.address, case.shown);
        let foreign =
            stranger.and_then(|first| office.verify_companion(&companion, &first, case.shown));
        assert_eq!(foreign, Err(TicketError::Foreign), "of another visitor");
    }
    Some(companion)
}

/// The beginning of one ticket and the end of another of the same length.
fn mixed(office: &TicketOffice, [one, other]: [&str; 2], first: &Seen, case: &Case) {
    assert_eq!(one.len(), other.len(), "tickets of two lengths");
    let place = case.change.place % one.len();
    let heads_and_tails = [one.split_at(place), other.split_at(place)];
    let [(one_head, one_tail), (other_head, other_tail)] = heads_and_tails;
    for mixed in [[one_head, other_tail].concat(), [other_head, one_tail].concat()] {
        if mixed != one && mixed != other {
            proves_nothing(office, &mixed, first, case);
        }
    }
}

/// A ticket that was used takes its companion along, and both come back when no check began.
fn is_used_once(office: &TicketOffice, [ticket, companion]: [&str; 2], first: &Seen, case: &Case) {
    let verified = || {
        let first_again = office.verify(ticket, case.address, case.shown);
        (first_again, office.verify_companion(companion, first, case.shown).map(drop))
    };
    assert_eq!(office.use_up(first, case.shown), Ok(()));
    assert_eq!(verified(), (Err(TicketError::Used), Err(TicketError::Used)));
    assert_eq!(office.use_up(first, case.shown), Err(TicketError::Used));
    office.give_back(first);
    assert_eq!(verified(), (Ok(*first), Ok(())));
}

impl<'a> Case<'a> {
    /// What is missing at the end is zero.
    fn of(mut bytes: &'a [u8]) -> Self {
        let [families, place, taken, age] = take(&mut bytes);
        let issued = u64::from(u32::from_be_bytes(take(&mut bytes)));
        let lifetime = TICKET_LIFETIME.as_secs();
        Self {
            address: address(families & 1, take(&mut bytes)),
            other: address(families & 2, take(&mut bytes)),
            nonce: take(&mut bytes),
            other_nonce: take(&mut bytes),
            issued,
            shown: issued + u64::from(age) * (lifetime - 1) / u64::from(u8::MAX),
            late: issued + lifetime + u64::from(age),
            change: Change { place: place.into(), taken: taken.into(), instead: bytes },
        }
    }
}

impl Change<'_> {
    /// What becomes of a ticket, with these bytes in it and with signs of tickets in their place;
    /// nothing where it stays as it was.
    fn of(&self, ticket: &str) -> Vec<String> {
        let (head, rest) = ticket.split_at(self.place % (ticket.len() + 1));
        let (_, tail) = rest.split_at(self.taken.min(rest.len()));
        let sign = |byte: &u8| char::from(SIGNS[usize::from(*byte) % SIGNS.len()]);
        let signs: String = self.instead.iter().map(sign).collect();
        let texts = [String::from_utf8_lossy(self.instead).into_owned(), signs];
        let changed = texts.map(|text| [head, &text, tail].concat()).into_iter();
        changed.filter(|changed| changed != ticket).collect()
    }
}

/// An address as the server sees visitors: never one of IPv4 inside one of IPv6.
fn address(v6: u8, bytes: [u8; 16]) -> IpAddr {
    let [a, b, c, d, ..] = bytes;
    if v6 == 0 { Ipv4Addr::new(a, b, c, d).into() } else { unmapped(Ipv6Addr::from(bytes).into()) }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let mut taken = [0; N];
    let (head, rest) = bytes.split_at(N.min(bytes.len()));
    taken[..head.len()].copy_from_slice(head);
    *bytes = rest;
    taken
}
