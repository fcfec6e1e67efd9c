//! Minecraft (Java edition): the status of the server list (minecraft.wiki, “Java Edition protocol”,
//! “Server List Ping”). Does not log in, so no player joins.

use crate::{Bytes, Context, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Minecraft,
    ports: &[25565],
    listens: false,
    begin: |context| Box::new(Exchange::ask(question(context), read)),
};

/// Any version may ask for the status; -1 says that it is not decided yet.
const ANY_VERSION: &[u8] = b"\xff\xff\xff\xff\x0f";
const STATUS: u8 = 1;
/// The request itself: a packet of one byte.
const REQUEST: &[u8] = b"\x01\0";
/// A status may carry a picture, so it may be longer than what is kept; its version comes in the
/// first part in the servers of Mojang, and after the players elsewhere.
const LONGEST: u32 = 64 * 1024;

/// A packet that names the server's address and port, and the request.
fn question(context: &Context) -> Vec<u8> {
    let host = context.address.to_string();
    let length = u8::try_from(host.len()).unwrap_or_default();
    let mut packet = [&[0][..], ANY_VERSION, &[length], host.as_bytes()].concat();
    packet.extend(context.port.to_be_bytes());
    packet.push(STATUS);
    let length = u8::try_from(packet.len()).unwrap_or_default();
    [&[length][..], &packet, REQUEST].concat()
}

fn read(heard: &[u8], over: bool) -> Reading {
    if let Some(recognition) = kick(heard) {
        return Reading::known(recognition);
    }
    let mut bytes = Bytes(heard);
    let early = if over { Reading::Other } else { Reading::More };
    let Some(length) = number(&mut bytes) else {
        return if heard.len() < 5 { early } else { Reading::Other };
    };
    let Some(packet) = bytes.u8() else { return early };
    let text = number(&mut bytes);
    if packet != 0 || length > LONGEST || text.is_some_and(|text| text >= length) {
        return Reading::Other;
    }
    let Some(text) = text.and_then(|text| usize::try_from(text).ok()) else { return early };
    let complete = bytes.len() >= text;
    match status(bytes.0) {
        Some(recognition) if over || complete => Reading::known(recognition),
        None if over || complete || !b"{".starts_with(bytes.0.get(..1).unwrap_or_default()) => {
            Reading::Other
        }
        _ => Reading::More,
    }
}

/// `"version":{"name":"1.20.4","protocol":765}` in the text.
fn status(json: &[u8]) -> Option<Recognition> {
    let json = json.strip_prefix(b"{")?;
    let place = |bytes: &[u8], words: &[u8]| {
        bytes.windows(words.len()).position(|part| part == words).map(|place| place + words.len())
    };
    let version = json.get(place(json, b"\"version\"")?..)?;
    let name = version.get(place(version, b"\"name\"")?..)?;
    let mut name = Bytes(name);
    name.until(b'"')?;
    let name = name.until(b'"')?;
    place(version, b"\"protocol\"")?;
    let first = name.iter().position(u8::is_ascii_digit).unwrap_or(name.len());
    let (product, version) = name.split_at_checked(first)?;
    let product = if product.trim_ascii().is_empty() { &b"Minecraft"[..] } else { product };
    Some(Recognition::of(Protocol::Minecraft).product(product).version(version))
}

/// A number of one to three bytes, least significant first.
fn number(bytes: &mut Bytes) -> Option<u32> {
    let mut number = 0;
    for place in 0..3 {
        let byte = bytes.u8()?;
        number |= u32::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// What servers before 1.7 answer to everything that they do not understand: packet 255 with a text
/// in UTF-16, in which the new status begins with “§1”.
pub(super) fn kick(heard: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(heard);
    bytes.expect(b"\xff")?;
    let length = usize::from(bytes.u16()?.checked_mul(2)?);
    let text = bytes.take(length).filter(|text| text.len() >= 8)?;
    if !bytes.is_empty() || !text.starts_with(b"\0\xa7\0\x31\0\0") {
        return None;
    }
    let letters: Vec<u8> = text.iter().skip(1).step_by(2).copied().collect();
    let version = letters.split(|byte| *byte == 0).nth(2)?;
    Some(Recognition::of(Protocol::Minecraft).product("Minecraft").version(version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question as asked, tells};

    fn answer(json: &[u8]) -> Vec<u8> {
        let length = u8::try_from(json.len()).unwrap();
        [&[length + 2, 0, length][..], json].concat()
    }

    #[test]
    fn the_question_is_as_long_as_it_says() {
        let question = asked(&STEP);
        let expected = b"\x13\0\xff\xff\xff\xff\x0f\x09192.0.2.1\x63\xdd\x01\x01\0";
        assert_eq!(question, expected);
    }

    #[test]
    fn a_status_in_the_documented_form_is_read() {
        let json = br#"{"version":{"name":"1.20.4","protocol":765},"players":{"max":20}}"#;
        assert_eq!(names(&known(&STEP, &[&answer(json)])), ("Minecraft", "1.20.4", ""));
        let json = br#"{"version":{"name":"Paper 1.19.4","protocol":762}}"#;
        assert_eq!(names(&known(&STEP, &[&answer(json)])), ("Paper", "1.19.4", ""));
    }

    #[test]
    fn another_json_or_packet_is_refused() {
        assert_eq!(tells(&STEP, &[&answer(br#"{"name":"x"}"#)]), None);
        assert_eq!(tells(&STEP, &[b"\x05\x01\x03{}x"]), None);
    }
}
