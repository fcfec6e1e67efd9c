//! Every setting: its key, its default, what is accepted, and what it is for. Nothing else in the
//! program spells a default or a bound of a setting.

use crate::engine::{Machine, Method, Pace};
use crate::visitor::PASSED_ON;
use klinke_shared::Network;

/// What kind of value a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A list of `ADDRESS:PORT`.
    Addresses,
    /// A list of host names, possibly empty.
    Names,
    /// A list of networks, possibly empty.
    Networks,
    /// A whole number between two bounds.
    Number(u64, u64),
    /// Any text on one line.
    Text,
    /// A text on one line of at most so many signs.
    Short(usize),
    /// Nothing, or a colour: `#rrggbb`.
    Colour,
    /// Nothing, or an address of the web: `https://…`, `http://…`, `mailto:…` or `/…`.
    Link,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of these words, possibly empty.
    Words(&'static [&'static str]),
    /// Nothing, or a host name, with or without a port.
    Host,
    /// A list of `KIND=FILE`, possibly empty.
    Lists,
    /// Nothing, `system`, or `ADDRESS:PORT`.
    Resolver,
    /// A list of `HOST:PORT`, possibly empty.
    Hosts,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Its key in the file, for example `checks.running`.
    pub(super) key: &'static str,
    /// What it takes.
    pub(super) kind: Kind,
    /// The default, as it would stand in the file.
    pub(super) default: &'static str,
    /// What it is for, in one or two sentences.
    pub(super) help: &'static str,
}

impl Setting {
    /// The name in the environment: `KLINKE_CHECKS_RUNNING`.
    pub(super) fn environment(&self) -> String {
        format!("KLINKE_{}", self.key.replace('.', "_").to_uppercase())
    }

    /// What is accepted, in words.
    pub(super) fn accepted(&self) -> String {
        match self.kind {
            Kind::Addresses => {
                "a list of ADDRESS:PORT, for example [\"127.0.0.1:8080\", \"[::1]:8080\"]"
                    .to_owned()
            }
            Kind::Names => {
                "a list of host names without a port, for example [\"check.example.org\"]".to_owned()
            }
            Kind::Networks => {
                "a list of networks or addresses, for example [\"203.0.113.0/24\", \"2001:db8::/32\"]"
                    .to_owned()
            }
            Kind::Number(least, most) => format!("a whole number from {least} to {most}"),
            Kind::OneOf(words) => format!("one of \"{}\"", words.join("\", \"")),
            Kind::Words(words) => format!("a list of \"{}\"", words.join("\", \"")),
            Kind::Host => "empty, or a host name, with or without a port, for example \"v4.check.example.org\""
                .to_owned(),
            Kind::Lists => format!(
                "a list of \"KIND=FILE\", where KIND is one of {}, for example [\"relay=/etc/klinke/relay.csv\"]",
                Network::ALL.map(Network::as_str).join(", ")
            ),
            Kind::Resolver => "empty, \"system\", or ADDRESS:PORT, for example \"127.0.0.1:53\"".to_owned(),
            Kind::Hosts => {
                "a list of ADDRESS:PORT of other machines, for example [\"192.0.2.7:25\"]".to_owned()
            }
            Kind::Text => "a text in quotes, on one line".to_owned(),
            Kind::Short(most) => {
                format!("a text in quotes, on one line, of at most {most} characters")
            }
            Kind::Colour => {
                "empty, or a colour as # and six hexadecimal digits, for example \"#1d5450\"".to_owned()
            }
            Kind::Link => {
                "a text in quotes that is empty or starts with https://, http://, mailto: or /"
                    .to_owned()
            }
        }
    }
}

const fn setting(
    key: &'static str,
    kind: Kind,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { key, kind, default, help }
}

/// How long an operator's own sentence may be: some seven lines on a telephone. More would push the button of
/// the start page out of sight.
const LONGEST_SENTENCE: usize = 300;

/// The ways to ask, in the order of [`METHODS_MEANT`].
const METHODS: [&str; 3] = ["auto", "connect", "syn"];
const METHODS_MEANT: [Method; 3] = [Method::Auto, Method::Connect, Method::Syn];

/// The way to ask that a word means.
pub(super) fn method(word: &str) -> Option<Method> {
    let place = METHODS.iter().position(|known| *known == word)?;
    METHODS_MEANT.get(place).copied()
}

/// The table.
pub(super) const SETTINGS: &[Setting] = &[
    setting(
        "listen",
        Kind::Addresses,
        "[\"127.0.0.1:8080\"]",
        "The addresses to listen on. With loopback and private addresses only, Klinke runs in local mode and also \
         checks visitors from such addresses.",
    ),
    setting(
        "names",
        Kind::Names,
        "[]",
        "The host names under which the page is opened. Needed on a public address: under any other name nobody is \
         checked, so that no foreign page can point its name here and read along. Bare addresses and localhost need \
         no entry.",
    ),
    setting(
        "log",
        Kind::Text,
        "\"info,actix_server=warn\"",
        "What is logged: error, warn, info, debug or trace, or such levels for single parts, for example \
         \"info,klinke::engine=debug\".",
    ),
    setting(
        "hosts.ipv4",
        Kind::Host,
        "\"\"",
        "A host name of this server that has IPv4 addresses only. With it and its twin, the page finds the visitor's \
         address of the other family, and one run checks both. Local mode takes its own listening addresses.",
    ),
    setting(
        "hosts.ipv6",
        Kind::Host,
        "\"\"",
        "A host name of this server that has IPv6 addresses only.",
    ),
    setting(
        "proxies.trusted",
        Kind::Networks,
        "[]",
        "The proxies or load balancers of your own before this server: their networks. What they say of the visitor's \
         address is believed, and what anybody else says is not.",
    ),
    setting(
        "proxies.headers",
        Kind::Words(&PASSED_ON),
        "[\"x-forwarded-for\", \"x-forwarded-host\", \"x-forwarded-proto\", \"x-real-ip\"]",
        "The headers that those proxies set. Exactly one of x-forwarded-for and forwarded has to be among them: it \
         names the visitor. With any other header of this kind nobody is checked.",
    ),
    setting(
        "connections.most",
        Kind::Number(16, 1_000_000),
        "10000",
        "How many connections visitors may have open at once, over all.",
    ),
    setting(
        "connections.per_address",
        Kind::Number(1, 1_000_000),
        "64",
        "How many connections one IPv4 address or IPv6 /64 may have open at once. Trusted proxies may have all.",
    ),
    setting(
        "stun.port",
        Kind::Number(0, 65_535),
        "3478",
        "The UDP port at which a public server answers STUN, so that the page can compare by which address UDP comes; 0 \
         switches it off. Behind a proxy, the page's host names have to lead to this machine for UDP.",
    ),
    setting(
        "tickets.key_file",
        Kind::Text,
        "\"\"",
        "A file with the key that signs tickets, made at the first start. Without it, every start makes a new key, and \
         pages that are open then fetch new tickets.",
    ),
    setting(
        "line.lists",
        Kind::Lists,
        "[]",
        "Lists of networks, each with its kind; one network per line, what follows a comma is not read. Apple's list of \
         iCloud Private Relay can be used as it is. Addresses of relays, Tor and VPN services are not checked; the \
         others limit what the verdict says. Changed files are read again within a minute.",
    ),
    setting(
        "line.providers",
        Kind::Text,
        "\"\"",
        "A file that names the provider of each network, in the form of iptoasn.com's ip2asn-combined.tsv.",
    ),
    setting(
        "line.reverse_dns",
        Kind::Resolver,
        "\"\"",
        "Which DNS server is asked for the name of a visitor's line, and may so learn their address: empty for none, \
         \"system\", or ADDRESS:PORT.",
    ),
    setting(
        "knowledge.folder",
        Kind::Text,
        "\"\"",
        "A folder with own services and own words (services/NAME.toml, phrases/NAME.toml), laid upon those of Klinke.",
    ),
    setting(
        "operator.name",
        Kind::Text,
        "\"\"",
        "Who runs this server. Needed on a public address.",
    ),
    setting(
        "operator.phone",
        Kind::Text,
        "\"\"",
        "A telephone number for visitors, as people write it.",
    ),
    setting(
        "operator.email",
        Kind::Text,
        "\"\"",
        "An e-mail address for visitors. Needed on a public address.",
    ),
    setting("operator.website", Kind::Link, "\"\"", "The operator's own page."),
    setting(
        "operator.imprint",
        Kind::Link,
        "\"\"",
        "The imprint (§ 5 DDG). Needed on a public address.",
    ),
    setting(
        "operator.privacy",
        Kind::Link,
        "\"\"",
        "The privacy notice. Needed on a public address.",
    ),
    setting(
        "operator.logo",
        Kind::Text,
        "\"\"",
        "A file with the operator's logo, for the head of every page: a picture in SVG, PNG or WebP of at most 64 KiB. It \
         stands on light ground, in the dark too.",
    ),
    setting(
        "operator.accent",
        Kind::Colour,
        "\"\"",
        "A colour for links and buttons. Where it cannot be read, in the light or in the dark, a darker or lighter one of \
         its hue is used, and the log says which.",
    ),
    setting(
        "operator.sentence_de",
        Kind::Short(LONGEST_SENTENCE),
        "\"\"",
        "A sentence of the operator's own for the start page in German.",
    ),
    setting(
        "operator.sentence_en",
        Kind::Short(LONGEST_SENTENCE),
        "\"\"",
        "The same for the start page in English.",
    ),
    setting(
        "checks.left_alone",
        Kind::Networks,
        "[]",
        "Networks that are never checked: those of people who asked for it, and your own.",
    ),
    setting("checks.running", Kind::Number(1, 10_000), "100", "How many checks may run at once."),
    setting(
        "checks.waiting",
        Kind::Number(0, 100_000),
        "200",
        "How many checks may wait for a place; each sees how many are before it.",
    ),
    setting(
        "checks.per_network",
        Kind::Number(1, 100_000),
        "16",
        "How many checks may run or wait in one IPv4 /24 or IPv6 /48.",
    ),
    setting(
        "checks.cool_down_seconds",
        Kind::Number(0, 86_400),
        "30",
        "How long a line is left in peace after a check, in seconds.",
    ),
    setting(
        "audit.folder",
        Kind::Text,
        "\"\"",
        "A folder for one line about each check: when, in which /24 or /48, how much, on which words of consent. Without \
         it, the lines go into the log.",
    ),
    setting("audit.kept_days", Kind::Number(1, 3_650), "30", "How many days those files are kept."),
    setting(
        "selftest.listeners",
        Kind::Hosts,
        "[]",
        "Other machines of yours that accept TCP connections, each at a port of its own: at the start and every hour this \
         server connects there. A port that cannot be reached is blocked by your hoster, and \"not tested\" in reports.",
    ),
    setting(
        "reports.kept",
        Kind::Number(1, 1_000_000),
        "10000",
        "How many reports are kept at most; the oldest goes first.",
    ),
    setting(
        "reports.kept_seconds",
        Kind::Number(1, 31_536_000),
        "86400",
        "How long a report is kept after its check, in seconds.",
    ),
    setting(
        "probes.tries",
        Kind::Number(1, Pace::MOST_TRIES as u64),
        "3",
        "How often a port that does not answer is asked while the line's loss is not known yet. Then as often as the loss wants it.",
    ),
    setting(
        "probes.per_second",
        Kind::Number(1, Pace::MOST_PER_SECOND as u64),
        "1000",
        "How many probes one check sends per second. Small routers lose packets far above the default.",
    ),
    setting(
        "probes.method",
        Kind::OneOf(&METHODS),
        "\"connect\"",
        "How TCP ports are asked: by connections (\"connect\"), by raw packets (\"syn\", which needs the capability \
         CAP_NET_RAW), or by raw packets where this process may send them (\"auto\").",
    ),
    setting(
        "probes.in_flight",
        Kind::Number(1, 65_535),
        "1024",
        "How many probes of one check are open at once. Each needs a file descriptor.",
    ),
    setting(
        "probes.machine_per_second",
        Kind::Number(1, Machine::MOST_PER_SECOND as u64),
        "20000",
        "How many probes all checks together send per second; they share them fairly.",
    ),
    setting(
        "probes.time_limit_seconds",
        Kind::Number(1, 86_400),
        "600",
        "How long one check may take, in seconds.",
    ),
];

/// The setting of that key.
pub(super) fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_of_the_probes_are_those_of_the_engine() {
        let default = |key| find(key).unwrap().default.parse::<u64>().unwrap();
        let pace = Pace::default();
        assert_eq!(default("probes.tries"), u64::from(pace.tries));
        assert_eq!(default("probes.per_second"), u64::from(pace.per_second));
        assert_eq!(default("probes.in_flight"), pace.in_flight as u64);
        assert_eq!(default("probes.machine_per_second"), u64::from(Machine::DEFAULT_PER_SECOND));
        assert_eq!(default("probes.time_limit_seconds"), pace.time_limit.as_secs());
    }

    #[test]
    fn no_key_stands_twice() {
        for (index, setting) in SETTINGS.iter().enumerate() {
            assert!(
                SETTINGS[index + 1..].iter().all(|other| other.key != setting.key),
                "{}",
                setting.key
            );
        }
    }
}
