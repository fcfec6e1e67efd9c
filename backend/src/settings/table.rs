//! Every setting: its key, its default, what is accepted, and what it is for. Nothing else in the
//! program spells a default or a bound of a setting.

use crate::engine::{Machine, Method, Pace};

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
    /// Nothing, or an address of the web: `https://…`, `http://…`, `mailto:…` or `/…`.
    Link,
    /// One of these words.
    OneOf(&'static [&'static str]),
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
            Kind::Text => "a text in quotes, on one line".to_owned(),
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
        "checks.left_alone",
        Kind::Networks,
        "[]",
        "Networks that are never checked: those of people who asked for it, and your own.",
    ),
    setting("checks.running", Kind::Number(1, 10_000), "100", "How many checks may run at once."),
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
