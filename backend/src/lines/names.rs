//! The name of an address in the DNS, if it is one that can be believed and shown. It keeps nothing of
//! what it hears, and does not know what a name says about its line.

use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{ResolverBuilder, TokioResolver};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long a look-up may take, with all its questions. A server that is near and has to ask others
/// answers within some hundred milliseconds, and nobody should wait longer for a name that is only
/// good to have.
pub const NAME_LIMIT: Duration = Duration::from_secs(1);

/// How long one question waits for its answer: so short that after a lost packet there is time for
/// another.
const QUESTION_LIMIT: Duration = Duration::from_millis(400);

/// How often a question is asked again. What is left of the limit after that is too short for more.
const TRIES_AFTER_THE_FIRST: usize = 2;

/// How many look-ups there are at once. Each takes a socket or two and one second at most, so even
/// with a server that never answers as many visitors as this can come each second.
pub const MOST_LOOKUPS: usize = 64;

/// How many names of one address are asked back. A line has one name; whoever gives an address
/// hundreds should not make us ask hundreds of questions.
const MOST_NAMES: usize = 4;

/// The longest name as text (RFC 1035, 2.3.4: 255 octets, of which the first length and the root show
/// nothing).
const LONGEST_NAME: usize = 253;

/// No answer is kept: the server that is asked keeps them, and a visitor's address has no business
/// here after the visit.
const ANSWERS_KEPT: u64 = 0;

/// Asks a DNS server for names.
#[derive(Debug)]
pub struct Names {
    resolver: TokioResolver,
    places: Semaphore,
}

impl Names {
    /// Asks the servers that the system is configured for (`/etc/resolv.conf`); nothing if there are
    /// none. The names in the system's own file of hosts do not count: nobody else sees them.
    #[must_use]
    pub fn of_the_system() -> Option<Self> {
        let builder = TokioResolver::builder_tokio().ok()?;
        Self::with(builder)
    }

    /// Asks this server, over UDP, and over TCP for what is too long; nothing if the library refuses
    /// it.
    #[must_use]
    pub fn asking(server: SocketAddr) -> Option<Self> {
        let connections =
            [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
                connection.port = server.port();
                connection
            });
        let server = NameServerConfig::new(server.ip(), true, connections.into());
        let config = ResolverConfig::from_name_servers(vec![server]);
        Self::with(TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()))
    }

    /// The name of an address in lower case, without the dot at its end: one of at most 253 letters,
    /// digits, hyphens, underscores and dots that leads back to the address (RFC 1912, 2.1).
    /// Whoever owns an address can give it any name, but not make a stranger's name lead to it.
    ///
    /// There is none, in [`NAME_LIMIT`] at the latest, if the address has no such name, if the server
    /// does not answer, or if [`MOST_LOOKUPS`] others are being looked up. An IPv4-mapped address counts
    /// as IPv4. It needs a Tokio runtime with time and network.
    pub async fn name_of(&self, address: IpAddr) -> Option<String> {
        let _place = self.places.try_acquire().ok()?;
        timeout(NAME_LIMIT, self.confirmed(address.to_canonical())).await.ok()?
    }

    async fn confirmed(&self, address: IpAddr) -> Option<String> {
        let answer = self.resolver.reverse_lookup(address).await.ok()?;
        let names = answer.answers().iter().filter_map(|record| match &record.data {
            RData::PTR(name) => Some(&name.0),
            _ => None,
        });
        for name in names.take(MOST_NAMES) {
            if let Some(shown) = shown(name)
                && self.leads_to(name, address).await
            {
                return Some(shown);
            }
        }
        None
    }

    async fn leads_to(&self, name: &Name, address: IpAddr) -> bool {
        let kind = if address.is_ipv4() { RecordType::A } else { RecordType::AAAA };
        // Whole, so that the system's search list cannot make another name of it.
        let mut name = name.clone();
        name.set_fqdn(true);
        let answer = self.resolver.lookup(name, kind).await;
        answer.is_ok_and(|answer| {
            answer.answers().iter().any(|record| record.data.ip_addr() == Some(address))
        })
    }

    fn with(mut builder: ResolverBuilder<TokioRuntimeProvider>) -> Option<Self> {
        bound(builder.options_mut());
        let resolver = builder.build().ok()?;
        Some(Self { resolver, places: Semaphore::new(MOST_LOOKUPS) })
    }
}

fn bound(options: &mut ResolverOpts) {
    options.timeout = QUESTION_LIMIT;
    options.attempts = TRIES_AFTER_THE_FIRST;
    options.cache_size = ANSWERS_KEPT;
    options.use_hosts_file = ResolveHosts::Never;
}

/// A name as text, if a name of a host can be so. It is looked at label by label, because a label from
/// the wire may hold any byte, dots as well.
fn shown(name: &Name) -> Option<String> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let label = |label: &[u8]| label.iter().all(plain).then(|| label.to_ascii_lowercase());
    let labels: Vec<Vec<u8>> = name.iter().map(label).collect::<Option<_>>()?;
    let text = String::from_utf8(labels.join(&b'.')).ok()?;
    (1..=LONGEST_NAME).contains(&text.len()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_of(labels: &[&[u8]]) -> Option<String> {
        shown(&Name::from_labels(labels.iter().copied()).unwrap())
    }

    #[test]
    fn a_name_is_shown_only_if_every_byte_of_it_is_harmless() {
        assert_eq!(shown_of(&[b"P-1_x", b"DIP0", b"example"]).unwrap(), "p-1_x.dip0.example");
        let hostile: [&[u8]; 9] =
            [b"<b>", b"a b", b"a.b", b"a\0", b"a\n", b"\x1b[31m", b"\xc3\xbc", b"a\"", b"a\\"];
        for label in hostile {
            assert_eq!(shown_of(&[label, b"example"]), None, "{label:?}");
        }
    }

    #[test]
    fn the_root_has_no_name_and_the_longest_name_is_whole() {
        assert_eq!(shown(&Name::root()), None);
        let long = [b'a'; 63];
        let longest = shown_of(&[&long, &long, &long, &long[..61]]).unwrap();
        assert_eq!(longest.len(), LONGEST_NAME);
    }
}
