//! What must hold for every step of this folder, whatever it hears.

use super::check::{STRANGERS, context, question, tells};
use super::{NEVER_ASKED, STEPS, identify};
use crate::{Act, MOST_HEARD, Step};
use klinke_shared::Protocol;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Every real answer in the folder of seeds, with its protocol's name.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let files = |folder: &Path| -> Vec<_> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let folders = files(&root).into_iter().filter(|path| path.is_dir());
    folders
        .flat_map(|folder| {
            let protocol = folder.file_name().unwrap().to_string_lossy().into_owned();
            files(&folder).into_iter().map(move |file| (protocol.clone(), fs::read(file).unwrap()))
        })
        .collect()
}

/// Answers of real daemons, each with the folder of its protocol.
const REAL: [&str; 33] = [
    "activemq/activemq",
    "amqp/rabbitmq",
    "chargen/inetd",
    "dns/bind",
    "ftp/proftpd",
    "ftp/pure-ftpd",
    "ftp/vsftpd",
    "imap/dovecot",
    "ldap/openldap",
    "memcached/memcached",
    "modbus/pymodbus",
    "mqtt/open",
    "mqtt/password",
    "mysql/mariadb-handshake",
    "nfs/ganesha",
    "opc-ua/asyncua",
    "pop3/dovecot",
    "postgresql/no-tls",
    "pptp/poptop",
    "redis/open",
    "redis/password",
    "redis/protected",
    "rpc/rpcbind",
    "rsync/rsyncd",
    "s7/snap7",
    "sip/kamailio",
    "smtp/exim",
    "smtp/postfix",
    "telnet/inetutils",
    "vnc/none",
    "vnc/password",
    "x11/open",
    "xmpp/prosody",
];

#[test]
fn every_real_answer_is_recognised() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    for name in REAL {
        let answer = fs::read(root.join(name)).unwrap();
        let (protocol, _) = name.split_once('/').unwrap();
        let mut steps = STEPS.iter().filter(|step| step.protocol.as_str() == protocol);
        assert!(steps.any(|step| tells(step, &[&answer]).is_some()), "{name}");
    }
}

#[test]
fn no_step_takes_a_real_answer_of_another_protocol_for_its_own() {
    let speaks =
        |name: &str| STEPS.iter().any(|step| step.protocol.as_str() == name && step.listens);
    for (protocol, answer) in seeds() {
        for step in STEPS.iter().filter(|step| step.protocol.as_str() != protocol) {
            // A quote is any text, but only of somebody who speaks without being asked.
            if step.protocol == Protocol::Qotd && !speaks(&protocol) {
                continue;
            }
            let seen = tells(step, &[&answer]);
            assert_eq!(seen, None, "{} takes {protocol} for its own", step.protocol.as_str());
        }
    }
}

#[test]
fn no_step_takes_a_stranger_for_its_own() {
    for step in STEPS {
        for stranger in STRANGERS {
            assert_eq!(tells(step, &[stranger]), None, "{}", step.protocol.as_str());
        }
    }
}

#[test]
fn who_listens_asks_nothing_first_and_who_asks_does_not_listen() {
    for step in STEPS {
        let silent = matches!((step.begin)(&context(step)).start(), Act::Listen);
        assert_eq!(step.listens, silent, "{}", step.protocol.as_str());
        assert!(question(step).len() <= 256, "{} asks too much", step.protocol.as_str());
    }
}

#[test]
fn nothing_is_asked_where_what_is_sent_is_printed() {
    for step in STEPS {
        assert!(!step.ports.iter().any(|port| NEVER_ASKED.contains(port)));
    }
    assert!(NEVER_ASKED.is_sorted());
}

/// Runs a step over bytes in pieces until it ends, and says how often it spoke.
fn run(step: &Step, bytes: &[u8], cuts: &[usize]) -> usize {
    let mut talk = (step.begin)(&context(step));
    let mut said = usize::from(matches!(talk.start(), Act::Say(_)));
    let mut rest = bytes;
    for cut in cuts {
        let (piece, after) = rest.split_at(cut % (rest.len() + 1));
        rest = after;
        match talk.hear(piece) {
            Act::Known(_) | Act::Other => return said,
            Act::Say(words) => said += usize::from(!words.is_empty()),
            Act::Listen => {}
        }
    }
    talk.hear(rest);
    for _ in 0..4 {
        if !matches!(talk.over(), Act::Say(_)) {
            break;
        }
        said += 1;
    }
    said
}

proptest! {
    // Each case tries every step, and one of the two every seed as well.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_in_any_pieces_are_borne(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        cuts in prop::collection::vec(any::<usize>(), 0..6),
    ) {
        for step in STEPS {
            prop_assert!(run(step, &bytes, &cuts) <= 4);
        }
        drop(identify(&bytes));
    }

    #[test]
    fn real_answers_with_some_bytes_changed_are_borne(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cuts in prop::collection::vec(any::<usize>(), 0..4),
    ) {
        for (_, mut answer) in seeds() {
            for (place, byte) in &changes {
                let length = answer.len();
                if let Some(changed) = answer.get_mut(place.index(length.max(1))) {
                    *changed = *byte;
                }
            }
            for step in STEPS {
                run(step, &answer, &cuts);
            }
            drop(identify(&answer));
        }
    }
}

#[test]
fn a_flood_is_not_kept() {
    let flood = vec![b'a'; MOST_HEARD];
    for step in STEPS {
        let mut talk = (step.begin)(&context(step));
        talk.start();
        let mut ended = false;
        for _ in 0..4 {
            ended |= matches!(talk.hear(&flood), Act::Known(_) | Act::Other);
        }
        assert!(ended, "{} goes on listening", step.protocol.as_str());
    }
}
