//! What every question has in common, and the checks that each protocol's tests share.

use super::*;
use proptest::prelude::*;

/// The token of every recorded answer.
pub(super) const TOKEN: Token = *b"KlinkeTestToken!";
/// The token of another check.
const FOREIGN: Token = *b"somebody else's!";

/// What answers at the wrong port.
const STRANGERS: &[&[u8]] = &[
    b"",
    b"\0",
    b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nServer: Linux/5.4 UPnP/1.0 lighttpd/1.4.59\r\n\r\n<html></html>",
    b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
    b"\x15\x03\x03\x00\x02\x02\x28",
    b"220 mail.example ESMTP Postfix\r\n",
    b"\x9d\x1f\x47\x02\xe8\x55\xc3\x70\x0b\xaa\x31\xf6\x88\
      \x14\xdc\x69\x42\x05\xb7\x3e\xf1\x92\x5d\x26",
    &[0; 64],
    &[0xff; 64],
];

/// What a question's reader says of a recorded answer, after these have been checked: no shorter
/// start of it than `least` bytes is taken for an answer, and, where the answer is `tied` to its
/// question, no other check's reader takes it.
pub(super) fn heard(question: &Question, answer: &[u8], least: usize, tied: bool) -> Recognition {
    for length in 0..answer.len() {
        let cut = (question.read)(&TOKEN, &answer[..length]);
        assert!(length >= least || cut.is_none(), "taken after {length} bytes: {cut:?}");
    }
    if tied {
        assert_eq!((question.read)(&FOREIGN, answer), None, "an answer to another check");
    }
    let recognition = (question.read)(&TOKEN, answer).expect("a real answer is recognised");
    assert_eq!(recognition.protocol, Some(question.protocol));
    recognition
}

/// Like [`heard`], for answers that are tied to their question and refused unless complete.
pub(super) fn heard_whole(question: &Question, answer: &[u8]) -> Recognition {
    heard(question, answer, answer.len(), true)
}

/// Product, version and detail.
pub(super) fn names(recognition: &Recognition) -> [&str; 3] {
    [&recognition.product, &recognition.version, &recognition.detail]
        .map(|name| name.as_deref().unwrap_or_default())
}

#[test]
fn strangers_are_taken_for_nothing() {
    for question in QUESTIONS {
        for stranger in STRANGERS {
            let taken = (question.read)(&TOKEN, stranger);
            assert_eq!(taken, None, "{:?} and {stranger:?}", question.protocol);
        }
    }
}

#[test]
fn a_question_that_comes_back_is_no_answer() {
    for question in QUESTIONS {
        let echo = (question.datagram)(&TOKEN);
        for reader in question.ports.iter().flat_map(|port| at_port(*port)) {
            assert_eq!((reader.read)(&TOKEN, &echo), None, "{:?}", reader.protocol);
        }
    }
}

#[test]
fn a_port_is_asked_at_most_three_questions() {
    for port in QUESTIONS.iter().flat_map(|question| question.ports) {
        assert!(at_port(*port).count() <= 3, "port {port}");
    }
}

#[test]
fn every_question_fits_into_one_unbroken_datagram() {
    for question in QUESTIONS {
        let length = (question.datagram)(&TOKEN).len();
        assert!((1..=1232).contains(&length), "{:?}: {length}", question.protocol);
    }
}

#[test]
fn the_same_check_asks_the_same_and_questions_of_one_port_differ() {
    for question in QUESTIONS {
        assert_eq!((question.datagram)(&TOKEN), (question.datagram)(&TOKEN));
        for port in question.ports {
            let same = at_port(*port)
                .filter(|other| (other.datagram)(&TOKEN) == (question.datagram)(&TOKEN));
            assert_eq!(same.count(), 1);
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_stop_a_reader(
        token: Token,
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        for question in QUESTIONS {
            let _ = (question.read)(&token, &bytes);
        }
    }

    #[test]
    fn no_broken_answer_stops_a_reader(place: usize, byte: u8, cut: usize, which: usize) {
        let answers = recorded();
        let (_, answer) = &answers[which % answers.len()];
        let mut broken = answer.clone();
        if !broken.is_empty() {
            let place = place % broken.len();
            broken[place] = byte;
            broken.truncate(cut % (broken.len() + 1));
        }
        for question in QUESTIONS {
            let _ = (question.read)(&TOKEN, &broken);
        }
    }
}

/// Where the recorded answers of real servers are, in files that begin with “udp-”. They answer
/// questions with [`TOKEN`].
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds");

/// A recorded answer.
pub(super) fn seed(name: &str) -> Vec<u8> {
    std::fs::read(format!("{SEEDS}/{name}")).expect("a recorded answer")
}

/// Every recorded answer.
fn recorded() -> Vec<(String, Vec<u8>)> {
    let folders = std::fs::read_dir(SEEDS).expect("the seeds").flatten();
    let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten();
    let ours =
        files.flatten().filter(|file| file.file_name().to_string_lossy().starts_with("udp-"));
    ours.map(|file| file.path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("a recorded answer")))
        .collect()
}

#[test]
fn a_recorded_answer_is_taken_by_its_own_protocol_only() {
    for (name, answer) in recorded() {
        let mut protocols: Vec<_> = QUESTIONS
            .iter()
            .filter_map(|question| (question.read)(&TOKEN, &answer)?.protocol)
            .collect();
        protocols.dedup();
        assert!(protocols.len() <= 1, "{name}: {protocols:?}");
    }
}
