//! LDAP: searches the root DSE, which tells what a directory is and which names it holds
//! (RFC 4512, 5.1; RFC 4511, 4.5.1). Does not bind and reads no entry.

use super::ber;
use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Ldap,
    ports: &[389, 3268],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// Message 1: search at the root for the object itself, at most one entry within five seconds, if
/// it has an object class.
const QUESTION: &[u8] =
    b"\x30\x7f\x02\x01\x01\x63\x7a\x04\0\x0a\x01\0\x0a\x01\0\x02\x01\x01\x02\x01\
\x05\x01\x01\0\x87\x0bobjectClass\x30\x5a\x04\x0bobjectClass\x04\x0avendorName\x04\x0dvendorVersion\
\x04\x0enamingContexts\x04\x0bdnsHostName\x04\x13forestFunctionality";

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 2;
const ENTRY: u8 = 0x64;
const DONE: u8 = 0x65;
/// RFC 4511, 4.1.9: operationsError (which Active Directory gives to strangers),
/// strongerAuthRequired, inappropriateAuthentication, insufficientAccessRights.
const REFUSALS: [u8; 4] = [1, 8, 48, 50];
/// A root DSE with these attributes has some hundred bytes.
const LONGEST_MESSAGE: usize = 8192;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let mut recognition = None;
    while let Some((tag, message)) = ber::element(&mut bytes) {
        let Some((kind, content)) = (tag == SEQUENCE).then(|| answer(message)).flatten() else {
            return Reading::Other;
        };
        match kind {
            ENTRY if recognition.is_none() => recognition = entry(content),
            DONE => return done(recognition, content),
            _ => {}
        }
    }
    let early = heard.first().is_none_or(|tag| *tag == SEQUENCE) && heard.len() < LONGEST_MESSAGE;
    match recognition {
        _ if !over && early => Reading::More,
        Some(recognition) => Reading::known(recognition),
        None => Reading::Other,
    }
}

/// The kind and the content of an answer to message 1.
fn answer(message: &[u8]) -> Option<(u8, &[u8])> {
    let mut message = Bytes(message);
    (ber::tagged(&mut message, INTEGER)? == [1]).then_some(())?;
    ber::element(&mut message)
}

fn done(recognition: Option<Recognition>, content: &[u8]) -> Reading {
    let mut content = Bytes(content);
    let Some(&[code]) = ber::tagged(&mut content, 0x0a) else { return Reading::Other };
    match recognition {
        Some(recognition) => Reading::known(recognition),
        None if REFUSALS.contains(&code) => {
            Reading::known(Recognition::of(Protocol::Ldap).note(Note::AsksPassword))
        }
        None => Reading::known(Recognition::of(Protocol::Ldap)),
    }
}

fn entry(content: &[u8]) -> Option<Recognition> {
    let mut content = Bytes(content);
    ber::tagged(&mut content, 4)?;
    let attributes = ber::tagged(&mut content, SEQUENCE)?;
    let values = |name: &[u8]| -> Vec<&[u8]> {
        let same = |(_, attribute)| {
            let mut attribute = Bytes(attribute);
            let kind = ber::tagged(&mut attribute, 4)?;
            let values = ber::tagged(&mut attribute, 0x31)?;
            kind.eq_ignore_ascii_case(name)
                .then(|| ber::all(values).map(|(_, value)| value).collect())
        };
        ber::all(attributes).find_map(same).unwrap_or_default()
    };
    let first = |name: &[u8]| values(name).first().copied();
    let openldap = values(b"objectClass").contains(&&b"OpenLDAProotDSE"[..]);
    let product: &[u8] = match first(b"vendorName") {
        Some(vendor) => vendor,
        None if first(b"forestFunctionality").is_some() => b"Active Directory",
        None if openldap => b"OpenLDAP",
        None => b"",
    };
    let names = values(b"namingContexts").join(&b' ');
    let recognition = Recognition::of(Protocol::Ldap).product(product);
    let recognition = recognition.version(first(b"vendorVersion").unwrap_or_default());
    Some(recognition.detail(first(b"dnsHostName").unwrap_or(&names)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_one_search_as_long_as_it_says() {
        let question = question(&STEP);
        let mut bytes = Bytes(&question);
        let message = ber::tagged(&mut bytes, SEQUENCE).unwrap();
        assert!(bytes.is_empty());
        let mut message = Bytes(message);
        assert_eq!(ber::tagged(&mut message, INTEGER), Some(&[1][..]));
        let search: Vec<u8> =
            ber::all(ber::tagged(&mut message, 0x63).unwrap()).map(|(tag, _)| tag).collect();
        assert!(message.is_empty());
        assert_eq!(search, [4, 10, 10, 2, 2, 1, 0x87, SEQUENCE]);
    }

    #[test]
    fn openldap_of_debian_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/ldap/openldap")]);
        assert_eq!(names(&recognition), ("OpenLDAP", "", "dc=example,dc=org"));
    }

    #[test]
    fn active_directory_is_recognised() {
        // In the form of Active Directory: long lengths, and no vendor.
        let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
        let attribute = |name: &[u8], value: &[u8]| {
            let (short, long) = (length(name), length(value));
            let set = [&[0x31, long + 2, 4, long][..], value].concat();
            [&[0x30, short + 2 + long + 4, 4, short][..], name, &set].concat()
        };
        let attributes =
            [attribute(b"dnsHostName", b"dc1.x"), attribute(b"forestFunctionality", b"7")].concat();
        let wrap = |tag: u8, content: &[u8]| {
            [&[tag, 0x84, 0, 0, 0, length(content)][..], content].concat()
        };
        let entry = [&b"\x04\0"[..], &wrap(0x30, &attributes)].concat();
        let message = [&b"\x02\x01\x01"[..], &wrap(ENTRY, &entry)].concat();
        let done = b"\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\0\x04\0\x04\0";
        let recognition = known(&STEP, &[&wrap(0x30, &message), done]);
        assert_eq!(names(&recognition), ("Active Directory", "", "dc1.x"));
    }

    #[test]
    fn a_refusal_asks_for_a_password_and_another_message_is_refused() {
        let refusal = b"\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\x32\x04\0\x04\0";
        assert_eq!(known(&STEP, &[refusal]).notes, [Note::AsksPassword]);
        let other = b"\x30\x0c\x02\x01\x02\x65\x07\x0a\x01\0\x04\0\x04\0";
        assert_eq!(tells(&STEP, &[other]), None);
    }
}
