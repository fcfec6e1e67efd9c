//! Every recorded answer goes through what reads it, whole, cut and changed; and fuzzing forgets no
//! reader. What is done with the bytes stands beside the fuzz targets, which do the same.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../fuzz/src/harness.rs"]
mod harness;

use harness::{ROOMS, hear, length};
use klinke_protocols::udp::QUESTIONS;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that lists the fuzz targets.
const TABLE: &str = include_str!("../../fuzz/Cargo.toml");
/// With this begins what the server reads and no protocol does: `backend/tests/seeds.rs` is about it.
const OF_THE_SERVER: &str = "server-";
/// What reads bytes and belongs to no protocol.
const OTHERS: [&str; 3] = ["identify", "interview", "said"];
/// Of these no answer of a real server has been recorded. A protocol that is not among them has a
/// folder with some.
const NEVER_HEARD: [&str; 22] = [
    "adb",
    "afp",
    "ajp",
    "bacnet",
    "cassandra",
    "cisco-install",
    "dnp3",
    "ethernet-ip",
    "finger",
    "iec-104",
    "minecraft",
    "mongodb",
    "mssql",
    "mssql-browser",
    "niagara-fox",
    "oracle",
    "radmin",
    "rtsp",
    "slp",
    "teamspeak",
    "ubiquiti",
    "winbox",
];
/// Changing every byte of an answer is quick only while it is short.
const SHORT: usize = 512;
/// How the bytes of a short answer change: one bit, the highest bit, and all.
const CHANGES: [u8; 3] = [0x01, 0x80, 0xff];
/// An answer is cut at every byte of its beginning, and then at every so many: rustls and SSH
/// compute keys each time.
const EVERY_BYTE: usize = 256;
const STRIDE: usize = 61;

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The folders with recorded answers, by the protocol of which they are.
fn folders() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let all = entries(&root).into_iter().map(|folder| (name(&folder), folder));
    all.filter(|(name, _)| !name.starts_with(OF_THE_SERVER)).collect()
}

/// Everything that reads hostile bytes, by room and protocol: `tcp-redis`, `udp-dns`.
fn readers() -> BTreeSet<(&'static str, &'static str)> {
    let steps = ROOMS.iter().flat_map(|(room, steps)| steps.iter().map(|it| (*room, it.protocol)));
    let all = steps.chain(QUESTIONS.iter().map(|it| ("udp", it.protocol)));
    all.map(|(room, protocol)| (room, protocol.as_str())).collect()
}

/// Every recorded answer with the targets that read it.
fn answers() -> Vec<(Vec<String>, PathBuf)> {
    let of_folder = |(protocol, folder): (String, PathBuf)| {
        let readers = readers().into_iter().filter(|reader| reader.1 == protocol);
        let mut targets: Vec<_> =
            readers.map(|(room, protocol)| format!("{room}-{protocol}")).collect();
        targets.push("identify".to_owned());
        entries(&folder).into_iter().map(move |file| (targets.clone(), file)).collect::<Vec<_>>()
    };
    folders().into_iter().flat_map(of_folder).collect()
}

fn hear_by(targets: &[String], bytes: &[u8]) {
    for target in targets {
        hear(target, bytes);
    }
}

#[test]
fn every_reader_is_a_fuzz_target_and_every_target_a_reader() {
    let named = |line: &'static str| line.trim().strip_prefix("{ name = \"")?.split('"').next();
    let ours = TABLE.lines().filter_map(named).filter(|name| !name.starts_with(OF_THE_SERVER));
    let listed: BTreeSet<_> = ours.map(str::to_owned).collect();
    let readers = readers().into_iter().map(|(room, protocol)| format!("{room}-{protocol}"));
    assert_eq!(listed, readers.chain(OTHERS.map(str::to_owned)).collect());
}

#[test]
fn every_protocol_has_recorded_answers_or_never_had_any() {
    let heard = folders().into_iter().map(|(protocol, folder)| {
        assert!(!entries(&folder).is_empty(), "{protocol} has an empty folder");
        protocol
    });
    let known: BTreeSet<_> = heard.chain(NEVER_HEARD.map(str::to_owned)).collect();
    assert_eq!(known, readers().into_iter().map(|(_, protocol)| protocol.to_owned()).collect());
}

#[test]
fn recorded_answers_are_borne_whole_and_cut_anywhere() {
    for (targets, file) in answers() {
        let answer = fs::read(&file).unwrap();
        let dense = answer.len().min(EVERY_BYTE);
        let sparse = (dense..answer.len()).step_by(STRIDE);
        for end in (0..dense).chain(sparse).chain([answer.len()]) {
            hear_by(&targets, &answer[..end]);
        }
        hear_by(&OTHERS.map(str::to_owned), &answer);
    }
}

#[test]
fn recorded_answers_are_borne_in_two_pieces() {
    for (targets, file) in answers() {
        let answer = fs::read(&file).unwrap();
        for end in (0..=u8::MAX).take_while(|end| length(*end) < answer.len()) {
            // The first conversation at its first port hears a piece that ends here, and the rest.
            let cut = [&[0, 0, 1, end][..], &answer].concat();
            hear_by(&targets, &cut);
        }
    }
}

#[test]
fn short_recorded_answers_are_borne_with_any_byte_changed() {
    for (targets, file) in answers() {
        let mut answer = fs::read(&file).unwrap();
        if answer.len() > SHORT {
            continue;
        }
        for place in 0..answer.len() {
            for change in CHANGES {
                answer[place] ^= change;
                hear_by(&targets, &answer);
                answer[place] ^= change;
            }
        }
    }
}
