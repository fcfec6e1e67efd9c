//! `MySQL` and `MariaDB`: listens to the server's first packet (`MySQL` Internals, “`Protocol::Handshake`
//! V10” and “`ERR_Packet`”). Sends nothing, so it neither logs in nor learns whether that would work.

use super::text;
use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Mysql,
    ports: &[3306, 3307],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

/// The version of the handshake that every server since 3.21 speaks.
const HANDSHAKE: u8 = 10;
const ERROR: u8 = 0xff;
/// No first packet is longer: the longest error message has 512 bytes.
const LONGEST_PACKET: u32 = 1024;
/// The errors that take the place of a handshake, from “Too many connections” (1040) to the end of
/// the server's own numbers.
const ERRORS: std::ops::Range<u16> = 1000..5000;
/// `MariaDB` 10 and later put this before their version, for old replicas (`MariaDB`, “Connection”).
const REPLICATION_PREFIX: &[u8] = b"5.5.5-";

fn read(heard: &[u8], over: bool) -> Reading {
    match packet(heard) {
        Some(recognition) => Reading::known(recognition),
        None if !over && may_become(heard) => Reading::More,
        None => Reading::Other,
    }
}

/// Whether the beginning of a packet of this length with the number 0 is all there is so far.
fn may_become(heard: &[u8]) -> bool {
    let [low, middle, high, number, ..] = heard else { return true };
    let length = u32::from_le_bytes([*low, *middle, *high, 0]);
    let whole = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(4);
    *number == 0 && length <= LONGEST_PACKET && heard.len() < whole
}

/// A complete first packet.
pub(super) fn packet(heard: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(heard);
    let [low, middle, high, number] = bytes.array()?;
    let length = u32::from_le_bytes([low, middle, high, 0]);
    if number != 0 || length > LONGEST_PACKET {
        return None;
    }
    let mut payload = Bytes(bytes.take(usize::try_from(length).ok()?)?);
    match payload.u8()? {
        HANDSHAKE => handshake(payload),
        ERROR => error(payload),
        _ => None,
    }
}

/// Version, thread, eight random bytes and a zero, which is what all versions have in common.
fn handshake(mut payload: Bytes) -> Option<Recognition> {
    let version = payload.until(0)?;
    let digits = version.first()?.is_ascii_digit() && version.iter().all(u8::is_ascii_graphic);
    payload.take(12)?;
    if !digits || payload.u8()? != 0 {
        return None;
    }
    let product = if text::has(version, b"MariaDB") {
        "MariaDB"
    } else if text::has(version, b"TiDB") {
        "TiDB"
    } else {
        "MySQL"
    };
    let version = match version.strip_prefix(REPLICATION_PREFIX) {
        Some(real) if product == "MariaDB" => real,
        _ => version,
    };
    Some(Recognition::of(Protocol::Mysql).product(product).version(version))
}

/// An error instead of a handshake, such as “Host '…' is not allowed to connect”.
fn error(mut payload: Bytes) -> Option<Recognition> {
    let code = payload.u16_le()?;
    let message = payload.0;
    let message = message.strip_prefix(b"#").and_then(|rest| rest.get(5..)).unwrap_or(message);
    if !ERRORS.contains(&code) || message.is_empty() || message.contains(&0) {
        return None;
    }
    let product = if text::has(message, b"MariaDB server") {
        "MariaDB"
    } else if text::has(message, b"MySQL server") {
        "MySQL"
    } else {
        ""
    };
    Some(Recognition::of(Protocol::Mysql).product(product).detail(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    fn error_packet(message: &[u8]) -> Vec<u8> {
        let length = u8::try_from(message.len() + 3).unwrap();
        [&[length, 0, 0, 0, 0xff, 0x6a, 0x04][..], message].concat()
    }

    #[test]
    fn nothing_is_asked() {
        assert_eq!(question(&STEP), b"");
    }

    #[test]
    fn mariadb_of_debian_is_recognised() {
        let recognition =
            known(&STEP, &[include_bytes!("../../../fuzz/seeds/mysql/mariadb-handshake")]);
        assert_eq!(names(&recognition).0, "MariaDB");
        assert!(names(&recognition).1.starts_with("10.11."));
    }

    #[test]
    fn a_host_that_is_not_allowed_still_meets_mysql() {
        let message = b"Host '192.0.2.7' is not allowed to connect to this MySQL server";
        let recognition = known(&STEP, &[&error_packet(message)]);
        assert_eq!(names(&recognition).0, "MySQL");
        assert!(names(&recognition).2.starts_with("Host '192.0.2.7'"));
    }

    #[test]
    fn a_packet_with_another_number_or_kind_is_refused() {
        let mut wrong = error_packet(b"Host is blocked");
        wrong[3] = 1;
        assert_eq!(tells(&STEP, &[&wrong]), None);
        assert_eq!(tells(&STEP, &[b"\x03\0\0\0\x09a\0"]), None);
    }
}
