//! For whom a trusted proxy asks, by `Forwarded` (RFC 7239) or `X-Forwarded-For`: the right-most address
//! that is no trusted proxy. Everything left of it was said by somebody else, and whoever says anything
//! there has a proxy of their own. Knows no HTTP library and trusts nobody by itself.

use super::address_kind::unmapped;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

/// A header that says for whom a request was passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForwardedHeader {
    /// `Forwarded`, RFC 7239.
    Forwarded,
    /// `X-Forwarded-For`, the older custom.
    XForwardedFor,
}

/// The proxies before this server whose word counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedProxies {
    /// The networks in which they stand.
    pub networks: Vec<IpNet>,
    /// The names of the headers that they set or pass on, in lower case.
    pub headers: Vec<String>,
}

/// Why a header does not say for whom a request was passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForwardedError {
    /// It is not there.
    #[error("the proxy does not say for whom it asks")]
    Missing,
    /// It is longer, or has more entries, than any honest chain of proxies writes.
    #[error("the header is longer than {LONGEST} bytes or {MOST_ENTRIES} entries")]
    TooLong,
    /// It is not of its form, or what stands where the address should be is none.
    #[error("the header does not name an address")]
    Unreadable,
    /// Every address in it is that of a trusted proxy.
    #[error("the header names trusted proxies only")]
    OnlyProxies,
    /// Somebody before the trusted proxies passed the request on as well.
    #[error("the request was passed on before it reached the trusted proxies")]
    PassedOnBefore,
}

/// Headers that a proxy adds (RFC 7239, RFC 9110 7.6.3, and the older custom). Whoever sends one
/// says that the connection's other end is not the visitor, so such a request is never checked, unless
/// the proxy is trusted and sets that very header.
pub const PASSED_ON: [&str; 13] = [
    "cdn-loop",
    "cf-connecting-ip",
    "fastly-client-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
];

/// Longer than any honest chain of proxies writes, in bytes over all lines of the header and the commas
/// that could stand between them instead (RFC 9110, 5.3).
const LONGEST: usize = 2_048;
/// More proxies than any request passes.
const MOST_ENTRIES: usize = 16;

impl TrustedProxies {
    /// Whether a trusted proxy has this address.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = unmapped(address);
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Whether the trusted proxies set or pass on this header; `name` in lower case.
    #[must_use]
    pub fn sets(&self, name: &str) -> bool {
        self.headers.iter().any(|own| own == name)
    }

    /// The header that says for whom they ask.
    #[must_use]
    pub fn source(&self) -> ForwardedHeader {
        if self.sets("forwarded") {
            ForwardedHeader::Forwarded
        } else {
            ForwardedHeader::XForwardedFor
        }
    }

    /// For whom a request was passed on, and by how many trusted proxies, the one at the other end of
    /// the connection among them. `lines` are the lines of [`Self::source`] in their order.
    ///
    /// # Errors
    /// When the header does not say it, or when anybody else before them passed the request on.
    pub fn client(&self, lines: &[&[u8]]) -> Result<(IpAddr, usize), ForwardedError> {
        let bytes: usize = lines.iter().map(|line| line.len()).sum();
        let commas = lines.len().saturating_sub(1);
        if bytes + commas > LONGEST {
            return Err(ForwardedError::TooLong);
        }
        let mut entries = Vec::new();
        for line in lines {
            let line = std::str::from_utf8(line).map_err(|_| ForwardedError::Unreadable)?;
            match self.source() {
                ForwardedHeader::Forwarded => forwarded(line, &mut entries)?,
                ForwardedHeader::XForwardedFor => x_forwarded_for(line, &mut entries),
            }
        }
        if entries.len() > MOST_ENTRIES {
            return Err(ForwardedError::TooLong);
        }
        let mut proxies = 1;
        while let Some(entry) = entries.pop() {
            let address = entry.ok_or(ForwardedError::Unreadable)?;
            if !self.trusts(address) {
                let first = entries.is_empty();
                return if first {
                    Ok((address, proxies))
                } else {
                    Err(ForwardedError::PassedOnBefore)
                };
            }
            proxies += 1;
        }
        Err(if proxies == 1 { ForwardedError::Missing } else { ForwardedError::OnlyProxies })
    }
}

/// The entries of a header in their order; nothing where an entry is no address.
type Entries = Vec<Option<IpAddr>>;

fn x_forwarded_for(line: &str, entries: &mut Entries) {
    let all = line.split(',').map(|entry| address(entry.trim_matches([' ', '\t'])));
    entries.extend(all.take(MOST_ENTRIES + 1));
}

/// An address with or without a port, IPv6 with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddrV4>().map(|socket| IpAddr::V4(*socket.ip())).ok();
    let read = text.parse::<IpAddr>().ok().or_else(with_port).or_else(|| in_brackets(text));
    read.map(unmapped)
}

/// `[2001:db8::1]` or `[2001:db8::1]:4711`. A zone (`%eth0`) means nothing outside of its machine.
fn in_brackets(text: &str) -> Option<IpAddr> {
    if text.contains('%') {
        return None;
    }
    let inner = text.strip_prefix('[')?.strip_suffix(']');
    let bare = inner.and_then(|inner| inner.parse::<Ipv6Addr>().ok());
    let with_port = || text.parse::<SocketAddrV6>().ok().map(|socket| *socket.ip());
    bare.or_else(with_port).map(IpAddr::V6)
}

/// The elements of RFC 7239, 4: pairs parted by semicolons, elements by commas. Marks inside quotes part
/// nothing, so the line is read from its beginning, and one that is broken anywhere is not believed
/// anywhere.
fn forwarded(line: &str, entries: &mut Entries) -> Result<(), ForwardedError> {
    let mut rest = line;
    loop {
        let (element, more) = element(rest)?;
        entries.push(element);
        if entries.len() > MOST_ENTRIES {
            return Err(ForwardedError::TooLong);
        }
        let Some(more) = more else { return Ok(()) };
        rest = more;
    }
}

/// One element, and what follows its comma. Whoever stands in it is unknown when nobody is named.
fn element(text: &str) -> Result<(Option<IpAddr>, Option<&str>), ForwardedError> {
    let mut rest = text;
    let mut named: Option<Option<IpAddr>> = None;
    loop {
        let (name, after) = rest.split_once('=').ok_or(ForwardedError::Unreadable)?;
        let name = name.trim_matches([' ', '\t']);
        if name.is_empty() || !name.bytes().all(is_of_token) {
            return Err(ForwardedError::Unreadable);
        }
        let (value, after) = value(after)?;
        if name.eq_ignore_ascii_case("for") && named.replace(node(&value)).is_some() {
            return Err(ForwardedError::Unreadable);
        }
        let after = after.trim_start_matches([' ', '\t']);
        match after.as_bytes().first() {
            None => return Ok((named.flatten(), None)),
            Some(b',') => return Ok((named.flatten(), after.get(1..))),
            Some(b';') => rest = after.get(1..).unwrap_or_default(),
            Some(_) => return Err(ForwardedError::Unreadable),
        }
    }
}

/// A token or a quoted text, and what follows it.
fn value(text: &str) -> Result<(String, &str), ForwardedError> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.bytes().position(|byte| !is_of_token(byte)).unwrap_or(text.len());
        let (token, rest) = text.split_at_checked(end).ok_or(ForwardedError::Unreadable)?;
        let there = (!token.is_empty()).then(|| (token.to_owned(), rest));
        return there.ok_or(ForwardedError::Unreadable);
    };
    let mut value = String::new();
    let mut signs = quoted.char_indices();
    while let Some((place, sign)) = signs.next() {
        match sign {
            '"' => return Ok((value, quoted.get(place + 1..).unwrap_or_default())),
            '\\' => value.extend(signs.next().map(|(_, escaped)| escaped)),
            sign if sign.is_control() && sign != '\t' => return Err(ForwardedError::Unreadable),
            sign => value.push(sign),
        }
    }
    Err(ForwardedError::Unreadable)
}

/// RFC 9110, 5.6.2.
const fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// RFC 7239, 6: IPv6 stands in brackets; `unknown` and names that begin with an underscore hide the address.
fn node(value: &str) -> Option<IpAddr> {
    let bare_v6 = value.parse::<Ipv6Addr>().is_ok();
    if bare_v6 { None } else { address(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn proxies(header: &str) -> TrustedProxies {
        let networks = ["10.0.0.0/8", "2001:db8:5::/48"].map(|network| network.parse().unwrap());
        TrustedProxies { networks: networks.to_vec(), headers: vec![header.to_owned()] }
    }

    fn said(header: &str, lines: &[&str]) -> String {
        let lines: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        match proxies(header).client(&lines) {
            Ok((address, proxies)) => format!("{address} {proxies}"),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn x_forwarded_for_names_the_visitor_or_nobody() {
        let long = "1.1.1.1,".repeat(300);
        for (lines, answer) in [
            (&["8.8.8.8"][..], "8.8.8.8 1"),
            (&["8.8.8.8:4711"], "8.8.8.8 1"),
            (&["2a00::1"], "2a00::1 1"),
            (&["[2a00::1]"], "2a00::1 1"),
            (&["[2a00::1]:443"], "2a00::1 1"),
            (&["::ffff:8.8.8.8"], "8.8.8.8 1"),
            (&["8.8.8.8, 10.0.0.7"], "8.8.8.8 2"),
            (&["8.8.8.8", "10.0.0.7,2001:db8:5::1"], "8.8.8.8 3"),
            (&["::ffff:10.0.0.7"], "OnlyProxies"),
            (&["10.0.0.7"], "OnlyProxies"),
            (&[], "Missing"),
            (&["1.1.1.1, 8.8.8.8"], "PassedOnBefore"),
            (&["1.1.1.1", "8.8.8.8"], "PassedOnBefore"),
            (&["nonsense, 8.8.8.8"], "PassedOnBefore"),
            (&[",8.8.8.8"], "PassedOnBefore"),
            (&["8.8.8.8, nonsense"], "Unreadable"),
            (&["8.8.8.8,"], "Unreadable"),
            (&["8.8.8.8 10.0.0.1"], "Unreadable"),
            (&["010.8.8.8"], "Unreadable"),
            (&["0x8.8.8.8"], "Unreadable"),
            (&["134744072"], "Unreadable"),
            (&["8.8.8"], "Unreadable"),
            (&["8.8.8.8/32"], "Unreadable"),
            (&["8.8.8.8:99999"], "Unreadable"),
            (&["fe80::1%eth0"], "Unreadable"),
            (&["[fe80::1%1]:80"], "Unreadable"),
            (&["[8.8.8.8]"], "Unreadable"),
            (&["unknown"], "Unreadable"),
            (&[""], "Unreadable"),
            (&["８.8.8.8"], "Unreadable"),
            (&[&long], "TooLong"),
            (
                &[
                    "1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,8.8.8.8",
                ],
                "TooLong",
            ),
        ] {
            assert_eq!(said("x-forwarded-for", lines), answer, "{lines:?}");
        }
    }

    #[test]
    fn forwarded_names_the_visitor_or_nobody() {
        for (lines, answer) in [
            (&["for=8.8.8.8"][..], "8.8.8.8 1"),
            (&["For=\"8.8.8.8:4711\";proto=https;by=10.0.0.1"], "8.8.8.8 1"),
            (&["proto=https; for=\"[2a00::1]:443\""], "2a00::1 1"),
            (&["for=8.8.8.8, for=10.0.0.7"], "8.8.8.8 2"),
            (&["for=8.8.8.8", "for=10.0.0.7"], "8.8.8.8 2"),
            (&["for=\"8.8.\\8.8\""], "8.8.8.8 1"),
            (&["for=1.1.1.1, for=8.8.8.8"], "PassedOnBefore"),
            (&["for=\"1.1.1.1, for=8.8.8.8"], "Unreadable"),
            (&["for=\"1.1.1.1, for=\"[2a00::1]\""], "Unreadable"),
            (&["for=8.8.8.8;for=9.9.9.9"], "Unreadable"),
            (&["proto=https"], "Unreadable"),
            (&["for=unknown"], "Unreadable"),
            (&["for=_hidden"], "Unreadable"),
            (&["for=2a00::1"], "Unreadable"),
            (&["for=\"2a00::1\""], "Unreadable"),
            (&["for=[2a00::1]"], "Unreadable"),
            (&["for=8.8.8.8:80"], "Unreadable"),
            (&["for = 8.8.8.8"], "Unreadable"),
            (&["for=8.8.8.8 for=9.9.9.9"], "Unreadable"),
            (&["8.8.8.8"], "Unreadable"),
            (&["for="], "Unreadable"),
            (&["for=8.8.8.8,"], "Unreadable"),
            (&["for=8.8.8.8;"], "Unreadable"),
            (&["\"for\"=8.8.8.8"], "Unreadable"),
            (&[""], "Unreadable"),
            (&[], "Missing"),
        ] {
            assert_eq!(said("forwarded", lines), answer, "{lines:?}");
        }
    }

    #[test]
    fn a_header_is_as_long_in_several_lines_as_in_one() {
        let longest = format!("{}8.8.8.8,10.0.0.7", " ".repeat(LONGEST - 16));
        for (whole, answer) in [(longest.clone(), "8.8.8.8 2"), (format!(" {longest}"), "TooLong")]
        {
            let lines: Vec<&str> = whole.split(',').collect();
            assert_eq!(said("x-forwarded-for", &[&whole]), answer);
            assert_eq!(said("x-forwarded-for", &lines), answer);
        }
    }

    proptest! {
        #[test]
        fn whatever_a_visitor_wrote_before_the_proxy_s_own_entry_never_becomes_the_address(
            claim in ".{0,80}", header in prop_oneof![Just("forwarded"), Just("x-forwarded-for")],
        ) {
            let own = if header == "forwarded" { "for=8.8.8.8" } else { "8.8.8.8" };
            let joined = format!("{claim}, {own}");
            for lines in [&[joined.as_str()][..], &[&claim, own]] {
                let said = said(header, lines);
                prop_assert!(!said.contains(' ') || said.starts_with("8.8.8.8 "), "{lines:?}: {said}");
            }
        }
    }
}
