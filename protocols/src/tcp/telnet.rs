//! Telnet: listens to the negotiation and to what is written before the log-in (RFC 854). Answers
//! no option and enters no name.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Telnet,
    ports: &[23, 2323, 2332, 9999],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

/// RFC 854, “TELNET command structure”.
const IAC: u8 = 255;
const SB: u8 = 250;
const SE: u8 = 240;
const WILL: u8 = 251;
const DONT: u8 = 254;
/// No option of IANA's list has a higher number, besides 255 itself.
const LAST_OPTION: u8 = 140;

/// With which demands servers open, as their sources have it.
const OPENINGS: [(&[u8], &str); 4] = [
    (b"\xff\xfd\x01\xff\xfd\x1f\xff\xfb\x01\xff\xfb\x03", "BusyBox telnetd"),
    (b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27", "Linux telnetd"),
    (b"\xff\xfd\x25\xff\xfb\x01\xff\xfb\x03\xff\xfd\x27", "Microsoft Telnet Service"),
    (b"\xff\xfb\x01\xff\xfb\x03\xff\xfd\x18\xff\xfd\x1f", "Cisco IOS"),
];

/// How systems name themselves before the log-in.
const NAMES: text::Names = &[
    ("MikroTik", "MikroTik"),
    ("FRITZ!Box", "FRITZ!Box"),
    ("BusyBox", "BusyBox"),
    ("OpenWrt", "OpenWrt"),
    ("DD-WRT", "DD-WRT"),
    ("Microsoft Telnet Service", "Microsoft Telnet Service"),
    ("User Access Verification", "Cisco IOS"),
    ("Huawei", "Huawei"),
    ("ZyXEL", "ZyXEL"),
    ("Lantronix", "Lantronix"),
    ("VxWorks", "VxWorks"),
];

/// How a log-in asks for a name or a password, at the end of what was said.
const PROMPTS: [&[u8]; 6] =
    [b"login:", b"username:", b"user name:", b"password:", b"user:", b"account:"];

fn read(heard: &[u8], over: bool) -> Reading {
    let Some((negotiates, words)) = taken_apart(heard) else { return Reading::Other };
    let recognition = of(heard, &words);
    let prompts = !recognition.notes.is_empty();
    match (negotiates, prompts, over) {
        // Without a negotiation, the question for a name is all there is to know it by.
        (_, true, _) | (true, _, true) => Reading::known(recognition),
        (_, _, false) => Reading::More,
        (false, false, true) => Reading::Other,
    }
}

/// Whether options are negotiated, and the words between them; nothing if that is no telnet.
fn taken_apart(heard: &[u8]) -> Option<(bool, Vec<u8>)> {
    let mut words = Vec::new();
    let mut rest = heard;
    let mut negotiates = false;
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (&IAC, &[WILL..=DONT, option, ref after @ ..]) if option <= LAST_OPTION => {
                negotiates = true;
                after
            }
            (&IAC, &[SB, ref inside @ ..]) => {
                let end = inside.windows(2).position(|pair| pair == [IAC, SE]);
                end.and_then(|end| inside.get(end + 2..)).unwrap_or_default()
            }
            (&IAC, &[IAC, ..] | &[WILL..=DONT, _, ..]) => return None,
            (&IAC, &[WILL..=DONT] | &[]) => break,
            (&IAC, &[240..=249, ref after @ ..]) => after,
            (&IAC, _) => return None,
            _ => {
                words.push(*first);
                after
            }
        };
    }
    Some((negotiates, words))
}

fn of(heard: &[u8], words: &[u8]) -> Recognition {
    let recognition = text::named(Recognition::of(Protocol::Telnet), words, NAMES).detail(words);
    let opening = OPENINGS.iter().find(|(opening, _)| text::find(heard, opening).is_some());
    let recognition = match opening {
        Some((_, product)) if recognition.product.is_none() => recognition.product(product),
        _ => recognition,
    };
    let words = text::trimmed(words).to_ascii_lowercase();
    let last = words.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    if PROMPTS.iter().any(|prompt| last.ends_with(prompt)) {
        recognition.note(Note::AsksPassword)
    } else if is_shell(last) {
        recognition.note(Note::NoPassword)
    } else {
        recognition
    }
}

/// Whether somebody may type commands already: `# `, `~ $ `, `root@host:/# `. Only the usual signs
/// of a Unix shell count.
fn is_shell(last: &[u8]) -> bool {
    let place = last.strip_suffix(b"#").or_else(|| last.strip_suffix(b"$"));
    place.map(text::trimmed).is_some_and(|place| {
        place.len() < 64 && (place.is_empty() || place.iter().any(|byte| b"~/".contains(byte)))
    })
}

/// Telnet at a port where anything might speak: it begins with a negotiation, or ends in a log-in.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let (negotiates, words) = taken_apart(heard)?;
    let begins = negotiates && heard.first() == Some(&IAC);
    let recognition = of(heard, &words);
    let text = words.iter().all(|byte| !byte.is_ascii_control() || b"\r\n\t\x1b\0".contains(byte));
    (text && (begins || recognition.has(Note::AsksPassword))).then_some(recognition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn nothing_is_asked() {
        assert_eq!(question(&STEP), b"");
    }

    #[test]
    fn the_real_telnetd_of_debian_is_recognised() {
        let opening = b"\xff\xfb%\xff\xfb&\xff\xfd\x18\xff\xfd \xff\xfd#\xff\xfd'\xff\xfd$";
        let recognition = known(&STEP, &[opening]);
        assert_eq!(names(&recognition).0, "Linux telnetd");
        assert!(recognition.notes.is_empty());
    }

    #[test]
    fn busybox_asks_for_a_name() {
        let recognition = known(
            &STEP,
            &[b"\xff\xfd\x01\xff\xfd\x1f\xff\xfb\x01\xff\xfb\x03", b"\r\nrouter login: "],
        );
        assert_eq!(names(&recognition), ("BusyBox telnetd", "", "router login:"));
        assert_eq!(recognition.notes, [Note::AsksPassword]);
    }

    #[test]
    fn a_shell_without_log_in_is_open() {
        let words = b"\xff\xfd\x01\xff\xfb\x01BusyBox v1.19.4 built-in shell (ash)\r\n\r\n~ # ";
        let recognition = known(&STEP, &[words]);
        assert_eq!((names(&recognition).0, names(&recognition).1), ("BusyBox", "1.19.4"));
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn a_prompt_without_negotiation_is_enough_and_a_greeting_is_not() {
        assert!(identify(b"Welcome\r\nUsername: ").is_some());
        assert_eq!(tells(&STEP, &[b"220 ready\r\n"]), None);
        assert_eq!(identify(b"+OK ready\r\n"), None);
    }
}
