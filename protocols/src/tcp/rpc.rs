//! ONC RPC: calls the procedure 0 of the port mapper and of NFS, which does nothing and takes no
//! credentials (RFC 5531, 9 and 11; RFC 1833, 3.2; RFC 1813, 3.3.0). Asks for no list and no file.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The port mapper, program 100000 in version 2.
pub(super) const PORTMAPPER: Step = Step {
    protocol: Protocol::Rpc,
    ports: &[111],
    listens: false,
    begin: |_| Box::new(Exchange::ask(call(MAPPER_NUMBER, 100_000, 2), portmapper)),
};

/// NFS, program 100003 in version 3.
pub(super) const NFS: Step = Step {
    protocol: Protocol::Nfs,
    ports: &[2049],
    listens: false,
    begin: |_| Box::new(Exchange::ask(call(NFS_NUMBER, 100_003, 3), nfs)),
};

/// They mark the answers to the two calls.
const MAPPER_NUMBER: [u8; 4] = *b"Klnp";
const NFS_NUMBER: [u8; 4] = *b"Klnf";
/// RFC 5531, 11: the last fragment of a record has its highest bit set.
const LAST_FRAGMENT: u32 = 0x8000_0000;
/// A call without credentials: ten words.
const CALL_LENGTH: u32 = 40;
/// An answer to it has at most a verifier of 400 bytes (RFC 5531, 8.2) and ten words.
const LONGEST_ANSWER: u32 = 440;
const REPLY: u32 = 1;
const ACCEPTED: u32 = 0;
const DENIED: u32 = 1;
/// What may become of an accepted call: 0 is done; the program is not here; only in other versions.
const UNAVAILABLE: u32 = 1;
const MISMATCH: u32 = 2;
const LAST_STATUS: u32 = 5;

fn call(number: [u8; 4], program: u32, version: u32) -> Vec<u8> {
    // Call, RPC version 2, program, version, procedure 0, then no credentials and no verifier.
    let words = [0, 2, program, version, 0, 0, 0, 0, 0];
    let words = words.into_iter().flat_map(u32::to_be_bytes);
    let mark = (LAST_FRAGMENT | CALL_LENGTH).to_be_bytes();
    mark.into_iter().chain(number).chain(words).collect()
}

fn portmapper(heard: &[u8], over: bool) -> Reading {
    read(heard, over, MAPPER_NUMBER, Recognition::of(Protocol::Rpc).product("rpcbind"))
}

fn nfs(heard: &[u8], over: bool) -> Reading {
    read(heard, over, NFS_NUMBER, Recognition::of(Protocol::Nfs))
}

fn read(heard: &[u8], over: bool, number: [u8; 4], known: Recognition) -> Reading {
    let mut bytes = Bytes(heard);
    let Some(mark) = bytes.u32() else {
        return if over { Reading::Other } else { Reading::More };
    };
    let length = mark & !LAST_FRAGMENT;
    if mark & LAST_FRAGMENT == 0 || length > LONGEST_ANSWER {
        return Reading::Other;
    }
    let Some(answer) = usize::try_from(length).ok().and_then(|length| bytes.take(length)) else {
        return if over { Reading::Other } else { Reading::More };
    };
    match status(Bytes(answer), number) {
        Some((MISMATCH, Some((low, high)))) if low == high => {
            Reading::known(known.detail(format!("version {low}")))
        }
        Some((MISMATCH, Some((low, high)))) => {
            Reading::known(known.detail(format!("version {low}–{high}")))
        }
        Some((UNAVAILABLE, _)) | None => Reading::Other,
        Some(_) => Reading::known(known),
    }
}

/// What became of the call, and in which versions the program is here instead.
fn status(mut answer: Bytes, number: [u8; 4]) -> Option<(u32, Option<(u32, u32)>)> {
    answer.expect(&number)?;
    if answer.u32()? != REPLY {
        return None;
    }
    match answer.u32()? {
        ACCEPTED => {
            answer.u32()?;
            let verifier = usize::try_from(answer.u32()?).ok()?;
            answer.take(verifier)?;
            let status = answer.u32().filter(|status| *status <= LAST_STATUS)?;
            Some((status, answer.u32().zip(answer.u32())))
        }
        // Another RPC version, or a log-in is wanted: RPC is spoken.
        DENIED => answer.u32().filter(|reason| *reason <= 1).map(|_| (LAST_STATUS, None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_a_call_of_the_procedure_that_does_nothing() {
        let mut expected = b"\x80\0\0\x28Klnp\0\0\0\0\0\0\0\x02\0\x01\x86\xa0\0\0\0\x02".to_vec();
        expected.extend([0; 20]);
        assert_eq!(question(&PORTMAPPER), expected);
        assert_eq!(question(&NFS).get(16..24), Some(&b"\0\x01\x86\xa3\0\0\0\x03"[..]));
    }

    #[test]
    fn rpcbind_of_debian_is_recognised() {
        let answer = include_bytes!("../../../fuzz/seeds/rpc/rpcbind");
        assert_eq!(names(&known(&PORTMAPPER, &[answer])).0, "rpcbind");
        assert_eq!(tells(&NFS, &[answer]), None);
    }

    #[test]
    fn ganesha_of_debian_names_the_versions_that_it_has() {
        let answer = include_bytes!("../../../fuzz/seeds/nfs/ganesha");
        assert_eq!(names(&known(&NFS, &[answer])).2, "version 4");
    }

    #[test]
    fn another_number_or_a_program_that_is_not_here_is_refused() {
        let wrong = b"\x80\0\0\x18Klnx\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(tells(&PORTMAPPER, &[wrong]), None);
        let absent = b"\x80\0\0\x18Klnf\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01";
        assert_eq!(tells(&NFS, &[absent]), None);
        assert_eq!(
            tells(&PORTMAPPER, &[&call(MAPPER_NUMBER, 100_000, 2)]),
            None,
            "an echo is no answer"
        );
    }
}
