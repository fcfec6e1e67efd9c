//! Whose addresses they are, by a table of ranges in the open format of iptoasn.com. It knows no kind
//! of network, and nothing of a provider but its name.

use super::steps::{NOTHING, Position, Range, Steps};
use super::text_file::short;
use std::collections::HashMap;
use std::net::IpAddr;

/// What a line of the table has to be.
pub(super) const ACCEPTED: &str = "first address, last address, number of the AS, country and name, \
     parted by tabs, as in ip2asn-combined.tsv";

/// The longest name, in characters: one line on a telephone. Names of providers are seldom longer.
const LONGEST_NAME: usize = 60;

/// The number of no AS (RFC 7607). The table has it for addresses that are not routed.
const NO_AS: u32 = 0;

/// The provider of each address. Where ranges lie over each other, the narrowest wins; of those that
/// are equally wide, the one that starts last, and then the one that stands last in the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Providers {
    v4: Steps<u32>,
    v6: Steps<u128>,
    /// Each name once; that of value `n` is at `n - 1`.
    names: Vec<Box<str>>,
}

impl Providers {
    /// The provider's name; an IPv4-mapped address counts as IPv4.
    pub(super) fn name(&self, address: IpAddr) -> Option<&str> {
        let value = match address.to_canonical() {
            IpAddr::V4(address) => self.v4.at(address.to_bits()),
            IpAddr::V6(address) => self.v6.at(address.to_bits()),
        };
        let place = usize::try_from(value).ok()?.checked_sub(1)?;
        self.names.get(place).map(AsRef::as_ref)
    }

    /// How many different names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

/// Ranges in any order, as they are read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    v4: Vec<Range<u32>>,
    v6: Vec<Range<u128>>,
    values: HashMap<Box<str>, u32>,
}

impl Gathered {
    /// The range in a line and its name; nothing if the line is wrong. A range that is not routed or
    /// has no name that can be shown is right, and left out.
    pub(super) fn read(&mut self, line: &[u8]) -> Option<()> {
        let mut fields = line.splitn(5, |byte| *byte == b'\t');
        let mut text = || std::str::from_utf8(fields.next()?).ok().map(str::trim);
        let (start, end) = (text()?.parse::<IpAddr>().ok()?, text()?.parse::<IpAddr>().ok()?);
        let number: u32 = text()?.parse().ok()?;
        let _country = fields.next()?;
        let name = short(fields.next()?, LONGEST_NAME);
        let value = match name.filter(|_| number != NO_AS) {
            Some(name) => self.value(name)?,
            None => NOTHING,
        };
        match (start, end) {
            (IpAddr::V4(start), IpAddr::V4(end)) => {
                add(&mut self.v4, start.to_bits(), end.to_bits(), value)
            }
            (IpAddr::V6(start), IpAddr::V6(end)) => {
                match (start.to_ipv4_mapped(), end.to_ipv4_mapped()) {
                    (Some(start), Some(end)) => {
                        add(&mut self.v4, start.to_bits(), end.to_bits(), value)
                    }
                    _ => add(&mut self.v6, start.to_bits(), end.to_bits(), value),
                }
            }
            _ => None,
        }
    }

    pub(super) fn providers(self) -> Providers {
        let mut names: Vec<_> = self.values.into_iter().collect();
        names.sort_unstable_by_key(|(_, value)| *value);
        let names = names.into_iter().map(|(name, _)| name).collect();
        Providers { v4: Steps::of(self.v4), v6: Steps::of(self.v6), names }
    }

    /// The value that stands for a name, from 1 on.
    fn value(&mut self, name: String) -> Option<u32> {
        let next = u32::try_from(self.values.len()).ok()?.checked_add(1)?;
        Some(*self.values.entry(name.into_boxed_str()).or_insert(next))
    }
}

/// Adds a range; one that ends before it starts is wrong.
fn add<P: Position>(ranges: &mut Vec<Range<P>>, start: P, end: P, value: u32) -> Option<()> {
    if end < start {
        return None;
    }
    if value != NOTHING {
        ranges.push(Range { start, end, value });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gathered(lines: &[&str]) -> Option<Providers> {
        let mut gathered = Gathered::default();
        lines.iter().try_for_each(|line| gathered.read(line.as_bytes()))?;
        Some(gathered.providers())
    }

    fn name(providers: &Providers, address: &str) -> Option<String> {
        providers.name(address.parse().unwrap()).map(str::to_owned)
    }

    #[test]
    fn a_table_is_read_as_it_is() {
        let providers = gathered(&[
            "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET",
            "1.0.1.0\t1.0.3.255\t0\tNone\tNot routed",
            "1.0.4.0\t1.0.7.255\t38803\tAU\tWPL-AS-AP Wirefreebroadband Pty Ltd",
            "::\t1:ffff:ffff:ffff:ffff:ffff:ffff:ffff\t0\tNone\tNot routed",
            "2001:db8::\t2001:db8:ffff:ffff:ffff:ffff:ffff:ffff\t13335\tUS\tCLOUDFLARENET",
            "::ffff:1.1.1.0\t::ffff:1.1.1.255\t13335\tUS\tCLOUDFLARENET",
        ]);
        let providers = providers.unwrap();
        assert_eq!(providers.len(), 2);
        let cloudflare = Some("CLOUDFLARENET");
        for (address, expected) in [
            ("0.255.255.255", None),
            ("1.0.0.0", cloudflare),
            ("1.0.0.255", cloudflare),
            ("1.0.1.0", None),
            ("1.0.7.255", Some("WPL-AS-AP Wirefreebroadband Pty Ltd")),
            ("1.0.8.0", None),
            ("1.1.1.1", cloudflare),
            ("::ffff:1.1.1.1", cloudflare),
            ("::1", None),
            ("2001:db8::1", cloudflare),
            ("2001:db9::", None),
        ] {
            assert_eq!(name(&providers, address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn what_is_not_routed_does_not_hide_what_is() {
        let providers = gathered(&[
            "10.0.0.0\t10.0.0.255\t7\tDE\tAlpha",
            "10.0.0.8\t10.0.0.9\t0\tNone\tNot routed",
            "10.0.0.4\t10.0.0.5\t8\tDE\tBeta",
        ]);
        let providers = providers.unwrap();
        assert_eq!(name(&providers, "10.0.0.8").unwrap(), "Alpha");
        assert_eq!(name(&providers, "10.0.0.4").unwrap(), "Beta");
    }

    #[test]
    fn a_name_is_short_and_shows_what_it_is() {
        let long = "ä".repeat(LONGEST_NAME);
        for (written, shown) in [
            ("  Alpha\u{7}\u{202e} \u{200b}Beta ", Some("Alpha Beta")),
            (&*format!("{long}b c"), Some(&*long)),
            (&*format!("{} b", "a".repeat(LONGEST_NAME - 1)), Some(&*"a".repeat(LONGEST_NAME - 1))),
            ("one\ttwo", Some("one two")),
            ("\u{1}", None),
            ("", None),
        ] {
            let providers = gathered(&[&format!("10.0.0.0\t10.0.0.1\t7\tDE\t{written}")]).unwrap();
            assert_eq!(name(&providers, "10.0.0.1").as_deref(), shown, "{written}");
        }
    }

    #[test]
    fn a_line_that_is_no_range_is_wrong() {
        for line in [
            "",
            "10.0.0.0",
            "10.0.0.0\t10.0.0.1\t7\tDE",
            "10.0.0.1\t10.0.0.0\t7\tDE\tAlpha",
            "10.0.0.1\t10.0.0.0\t0\tNone\tNot routed",
            "10.0.0.0\t::1\t7\tDE\tAlpha",
            "10.0.0.0/24\t10.0.0.1\t7\tDE\tAlpha",
            "10.0.0.0\t10.0.0.1\tAS7\tDE\tAlpha",
            "10.0.0.0,10.0.0.1,7,DE,Alpha",
            "<html>",
        ] {
            assert!(gathered(&[line]).is_none(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_line_is_it_is_read_or_wrong(line: Vec<u8>, tail: Vec<u8>) {
            let mut gathered = Gathered::default();
            let _ = gathered.read(&line);
            let right = [b"10.0.0.0\t10.0.0.1\t7\tDE\t", &tail[..]].concat();
            prop_assert!(gathered.read(&right).is_some());
            let providers = gathered.providers();
            let name = providers.name(IpAddr::from([10, 0, 0, 1])).unwrap_or("none");
            prop_assert!(name.chars().count() <= LONGEST_NAME && !name.contains(char::is_control));
        }
    }
}
