//! Whole conversations over SSH: what real servers said to the same questions, and what nobody says.

use super::ssh::begin;
use crate::{Act, Context};
use klinke_shared::{Note, Protocol, Recognition};
use proptest::prelude::*;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

/// The check during which the servers below spoke. What they sealed opens with its keys alone.
const CONTEXT: Context = Context {
    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
    port: 2222,
    token: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    now: 1_800_000_000,
};
/// The same at the port of the other server.
const AT_DROPBEAR: Context = Context { port: 2223, ..CONTEXT };

/// OpenSSH 9.2 of Debian 12: as it comes, without passwords, with one cipher, with none of ours.
const OPENSSH: &[u8] = include_bytes!("../../../fuzz/seeds/ssh/openssh-9.2-password");
const OPENSSH_KEYS: &[u8] = include_bytes!("../../../fuzz/seeds/ssh/openssh-9.2-keys");
const OPENSSH_AES: &[u8] = include_bytes!("../../../fuzz/seeds/ssh/openssh-9.2-aes256-gcm");
const OPENSSH_ALIEN: &[u8] =
    include_bytes!("../../../fuzz/seeds/ssh/openssh-9.2-nothing-in-common");
/// Dropbear 2022.83 of Debian 12 with `-s`: no passwords.
const DROPBEAR_KEYS: &[u8] = include_bytes!("../../../fuzz/seeds/ssh/dropbear-2022.83-keys");

/// What is known after this was heard in pieces and the other side hung up.
fn known_in_pieces(context: &Context, heard: &[u8], size: usize) -> Act {
    let mut conversation = begin(context);
    assert_eq!(conversation.start(), Act::Listen);
    for piece in heard.chunks(size) {
        match conversation.hear(piece) {
            Act::Listen | Act::Say(_) => {}
            end => return end,
        }
    }
    conversation.over()
}

fn known(context: &Context, heard: &[u8]) -> Recognition {
    let Act::Known(ssh) = known_in_pieces(context, heard, heard.len()) else {
        panic!("not recognised")
    };
    for size in [1, 7, 100] {
        assert_eq!(known_in_pieces(context, heard, size), Act::Known(ssh.clone()));
    }
    *ssh
}

fn openssh() -> Recognition {
    Recognition::of(Protocol::Ssh)
        .product("OpenSSH")
        .version("9.2p1")
        .detail("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10")
}

#[test]
fn openssh_tells_whether_a_password_will_do() {
    assert_eq!(known(&CONTEXT, OPENSSH), openssh().note(Note::PasswordLogin));
    assert_eq!(known(&CONTEXT, OPENSSH_AES), openssh().note(Note::PasswordLogin));
    assert_eq!(known(&CONTEXT, OPENSSH_KEYS), openssh().note(Note::KeyOnly));
}

#[test]
fn dropbear_tells_it_too() {
    let dropbear = Recognition::of(Protocol::Ssh)
        .product("Dropbear")
        .version("2022.83")
        .detail("SSH-2.0-dropbear_2022.83");
    assert_eq!(known(&AT_DROPBEAR, DROPBEAR_KEYS), dropbear.note(Note::KeyOnly));
}

#[test]
fn a_server_with_other_algorithms_is_known_by_its_greeting() {
    assert_eq!(known(&CONTEXT, OPENSSH_ALIEN), openssh());
}

#[test]
fn the_first_words_are_a_greeting_and_algorithms_and_the_last_a_goodbye() {
    let mut conversation = begin(&CONTEXT);
    conversation.start();
    let Act::Say(hello) = conversation.hear(b"SSH-2.0-x\r\n") else { panic!("says nothing") };
    let (greeting, packet) = hello.split_at(16);
    assert_eq!(greeting, b"SSH-2.0-Klinke\r\n");
    assert_eq!(packet.len() % 8, 0);
    // KEXINIT, then 16 bytes of a cookie, then the first list (RFC 4253 7.1).
    assert_eq!(packet[5], 20);
    assert!(packet[22..].starts_with(b"\0\0\0\x2ecurve25519-sha256,"));
    let ours = packet.to_vec();
    let Act::Say(half) = conversation.hear(&ours) else { panic!("says nothing") };
    assert_eq!(half[5..10], [30, 0, 0, 0, 32]);
    let mut alien = begin(&CONTEXT);
    alien.hear(b"SSH-2.0-x\r\n");
    let Act::Say(goodbye) =
        alien.hear(&[&ours[..30], b"XX", &ours[32..48], b"X", &ours[49..]].concat())
    else {
        panic!("says nothing")
    };
    assert_eq!(goodbye[5..10], [1, 0, 0, 0, 3]);
}

#[test]
fn an_old_protocol_is_noted_as_it_says() {
    let expected = Recognition::of(Protocol::Ssh)
        .product("OpenSSH")
        .version("1.2")
        .detail("SSH-1.5-OpenSSH_1.2");
    let known = known_in_pieces(&CONTEXT, b"SSH-1.5-OpenSSH_1.2\n\0\0\0", 100);
    assert_eq!(known, Act::Known(Box::new(expected)));
}

#[test]
fn half_a_conversation_tells_no_more_than_the_greeting() {
    let line = OPENSSH.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for length in 0..OPENSSH.len() {
        let expected = if length < line { Act::Other } else { Act::Known(Box::new(openssh())) };
        assert_eq!(known_in_pieces(&CONTEXT, &OPENSSH[..length], 2000), expected, "{length}");
    }
}

#[test]
fn what_was_sealed_for_another_check_is_not_believed() {
    let other = Context { token: [9; 16], ..CONTEXT };
    assert_eq!(known(&other, OPENSSH), openssh());
    let mut changed = OPENSSH.to_vec();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(known(&CONTEXT, &changed), openssh());
}

#[test]
fn other_protocols_are_not_ssh() {
    for other in [
        &b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n"[..],
        b"220 mail.example ESMTP\r\n",
        b"\x15\x03\x01\0\x02\x02\x28",
        b"\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0",
        b"\x83\x1f\x77\x02\x99\xe0\x41\x0c",
        b"",
    ] {
        assert_eq!(known_in_pieces(&CONTEXT, other, 100), Act::Other, "{other:?}");
    }
}

#[test]
fn no_real_answer_of_another_protocol_is_taken_for_ssh() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    for folder in fs::read_dir(seeds).unwrap().map(Result::unwrap) {
        if folder.file_name() == "ssh" {
            continue;
        }
        for file in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            let heard = fs::read(file.path()).unwrap();
            let seen = known_in_pieces(&CONTEXT, &heard, heard.len().max(1));
            assert_eq!(seen, Act::Other, "{:?}", file.path());
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_end_without_a_panic(
        kept in 0..OPENSSH.len(),
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..600), 0..40),
    ) {
        for start in [OPENSSH, OPENSSH_AES] {
            let mut conversation = begin(&CONTEXT);
            conversation.start();
            conversation.hear(start.get(..kept).unwrap_or(start));
            for piece in &pieces {
                conversation.hear(piece);
            }
            prop_assert!(matches!(conversation.over(), Act::Known(_) | Act::Other));
        }
    }
}
