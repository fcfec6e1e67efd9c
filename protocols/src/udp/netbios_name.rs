//! The `NetBIOS` name service (RFC 1002): asks a host for its own names (4.2.17). Registers,
//! releases and resolves nothing.

use super::{Question, Token, message};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// “*” padded with zeros in the first-level encoding (RFC 1001, 14.1), type NBSTAT, class IN.
const NODE_STATUS: &[u8] = b"\x20CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0\0\x21\0\x01";
/// Type NBSTAT (RFC 1002, 4.2.1.3).
const NBSTAT: u16 = 0x21;
/// The flag of a group's name (RFC 1002, 4.2.18).
const GROUP: u16 = 0x8000;
/// The suffix of a workstation's or domain's name, as Microsoft uses it.
const WORKSTATION: u8 = 0x00;
/// The suffix of the name under which messages reach a host, as Microsoft uses it.
const MESSENGER: u8 = 0x03;
/// The suffix of the file server's name, as Microsoft uses it.
const FILE_SERVER: u8 = 0x20;
/// Statistics follow the names, first of them the hardware's address (RFC 1002, 4.2.18). Samba
/// fills them with zeros, because they “could be used to attack the protocol”
/// (`nmbd_incomingrequests.c`).
const NO_STATISTICS: [u8; 46] = [0; 46];

/// The host's own names.
pub(super) const NAMES: Question = Question {
    protocol: Protocol::NetbiosName,
    ports: &[137],
    datagram: ask,
    read,
    from_any_port: false,
};

const fn id([_, _, _, _, _, _, first, second, ..]: &Token) -> [u8; 2] {
    [*first, *second]
}

fn ask(token: &Token) -> Vec<u8> {
    message::ask(id(token), [0, 0], NODE_STATUS)
}

fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let answer = message::answer(id(token), NODE_STATUS, bytes)?;
    let status = answer.answers.iter().find(|record| record.kind == NBSTAT)?;
    let mut data = Bytes(status.data);
    let count = data.u8()?;
    let names: Vec<_> = (0..count).map(|_| name(&mut data)).collect::<Option<_>>()?;
    let known = Recognition::of(Protocol::NetbiosName).detail(said(&names));
    Some(if data.0 == NO_STATISTICS && has_names_of_samba(&names) {
        known.product("Samba")
    } else {
        known
    })
}

/// Whether these are the names that Samba's nmbd always gives its host (`nmbd_namelistdb.c`). Others
/// without statistics give theirs another set: macOS one name, Windows since Vista no messenger.
fn has_names_of_samba(names: &[(&[u8], u8, bool)]) -> bool {
    let host = names.iter().find(|(_, suffix, group)| *suffix == WORKSTATION && !group);
    host.is_some_and(|(host, ..)| {
        [MESSENGER, FILE_SERVER].iter().all(|suffix| names.contains(&(host, *suffix, false)))
    })
}

/// A name with its suffix and whether a group has it.
fn name<'a>(data: &mut Bytes<'a>) -> Option<(&'a [u8], u8, bool)> {
    let (name, suffix, flags) = (data.take(15)?, data.u8()?, data.u16()?);
    Some((name.trim_ascii_end(), suffix, flags & GROUP != 0))
}

/// “WORKGROUP\HOST”, or what there is of it.
fn said(names: &[(&[u8], u8, bool)]) -> Vec<u8> {
    let find = |wanted: u8, of_group: bool| {
        let mut names = names.iter();
        let found = names.find(|(_, suffix, group)| *suffix == wanted && *group == of_group);
        found.map(|(name, ..)| *name)
    };
    let host = find(WORKSTATION, false).or_else(|| find(FILE_SERVER, false));
    match (find(WORKSTATION, true), host) {
        (Some(group), Some(host)) => [group, host].join(&b'\\'),
        (None, Some(name)) | (Some(name), None) => name.to_vec(),
        (None, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_the_node_status_request_of_rfc_1002() {
        let question = (NAMES.datagram)(&TOKEN);
        assert_eq!(question[..12], *b"Te\0\0\0\x01\0\0\0\0\0\0");
        assert_eq!(question.len(), 50);
    }

    #[test]
    fn samba_says_its_names() {
        let recognition = heard_whole(&NAMES, &seed("netbios-name/udp-samba"));
        assert_eq!(names(&recognition), ["Samba", "", "OFFICE\\FILES"]);
    }

    #[test]
    fn who_tells_its_hardware_or_has_other_names_is_not_samba() {
        let samba = seed("netbios-name/udp-samba");
        // The address of the hardware, a number of the statistics, the messenger's suffix.
        for (place, byte) in [(0xb7, 2), (0xe4, 1), (0x5a, 0x06)] {
            let mut other = samba.clone();
            other[place] = byte;
            let recognition = (NAMES.read)(&TOKEN, &other).unwrap();
            assert_eq!(names(&recognition), ["", "", "OFFICE\\FILES"], "{place}");
        }
    }

    #[test]
    fn what_there_is_of_names_is_said() {
        assert_eq!(said(&[(b"PRINTER", 0, false)]), b"PRINTER");
        assert_eq!(said(&[(b"OFFICE", 0, true)]), b"OFFICE");
        assert_eq!(said(&[(b"FILES", 0x20, false), (b"OFFICE", 0, true)]), b"OFFICE\\FILES");
        assert_eq!(said(&[]), b"");
    }

    #[test]
    fn more_names_than_there_are_is_no_answer() {
        let mut answer = seed("netbios-name/udp-samba");
        answer[56] = 255;
        assert_eq!((NAMES.read)(&TOKEN, &answer), None);
    }
}
