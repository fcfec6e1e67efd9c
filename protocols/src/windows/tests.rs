//! What holds for every conversation of this folder, and what their tests share.

use super::{STEPS, rdp_without_nla};
use crate::{Act, Context, Conversation};
use klinke_shared::Recognition;
use proptest::prelude::*;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

/// How a conversation begins.
pub(crate) type Begin = fn(&Context) -> Box<dyn Conversation>;

/// A check of nobody.
pub(crate) const CONTEXT: Context = Context {
    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
    port: 1,
    token: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    now: 1_800_000_000,
};

/// Answers of other protocols: HTTP, SSH, TLS, SMTP, noise and nothing.
const OTHERS: &[&[u8]] = &[
    b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
    b"\x15\x03\x01\x00\x02\x02\x28",
    b"220 mail.example ESMTP\r\n",
    b"\x83\x1f\x77\x02\x99\xe0\x41\x0c\xfe\xdd\x06\x28\x53\xa0\x01\x92",
    b"",
];

/// What comes of an answer after which nothing more is heard.
pub(crate) fn answer(begin: Begin, heard: &[u8]) -> Act {
    let mut conversation = begin(&CONTEXT);
    conversation.start();
    match conversation.hear(heard) {
        Act::Listen | Act::Say(_) => conversation.over(),
        end => end,
    }
}

/// What is known at once after an answer, however it is cut.
pub(crate) fn known(begin: Begin, heard: &[u8]) -> Recognition {
    let Act::Known(whole) = answer(begin, heard) else { panic!("not recognised") };
    let mut conversation = begin(&CONTEXT);
    conversation.start();
    for byte in heard {
        if let Act::Known(piecewise) = conversation.hear(&[*byte]) {
            assert_eq!(piecewise, whole);
            return *whole;
        }
    }
    panic!("not recognised byte by byte");
}

/// An answer that is cut off is nothing.
pub(crate) fn never_known_too_early(begin: Begin, heard: &[u8]) {
    for length in 0..heard.len() {
        assert_eq!(answer(begin, &heard[..length]), Act::Other, "{length}");
    }
}

/// No other protocol is taken for this one.
pub(crate) fn refuses_others(begin: Begin) {
    for heard in OTHERS {
        assert_eq!(answer(begin, heard), Act::Other, "{heard:?}");
    }
}

fn listen_to(begin: Begin, pieces: &[Vec<u8>]) {
    let mut conversation = begin(&CONTEXT);
    assert!(matches!(conversation.start(), Act::Say(_)));
    for piece in pieces {
        if matches!(conversation.hear(piece), Act::Known(_) | Act::Other) {
            return;
        }
    }
    assert!(matches!(conversation.over(), Act::Known(_) | Act::Other));
}

#[test]
fn no_real_answer_of_another_protocol_is_taken_for_one_of_these() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    for folder in fs::read_dir(seeds).unwrap().map(Result::unwrap) {
        let protocol = folder.file_name();
        let strangers =
            STEPS.iter().filter(|step| protocol.to_str() != Some(step.protocol.as_str()));
        for file in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            let heard = fs::read(file.path()).unwrap();
            for step in strangers.clone() {
                let seen = answer(step.begin, &heard);
                assert_eq!(seen, Act::Other, "{}: {:?}", step.protocol.as_str(), file.path());
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_end_without_a_panic(
        start in prop::sample::select(vec![
            &b""[..], b"\x03\0\0", b"\x03\0\0\x13\x0e\xd0\0\0", b"\x82\0\0\0", b"\x83\0\0\x01",
            b"\0\0\0\x80\xfeSMB\x40\0", b"\0\0\0\x80\xffSMBr\0", b"\x05\0\x0c\x03\x10\0\0\0",
        ]),
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..600), 0..40),
    ) {
        let pieces: Vec<_> = std::iter::once(start.to_vec()).chain(pieces).collect();
        for step in STEPS {
            listen_to(step.begin, &pieces);
        }
        listen_to(rdp_without_nla, &pieces);
    }
}
