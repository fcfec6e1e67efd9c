//! How many answers may leave, and to whom: so few to one network that nobody is flooded through us
//! by a forged source, and so few in all that a flood of requests costs next to nothing. Knows no
//! socket and no clock.
//!
//! A table of fixed size, and not a map of those who asked: forged sources would let a map grow
//! as fast as they arrive. Networks that fall into the same place of the table share what it allows;
//! the key of the hash is secret, so nobody can choose with whom.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

/// So many answers at once get those who ask from one network. A page asks some ten times in a few
/// seconds: for each address of a computer, and again where an answer is late. This is enough for
/// four people of an office who start in the same moment.
pub const BURST_PER_NETWORK: u32 = 40;
/// So many more get they per second: another person each second. Somebody in whose name another
/// asks gets 100 bytes each time at most, the headers of IPv6 and UDP included, which is a kilobyte
/// per second.
const PER_SECOND_AND_NETWORK: u32 = 10;
/// So many answers leave per second in all, and at once: for a hundred people who start in the same
/// second, and no more than 100 kB.
const PER_SECOND: u32 = 1_000;
/// So many places has the table, of 16 bytes each. With a hundred networks that ask in the same few
/// seconds, one in forty shares its place with another, and both get answers all the same.
const PLACES: usize = 4_096;
/// A network is what one customer may well have, and forge sources in: a /24 of IPv4 is the least
/// that is routed on the internet, a /48 of IPv6 the most that a site gets (RFC 6177).
const NETWORK_V4: u32 = u32::MAX << 8;
const NETWORK_V6: u128 = u128::MAX << 80;

/// A number of answers at once, and one more after each interval.
#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: u32,
    per_second: u32,
}

const TO_A_NETWORK: Rate = Rate { burst: BURST_PER_NETWORK, per_second: PER_SECOND_AND_NETWORK };
const TO_ALL: Rate = Rate { burst: PER_SECOND, per_second: PER_SECOND };

/// What may still be answered.
#[derive(Debug)]
pub(super) struct Limit {
    networks: Vec<Allowance>,
    all: Allowance,
    places: RandomState,
}

impl Limit {
    /// All of it may.
    pub(super) fn new() -> Self {
        Self {
            networks: vec![Allowance::default(); PLACES],
            all: Allowance::default(),
            places: RandomState::new(),
        }
    }

    /// Whether one more answer may leave to there, and counts it. `now` is the time since any
    /// moment, and never runs backwards.
    pub(super) fn admits(&mut self, to: IpAddr, now: Duration) -> bool {
        let place = self.places.hash_one(network(to)) % PLACES as u64;
        let place = usize::try_from(place).ok().and_then(|place| self.networks.get_mut(place));
        place.is_some_and(|network| network.takes(TO_A_NETWORK, now)) && self.all.takes(TO_ALL, now)
    }
}

/// When all of an allowance is there again: the generic cell rate algorithm (ITU-T I.371) in its form
/// with one number.
#[derive(Debug, Clone, Copy, Default)]
struct Allowance {
    full_at: Duration,
}

impl Allowance {
    fn takes(&mut self, rate: Rate, now: Duration) -> bool {
        let interval = Duration::from_secs(1) / rate.per_second;
        let full_at = self.full_at.max(now).saturating_add(interval);
        let enough = full_at.saturating_sub(now) <= interval * rate.burst;
        if enough {
            self.full_at = full_at;
        }
        enough
    }
}

/// The first address of the network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits() & NETWORK_V4).into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK_V6).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(limit: &mut Limit, to: &str, asked: u32, now: Duration) -> u32 {
        let to = to.parse().unwrap();
        (0..asked).map(|_| u32::from(limit.admits(to, now))).sum()
    }

    #[test]
    fn a_network_gets_its_burst_and_then_its_rate() {
        let mut limit = Limit::new();
        let start = Duration::from_secs(7);
        assert_eq!(admitted(&mut limit, "192.0.2.1", 1_000, start), BURST_PER_NETWORK);
        let later = start + Duration::from_secs(2);
        assert_eq!(admitted(&mut limit, "192.0.2.1", 1_000, later), 2 * PER_SECOND_AND_NETWORK);
        let rested = start + Duration::from_hours(1);
        assert_eq!(admitted(&mut limit, "192.0.2.1", 1_000, rested), BURST_PER_NETWORK);
    }

    #[test]
    fn neighbours_in_a_network_share_what_it_gets_and_others_do_not() {
        for (one, neighbour, other) in [
            ("192.0.2.0", "192.0.2.255", "192.0.3.0"),
            ("::ffff:192.0.2.1", "192.0.2.7", "::ffff:192.0.1.1"),
            ("2001:db8:1::", "2001:db8:1:ffff:ffff:ffff:ffff:ffff", "2001:db8:2::"),
        ] {
            let network = |address: &str| network(address.parse().unwrap());
            assert_eq!(network(one), network(neighbour));
            assert_ne!(network(one), network(other));
        }
    }

    #[test]
    fn forged_sources_get_no_more_than_all_may_together() {
        let mut limit = Limit::new();
        let sources = (0..100_000).map(|number| Ipv4Addr::from_bits(number << 8));
        let sum: u32 = sources.map(|to| u32::from(limit.admits(to.into(), Duration::ZERO))).sum();
        assert_eq!(sum, PER_SECOND);
    }

    #[test]
    fn who_gets_nothing_more_takes_nothing_from_all_others() {
        let mut limit = Limit::new();
        assert_eq!(admitted(&mut limit, "192.0.2.1", 100_000, Duration::ZERO), BURST_PER_NETWORK);
        let left = TO_ALL.burst - BURST_PER_NETWORK;
        let others = (0..100_000).map(|number| Ipv4Addr::from_bits(number << 8));
        let sum: u32 = others.map(|to| u32::from(limit.admits(to.into(), Duration::ZERO))).sum();
        assert_eq!(sum, left);
    }
}
