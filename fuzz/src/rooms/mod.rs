//! What is done with hostile bytes that somebody sends to the server: a header behind a proxy, a
//! ticket, a datagram. What the server makes of them keeps the bounds that everybody relies on.
//! Fuzzing and the replay of recorded bytes do the same. Knows no HTTP, no socket and no clock.

pub(crate) mod forwarded;
pub(crate) mod stun;
mod ticket;

/// Reads hostile bytes, and panics if something does not hold that always has to.
pub(crate) type Reader = fn(&[u8]);

/// Whoever reads, by the name of the target.
pub(crate) const READERS: [(&str, Reader); 3] = [
    ("server-forwarded", forwarded::hear),
    ("server-stun", stun::hear),
    ("server-ticket", ticket::hear),
];

/// Lets the reader of that name hear `bytes`.
pub(crate) fn hear(target: &str, bytes: &[u8]) {
    let ours = READERS.iter().filter(|(name, _)| *name == target);
    ours.for_each(|(_, reader)| reader(bytes));
}
