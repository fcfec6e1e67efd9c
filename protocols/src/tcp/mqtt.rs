//! MQTT: CONNECT without a name and a password, then DISCONNECT (MQTT 3.1.1, 3.1, 3.2 and 3.14).
//! Every MQTT connection has to begin so. Subscribes to nothing and publishes nothing.

use super::dialogue::{Dialogue, Turn};
use crate::Step;
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
const DISCONNECT: &[u8] = b"\xe0\0";
/// CONNACK, of which two bytes follow.
const CONNACK: [u8; 2] = [0x20, 2];
/// The last return code that 3.1.1 knows (table 3.1).
const LAST_CODE: u8 = 5;

fn read(heard: &[u8], said: u8, over: bool) -> Turn {
    let known = Recognition::of(Protocol::Mqtt);
    match *heard {
        // After a clean session, none can be present already (3.2.2.2).
        [first, length, 0, code] if [first, length] == CONNACK && code <= LAST_CODE => match code {
            0 if said == 0 => Turn::Say(DISCONNECT.to_vec()),
            0 if !over => Turn::More,
            0 => Turn::known(known.note(Note::NoPassword)),
            // Bad name or password; not authorised.
            4 | 5 => Turn::known(known.note(Note::AsksPassword)),
            _ => Turn::known(known),
        },
        _ if !over
            && heard.len() < 4
            && b"\x20\x02\0".starts_with(heard.get(..3).unwrap_or(heard)) =>
        {
            Turn::More
        }
        _ => Turn::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{drive, known, tells};

    #[test]
    fn it_connects_without_a_name_and_says_goodbye() {
        let connect = b"\x10\x12\x00\x04MQTT\x04\x02\x00\x1e\x00\x06klinke";
        assert_eq!(drive(&STEP, &[b"\x20\x02\0\0"]).0, [&connect[..], b"\xe0\0"]);
    }

    #[test]
    fn mosquitto_of_debian_is_open_or_not() {
        assert_eq!(known(&STEP, &[b"\x20\x02\0\0"]).notes, [Note::NoPassword]);
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
