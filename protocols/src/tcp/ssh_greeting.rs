//! SSH by its greeting only (RFC 4253, 4.2). The step that asks for algorithms is elsewhere.

use super::text;
use klinke_shared::{Protocol, Recognition};

/// RFC 4253, 4.2: at most 255 characters, and before it there may be other lines.
const LONGEST: usize = 255;
/// So many lines before the greeting are read.
const MOST_LINES: usize = 32;

/// An SSH greeting: `SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3`.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let line = text::lines(heard).take(MOST_LINES).find(|line| line.starts_with(b"SSH-"))?;
    let rest = [&b"SSH-2.0-"[..], b"SSH-1.99-", b"SSH-1.5-"]
        .iter()
        .find_map(|version| line.strip_prefix(*version))?;
    if line.len() > LONGEST || rest.is_empty() {
        return None;
    }
    let software = rest.split(|byte| *byte == b' ').next().unwrap_or_default();
    let (product, version) = taken_apart(software);
    let written =
        if product.eq_ignore_ascii_case(b"dropbear") { &b"Dropbear"[..] } else { product };
    Some(Recognition::of(Protocol::Ssh).product(written).version(version).detail(line))
}

/// `OpenSSH_9.2p1`, `dropbear_2022.83`, `libssh-0.9.6` or `ROSSSH`.
fn taken_apart(software: &[u8]) -> (&[u8], &[u8]) {
    let digit_next = |pair: &[u8]| matches!(pair, [b'_' | b'-', digit] if digit.is_ascii_digit());
    let Some(place) = software.windows(2).position(digit_next) else { return (software, b"") };
    (text::at_most(software, place), software.get(place + 1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_are_taken_apart() {
        for (line, product, version) in [
            ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", "OpenSSH", Some("9.2p1")),
            ("SSH-2.0-dropbear_2022.83\r\n", "Dropbear", Some("2022.83")),
            ("hello\r\nSSH-1.99-Cisco-1.25\n", "Cisco", Some("1.25")),
            ("SSH-2.0-ROSSSH\r\n", "ROSSSH", None),
        ] {
            let recognition = identify(line.as_bytes()).unwrap();
            assert_eq!(recognition.product.as_deref(), Some(product));
            assert_eq!(recognition.version.as_deref(), version);
        }
    }

    #[test]
    fn what_is_cut_off_or_no_greeting_is_refused() {
        for line in ["SSH-2.0-OpenSSH_9", "SSH-2.0-\r\n", "SSH-3.0-x\r\n", "xSSH-2.0-y\r\n", ""] {
            assert_eq!(identify(line.as_bytes()), None, "{line}");
        }
    }
}
