//! MQTT: CONNECT without a name and a password; who is let in asks for the one value in which a
//! broker tells its version, then DISCONNECT (MQTT 3.1.1, 3.1, 3.2, 3.8, 3.9 and 3.14; mosquitto(8),
//! “Broker Status”). Reads nobody's messages and publishes nothing.

use super::dialogue::{Dialogue, Turn};
use super::text;
use crate::{Bytes, Step};
use klinke_shared::{Note, Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Mqtt,
    ports: &[1883],
    listens: false,
    begin: |_| Dialogue::open(CONNECT.to_vec(), read),
};

/// Type 1; 18 bytes follow: the name and level 4 of the protocol, the flag for a clean session
/// only, 30 seconds to keep it, and who asks.
const CONNECT: &[u8] = b"\x10\x12\0\x04MQTT\x04\x02\0\x1e\0\x06klinke";
/// Type 8 with its fixed flags; 24 bytes follow: the packet's number 1, the one topic, and that it
/// may be lost on the way. The value is kept by the broker, so it comes at once or not at all.
const SUBSCRIBE: &[u8] = b"\x82\x18\0\x01\0\x13$SYS/broker/version\0";
const DISCONNECT: &[u8] = b"\xe0\0";
const TOPIC: &[u8] = b"$SYS/broker/version";
/// CONNACK, of which two bytes follow.
const CONNACK: [u8; 2] = [0x20, 2];
/// The last return code that 3.1.1 knows (table 3.1).
const LAST_CODE: u8 = 5;
/// SUBACK, of which three bytes follow: the packet's number, and here that the topic is refused.
const REFUSED: &[u8] = b"\x90\x03\0\x01\x80";
/// PUBLISH, in the upper half of the first byte.
const PUBLISH: u8 = 3;
/// A version fits into one line.
const LONGEST_PACKET: usize = 256;

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let known = Recognition::of(Protocol::Mqtt);
    match *heard {
        // After a clean session, none can be present already (3.2.2.2).
        [first, length, 0, code, ref rest @ ..]
            if [first, length] == CONNACK && code <= LAST_CODE =>
        {
            match code {
                0 => let_in(rest, said, over),
                _ if !rest.is_empty() => Turn::Other,
                // Bad name or password; not authorised.
                4 | 5 => Turn::known(known.note(Note::AsksPassword)),
                _ => Turn::known(known),
            }
        }
        _ if !over
            && heard.len() < 4
            && b"\x20\x02\0".starts_with(heard.get(..3).unwrap_or(heard)) =>
        {
            Turn::More
        }
        _ => Turn::Other,
    }
}

fn let_in(rest: &[u8], said: u8, over: bool) -> Turn {
    let version = version(rest);
    match said {
        // Who speaks before being asked is no broker.
        0 if rest.is_empty() => Turn::Say(SUBSCRIBE.to_vec()),
        0 => Turn::Other,
        1 if version.is_none() && !over && !rest.starts_with(REFUSED) => Turn::More,
        1 => Turn::Say(DISCONNECT.to_vec()),
        _ if !over => Turn::More,
        _ => {
            let open = Recognition::of(Protocol::Mqtt).note(Note::NoPassword);
            Turn::known(version.map_or(open.clone(), |version| named(open, version)))
        }
    }
}

/// The value that was asked for, among the packets so far.
fn version(packets: &[u8]) -> Option<&[u8]> {
    let mut packets = Bytes(packets);
    loop {
        let kind = packets.u8()? >> 4;
        let length = length(&mut packets)?;
        let mut packet = Bytes(packets.take(length)?);
        if kind != PUBLISH {
            continue;
        }
        let topic = packet.u16()?;
        if packet.take(usize::from(topic))? == TOPIC {
            return Some(packet.0);
        }
    }
}

/// How much of a packet follows: seven bits in a byte, the lowest first (2.2.3). Two bytes are
/// enough for what is asked here.
fn length(packets: &mut Bytes<'_>) -> Option<usize> {
    let low = packets.u8()?;
    let high = if low & 0x80 == 0 { 0 } else { packets.u8()? };
    let length = usize::from(low & 0x7f) | usize::from(high) << 7;
    (length <= LONGEST_PACKET).then_some(length)
}

/// “mosquitto version 2.0.11”.
fn named(open: Recognition, value: &[u8]) -> Recognition {
    let place = text::find(value, b" version ");
    match place.and_then(|place| value.split_at_checked(place)) {
        Some((name, rest)) => open.product(name).version(text::version(rest).unwrap_or_default()),
        None => open.detail(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, names, tells};

    const OPEN: &[u8] = b"\x20\x02\0\0";
    /// mosquitto 2.0.11 of Debian 12: that the topic is granted, and its value.
    const VERSION: &[u8] =
        b"\x90\x03\0\x01\0\x31\x2d\0\x13$SYS/broker/versionmosquitto version 2.0.11";

    #[test]
    fn it_asks_for_the_version_only_when_it_is_let_in_and_says_goodbye() {
        assert_eq!(CONNECT.len(), 2 + usize::from(CONNECT[1]));
        assert_eq!(SUBSCRIBE.len(), 2 + usize::from(SUBSCRIBE[1]));
        assert_eq!(drive(&STEP, &[OPEN, VERSION]).0, [CONNECT, SUBSCRIBE, DISCONNECT]);
        assert_eq!(drive(&STEP, &[OPEN]).0, [CONNECT, SUBSCRIBE, DISCONNECT]);
        assert_eq!(drive(&STEP, &[b"\x20\x02\0\x05"]).0, [CONNECT]);
    }

    #[test]
    fn mosquitto_of_debian_tells_its_version() {
        let recognition = known(&STEP, &[OPEN, VERSION]);
        assert_eq!(names(&recognition), ("mosquitto", "2.0.11", ""));
        assert_eq!(recognition.notes, [Note::NoPassword]);
    }

    #[test]
    fn a_broker_that_keeps_its_version_to_itself_is_still_one() {
        for rest in [&b""[..], REFUSED, b"\x90\x03\0\x01\0", b"\x30\xff\xff\xff\x7f"] {
            let recognition = known(&STEP, &[OPEN, rest]);
            assert_eq!(names(&recognition), ("", "", ""), "{rest:?}");
            assert_eq!(recognition.notes, [Note::NoPassword]);
        }
        let other = b"\x31\x18\0\x13$SYS/broker/version1.0";
        assert_eq!(names(&known(&STEP, &[OPEN, other])).2, "1.0");
    }

    #[test]
    fn messages_about_something_else_are_not_read() {
        let other = b"\x30\x06\0\x03a/bx";
        let recognition = known(&STEP, &[OPEN, &[&other[..], VERSION].concat()]);
        assert_eq!(names(&recognition).1, "2.0.11");
    }

    #[test]
    fn a_broker_that_asks_for_a_password_or_refuses_is_known() {
        assert_eq!(known(&STEP, &[b"\x20\x02\0\x05"]).notes, [Note::AsksPassword]);
        assert!(known(&STEP, &[b"\x20\x02\0\x02"]).notes.is_empty());
    }

    #[test]
    fn another_answer_is_refused() {
        for answer in
            [&b"\x20\x02\x01\0"[..], b"\x20\x02\0\x06", b"\x20\x03\0\0\0", b"\x30\x02\0\0"]
        {
            assert_eq!(tells(&STEP, &[answer]), None);
        }
    }
}
