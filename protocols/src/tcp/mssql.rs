//! Microsoft SQL Server: PRELOGIN, with which every connection begins and in which the server tells
//! its version (MS-TDS, 2.2.6.5). No LOGIN7 follows.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Mssql,
    ports: &[1433],
    listens: false,
    begin: |_| Box::new(Exchange::ask(PRELOGIN.to_vec(), read)),
};

/// A packet of 26 bytes with two options: version 0 (six bytes) and encryption: possible, but not
/// wanted.
const PRELOGIN: &[u8] = b"\x12\x01\0\x1a\0\0\0\0\0\0\x0b\0\x06\x01\0\x11\0\x01\xff\0\0\0\0\0\0\0";
/// The answer's kind, and that it is its last packet.
const ANSWER: &[u8] = b"\x04\x01";
const HEAD: u16 = 8;
const LONGEST: u16 = 512;
const VERSION: u8 = 0;
const END: u8 = 0xff;
/// There are so many options (2.2.6.5).
const MOST_OPTIONS: usize = 16;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    if bytes.expect(ANSWER).is_none() {
        return if ANSWER.starts_with(heard) { more } else { Reading::Other };
    }
    let Some(length) = bytes.u16() else { return more };
    if !(HEAD..=LONGEST).contains(&length) {
        return Reading::Other;
    }
    let Some(packet) = bytes.take(usize::from(length) - 4) else { return more };
    let options = packet.get(4..).unwrap_or_default();
    version(options).map_or(Reading::Other, Reading::known)
}

fn version(options: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(options);
    for _ in 0..MOST_OPTIONS {
        let kind = bytes.u8().filter(|kind| *kind != END)?;
        let (offset, length) = (usize::from(bytes.u16()?), bytes.u16()?);
        if kind == VERSION && length == 6 {
            let mut data = Bytes(options.get(offset..)?);
            let (major, minor, build) = (data.u8()?, data.u8()?, data.u16()?);
            data.u16()?;
            let known = Recognition::of(Protocol::Mssql).product(product(major, minor));
            return Some(known.version(format!("{major}.{minor}.{build}")));
        }
    }
    None
}

/// Under which name Microsoft sold it (Microsoft, “Latest updates for SQL Server”).
fn product(major: u8, minor: u8) -> String {
    let year = match (major, minor) {
        (8, _) => "2000",
        (9, _) => "2005",
        (10, 50..) => "2008 R2",
        (10, _) => "2008",
        (11, _) => "2012",
        (12, _) => "2014",
        (13, _) => "2016",
        (14, _) => "2017",
        (15, _) => "2019",
        (16, _) => "2022",
        (17, _) => "2025",
        _ => "",
    };
    format!("Microsoft SQL Server {year}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = question(&STEP);
        assert_eq!((question.len(), question[3]), (26, 26));
    }

    #[test]
    fn an_answer_in_the_documented_form_tells_the_version() {
        let answer = b"\x04\x01\0\x20\0\0\x01\0\0\0\x10\0\x06\x01\0\x16\0\x01\x02\0\x17\0\x01\xff\
                       \x0f\0\x07\xd0\0\0\x02\0";
        let recognition = known(&STEP, &[answer]);
        assert_eq!(names(&recognition), ("Microsoft SQL Server 2019", "15.0.2000", ""));
    }

    #[test]
    fn an_answer_without_a_version_is_refused() {
        assert_eq!(tells(&STEP, &[b"\x04\x01\0\x09\0\0\x01\0\xff"]), None);
        assert_eq!(tells(&STEP, &[PRELOGIN]), None);
    }
}
