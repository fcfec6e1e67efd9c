//! WS-Discovery (“Web Services Dynamic Discovery”, April 2005, 2.1 and 5): asks what is there.
//! Reads no description of a device.

use super::{Question, Token, hex};
use klinke_shared::{Protocol, Recognition};

/// What the question's number follows (WS-Addressing, August 2004, and WS-Discovery, 5.2).
const BEFORE: &str = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" \
xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Header>\
<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
<a:MessageID>urn:uuid:";
/// What stands between the number and the types.
const BETWEEN: &str = "</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>\
</s:Header><s:Body><d:Probe xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\">";
/// What follows the types.
const AFTER: &str = "</d:Probe></s:Body></s:Envelope>";
/// A device in the sense of Windows (Devices Profile for Web Services, May 2006, 4.1).
const DEVICE: &str = "<d:Types xmlns:wsdp=\"http://schemas.xmlsoap.org/ws/2006/02/devprof\">\
wsdp:Device</d:Types>";
/// How cameras say what they are called (ONVIF Core Specification, 7.3.2.2).
const ONVIF_NAME: &str = "onvif://www.onvif.org/name/";

/// What is there: without types everything is asked for (WS-Discovery, 5.2.1).
pub(super) const PROBE: Question = Question {
    protocol: Protocol::WsDiscovery,
    ports: &[3702],
    datagram: |token| ask(&number(token), ""),
    read: |token, bytes| read(&number(token), bytes),
    // SOAP-over-UDP, 3.1: the answer may come from any port.
    from_any_port: true,
};

/// The same for those that answer only who asks for devices.
pub(super) const PROBE_DEVICE: Question = Question {
    datagram: |token| ask(&second_number(token), DEVICE),
    read: |token, bytes| read(&second_number(token), bytes),
    ..PROBE
};

/// The token in the form of a UUID.
fn number(token: &Token) -> String {
    let (first, rest) = token.split_at(4);
    let (middle, last) = rest.split_at(6);
    let parts = std::iter::once(first).chain(middle.chunks(2)).chain([last]);
    parts.map(hex).collect::<Vec<_>>().join("-")
}

/// Another one: a number that was heard before is not answered again.
fn second_number(token: &Token) -> String {
    let [first, rest @ ..] = token;
    let mut second = [!*first; 16];
    for (place, byte) in second.iter_mut().skip(1).zip(rest) {
        *place = *byte;
    }
    number(&second)
}

fn ask(number: &str, types: &str) -> Vec<u8> {
    [BEFORE, number, BETWEEN, types, AFTER].concat().into_bytes()
}

/// An answer relates to the question's number (WS-Discovery, 5.3).
fn read(number: &str, bytes: &[u8]) -> Option<Recognition> {
    let text = str::from_utf8(bytes).ok()?;
    (text.contains("ProbeMatches") && text.trim_end().ends_with("Envelope>")).then_some(())?;
    let relation = element(text, "RelatesTo")?;
    let asked = relation.trim().strip_prefix("urn:uuid:")?;
    asked.eq_ignore_ascii_case(number).then_some(())?;
    let scopes = element(text, "Scopes").unwrap_or_default();
    let name = scopes.split_whitespace().find_map(|scope| scope.strip_prefix(ONVIF_NAME));
    let name = name.unwrap_or_default().replace("%20", " ");
    let types = element(text, "Types").unwrap_or_default();
    Some(Recognition::of(Protocol::WsDiscovery).product(name).detail(types))
}

/// The text of the first element with this local name.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let starts = text
        .match_indices(name)
        .filter(|(place, _)| text.get(..*place).is_some_and(|before| before.ends_with(['<', ':'])));
    let mut inside = starts.filter_map(|(place, _)| {
        let after = text.get(place + name.len()..)?;
        after.starts_with(['>', ' ']).then_some(())?;
        let (_attributes, rest) = after.split_once('>')?;
        rest.split_once('<').map(|(inside, _)| inside)
    });
    inside.next()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_questions_have_numbers_of_their_own() {
        let [any, devices] = [PROBE, PROBE_DEVICE]
            .map(|question| String::from_utf8((question.datagram)(&TOKEN)).unwrap());
        assert!(any.contains(">urn:uuid:4b6c696e-6b65-5465-7374-546f6b656e21<"));
        assert!(any.ends_with("ws/2005/04/discovery\"></d:Probe></s:Body></s:Envelope>"));
        assert!(devices.contains(">urn:uuid:b46c696e-6b65-5465-7374-546f6b656e21<"));
        assert!(devices.contains(">wsdp:Device</d:Types></d:Probe>"));
    }

    #[test]
    fn wsdd_is_a_computer() {
        let recognition = heard_whole(&PROBE_DEVICE, &seed("ws-discovery/udp-wsdd"));
        assert_eq!(names(&recognition), ["", "", "wsdp:Device pub:Computer"]);
        assert_eq!((PROBE.read)(&TOKEN, &seed("ws-discovery/udp-wsdd")), None);
    }

    #[test]
    fn a_camera_says_its_name() {
        // The form of the example in the ONVIF Core Specification, 7.3.2.
        let answer = "<s:Envelope><s:Header><a:RelatesTo RelationshipType=\"x\">\
            urn:uuid:4B6C696E-6B65-5465-7374-546F6B656E21\
            </a:RelatesTo></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch>\
            <d:Types>dn:NetworkVideoTransmitter</d:Types>\
            <d:Scopes>onvif://www.onvif.org/type/video_encoder \
            onvif://www.onvif.org/name/ACME%20D-1</d:Scopes>\
            </d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>";
        let recognition = heard_whole(&PROBE, answer.as_bytes());
        assert_eq!(names(&recognition), ["ACME D-1", "", "dn:NetworkVideoTransmitter"]);
    }
}
