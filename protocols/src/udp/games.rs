//! Voice and games: `TeamSpeak` 3 (“TS3 protocol paper”, 2.1, an independent description) and
//! Minecraft's Bedrock edition (`RakNet`: “Unconnected Ping”). Each is asked the first thing that
//! its clients ask; nobody joins.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// What stands for a signature where there is no key yet, and packet 101 (paper, 2).
const INIT: &[u8] = b"TS3INIT1\0\x65";
/// No client yet; an unencrypted packet of the beginning (paper, 1.1.1 and 2).
const FIRST: [u8; 3] = [0, 0, 0x88];
/// The version of a client, as the time when it was built (paper, 2.1: example); step 0.
const CLIENT: [u8; 5] = [0x06, 0x3b, 0xec, 0xe9, 0];
/// The server's first step (paper, 2.2).
const STEP_1: [u8; 2] = [0x88, 1];
/// Unconnected ping (`RakNet`: `ID_UNCONNECTED_PING`).
const PING: u8 = 0x01;
/// Unconnected pong (`RakNet`: `ID_UNCONNECTED_PONG`).
const PONG: u8 = 0x1c;
/// What marks messages outside of a connection (`RakNet`: `OFFLINE_MESSAGE_DATA_ID`).
const MAGIC: &[u8] = b"\x00\xff\xff\x00\xfe\xfe\xfe\xfe\xfd\xfd\xfd\xfd\x12\x34\x56\x78";

/// The first step of a `TeamSpeak` client.
pub(super) const TEAMSPEAK: Question = Question {
    protocol: Protocol::Teamspeak,
    ports: &[9987],
    datagram: ask_teamspeak,
    read: read_teamspeak,
    from_any_port: false,
};

/// The ping of a Bedrock client.
pub(super) const BEDROCK: Question = Question {
    protocol: Protocol::Minecraft,
    ports: &[19_132, 19_133],
    datagram: ask_bedrock,
    read: read_bedrock,
    from_any_port: false,
};

const fn four([a, b, c, d, ..]: &Token) -> [u8; 4] {
    [*a, *b, *c, *d]
}

/// The time is not told.
fn ask_teamspeak(token: &Token) -> Vec<u8> {
    [INIT, &FIRST, &CLIENT, &[0; 4], &four(token), &[0; 8]].concat()
}

/// Our random bytes come back in reverse (paper, 2.2).
fn read_teamspeak(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    bytes.expect(INIT)?;
    bytes.expect(&STEP_1)?;
    bytes.take(16)?;
    let [a, b, c, d] = four(token);
    bytes.expect(&[d, c, b, a])?;
    bytes.is_empty().then(|| Recognition::of(Protocol::Teamspeak).product("TeamSpeak 3"))
}

/// Our clock, the mark, our number.
fn ask_bedrock(token: &Token) -> Vec<u8> {
    let (clock, number) = token.split_at(8);
    [&[PING], clock, MAGIC, number].concat()
}

/// The clock comes back, and a line like “MCPE;name;527;1.19.1;0;10;…”.
fn read_bedrock(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(bytes);
    let (clock, _number) = token.split_at(8);
    bytes.expect(&[PONG])?;
    bytes.expect(clock)?;
    let _its_number = bytes.u64()?;
    bytes.expect(MAGIC)?;
    let length = usize::from(bytes.u16()?);
    let line = bytes.take(length)?;
    let mut words = line.split(|byte| *byte == b';');
    let product = match words.next()? {
        b"MCPE" => "Minecraft Bedrock",
        b"MCEE" => "Minecraft Education",
        _ => return None,
    };
    let (name, _protocol, version) = (words.next()?, words.next()?, words.next()?);
    Some(Recognition::of(Protocol::Minecraft).product(product).version(version).detail(name))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names};
    use super::*;

    #[test]
    fn the_first_step_of_teamspeak_is_that_of_the_paper() {
        let asked = b"TS3INIT1\0\x65\0\0\x88\x06\x3b\xec\xe9\0\0\0\0\0Klin\0\0\0\0\0\0\0\0";
        assert_eq!((TEAMSPEAK.datagram)(&TOKEN), asked);
    }

    #[test]
    fn a_teamspeak_server_gives_our_bytes_back_in_reverse() {
        let answer = b"TS3INIT1\0\x65\x88\x010123456789abcdefnilK";
        assert_eq!(names(&heard_whole(&TEAMSPEAK, answer)), ["TeamSpeak 3", "", ""]);
    }

    #[test]
    fn the_ping_of_bedrock_is_33_bytes() {
        let question = (BEDROCK.datagram)(&TOKEN);
        assert_eq!(question[..9], *b"\x01KlinkeTe");
        assert_eq!(question.len(), 33);
    }

    #[test]
    fn a_bedrock_server_says_version_and_name() {
        // The documented line of a dedicated server.
        let line = b"MCPE;Dedicated Server;527;1.19.1;0;10;13253860892328930865;\
            Bedrock level;Survival;1;19132;19133;";
        let length = u8::try_from(line.len()).unwrap();
        let answer = [b"\x1cKlinkeTe12345678", MAGIC, &[0, length], line].concat();
        let recognition = heard_whole(&BEDROCK, &answer);
        assert_eq!(names(&recognition), ["Minecraft Bedrock", "1.19.1", "Dedicated Server"]);
    }
}
