//! ONC RPC (RFC 5531): calls the procedure that does nothing (12.1: “procedure 0”) of the
//! portmapper (RFC 1833, 3) and of NFS (RFC 1813, 3.3.0). Lists no program and mounts nothing.

use super::{Question, Token};
use crate::Bytes;
use klinke_shared::{Protocol, Recognition};

/// A call, RPC version 2 (RFC 5531, 9).
const CALL: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 2];
/// The portmapper: program 100000, version 2 (RFC 1833, 3.1).
const PORTMAPPER: [u8; 8] = [0x00, 0x01, 0x86, 0xa0, 0, 0, 0, 2];
/// NFS: program 100003, version 3 (RFC 1813, 2.3).
const NFS: [u8; 8] = [0x00, 0x01, 0x86, 0xa3, 0, 0, 0, 3];
/// Procedure 0, and no credentials and no verifier (`AUTH_NONE`, RFC 5531, 10.1).
const NULL: [u8; 20] = [0; 20];
/// A reply (RFC 5531, 9).
const REPLY: u32 = 1;
/// The most that a verifier may have (RFC 5531, 8.2).
const LONGEST_VERIFIER: u32 = 400;

/// The portmapper's procedure that does nothing.
pub(super) const PORTMAPPER_NULL: Question = Question {
    protocol: Protocol::Rpc,
    ports: &[111],
    datagram: |token| ask(token, PORTMAPPER),
    read: |token, bytes| read(token, bytes, Protocol::Rpc),
    from_any_port: false,
};

/// The procedure of NFS that does nothing.
pub(super) const NFS_NULL: Question = Question {
    protocol: Protocol::Nfs,
    ports: &[2049],
    datagram: |token| ask(token, NFS),
    read: |token, bytes| read(token, bytes, Protocol::Nfs),
    from_any_port: false,
};

/// The number of the call; the programs' differ.
const fn call_id([a, b, c, d, ..]: &Token, program: u8) -> [u8; 4] {
    [*a, *b, *c, *d ^ program]
}

fn ask(token: &Token, program: [u8; 8]) -> Vec<u8> {
    let [_, _, _, last, ..] = program;
    [&call_id(token, last)[..], &CALL, &program, &NULL].concat()
}

fn read(token: &Token, bytes: &[u8], protocol: Protocol) -> Option<Recognition> {
    let [_, _, _, last, ..] = if protocol == Protocol::Nfs { NFS } else { PORTMAPPER };
    let mut bytes = Bytes(bytes);
    bytes.expect(&call_id(token, last))?;
    (bytes.u32()? == REPLY).then_some(())?;
    let is_reply = match bytes.u32()? {
        0 => accepted(&mut bytes)?,
        // Denied: another RPC version or no authentication (RFC 5531, 9).
        1 => matches!((bytes.u32()?, bytes.len()), (0, 8) | (1, 4)),
        _ => false,
    };
    is_reply.then(|| Recognition::of(protocol))
}

/// The verifier, and success or why not (RFC 5531, 9).
fn accepted(bytes: &mut Bytes<'_>) -> Option<bool> {
    let (_flavour, length) = (bytes.u32()?, bytes.u32()?);
    (length <= LONGEST_VERIFIER).then_some(())?;
    bytes.take(usize::try_from(length).ok()?.next_multiple_of(4))?;
    let status = bytes.u32()?;
    // A program of another version says which ones it has.
    Some(matches!((status, bytes.len()), (0 | 1 | 3..=5, 0) | (2, 8)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, seed};
    use super::*;

    #[test]
    fn the_question_calls_the_procedure_that_does_nothing() {
        let question = (PORTMAPPER_NULL.datagram)(&TOKEN);
        assert_eq!(question[4..20], [0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0x86, 0xa0, 0, 0, 0, 2]);
        assert!(question[20..].iter().all(|byte| *byte == 0));
        assert_eq!(question.len(), 40);
    }

    #[test]
    fn rpcbind_is_recognised() {
        let recognition = heard_whole(&PORTMAPPER_NULL, &seed("rpc/udp-rpcbind"));
        assert_eq!(recognition, Recognition::of(Protocol::Rpc));
        assert_eq!((NFS_NULL.read)(&TOKEN, &seed("rpc/udp-rpcbind")), None);
    }

    #[test]
    fn a_server_of_another_version_of_nfs_is_one_too() {
        // RFC 5531, 9: accepted, program mismatch, versions 4 to 4.
        let id = call_id(&TOKEN, 0xa3);
        let rest =
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 4];
        assert_eq!(
            heard_whole(&NFS_NULL, &[&id[..], &rest].concat()).protocol,
            Some(Protocol::Nfs)
        );
    }
}
