//! What is done with hostile bytes: a conversation is led to its end with them, and what it says of
//! them keeps the bounds that everybody relies on. Fuzzing and the replay of recorded answers do the
//! same. Knows no protocol's bytes.

use klinke_protocols::{
    Act, Context, Conversation, Ended, Interview, MOST_CONNECTIONS, MOST_HEARD, Step, merged,
    secure, tcp, udp, windows,
};
use klinke_shared::{LONGEST_SAID, MOST_NAMES, Protocol, Recognition, said};
use std::net::{IpAddr, Ipv4Addr};

/// The tables of conversations, by the room in which they are.
pub(crate) const ROOMS: [(&str, &[Step]); 3] =
    [("secure", secure::STEPS), ("tcp", tcp::STEPS), ("windows", windows::STEPS)];
/// The check during which the answers under `seeds` were given: what real servers sealed opens with
/// its keys alone.
const CONTEXT: Context = Context {
    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
    port: 2222,
    token: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    now: 1_800_000_000,
};
/// The same for the questions over UDP.
const TOKEN: udp::Token = *b"KlinkeTestToken!";
/// More turns than the longest conversation takes when nothing more is heard: TLS, and inside it one
/// with several questions.
const MOST_TURNS: usize = 16;
/// No conversation says more at once: what is longer would be an attack, not a question.
const LONGEST_WORDS: usize = 4096;
/// An answer comes in no more pieces than this.
const MOST_PIECES: usize = 8;

type Begin = fn(&Context) -> Box<dyn Conversation>;

/// Hears `bytes` as one answer and, once more, as an answer in pieces of which the first bytes
/// decide.
pub(crate) fn hear(target: &str, bytes: &[u8]) {
    match target.split_once('-') {
        Some(("udp", protocol)) => asked(protocol, bytes),
        Some((room, protocol)) => {
            whole(room, protocol, bytes);
            in_pieces(room, protocol, bytes);
        }
        None if target == "identify" => tcp::identify(bytes).iter().for_each(check),
        None if target == "said" => said(bytes).iter().for_each(|text| printable(text)),
        None => {
            interview(CONTEXT.port, &[bytes]);
            let [high, low, rest @ ..] = bytes else { return };
            interview(u16::from_be_bytes([*high, *low]), &cut(rest));
        }
    }
}

/// Every conversation of a protocol hears it all at once.
fn whole(room: &str, protocol: &str, bytes: &[u8]) {
    for (begin, _) in conversations(room, protocol) {
        converse(begin(&CONTEXT), &[bytes]);
    }
}

/// The first bytes say which conversation at which of its ports, and where the rest is cut.
fn in_pieces(room: &str, protocol: &str, bytes: &[u8]) {
    let [which, port, rest @ ..] = bytes else { return };
    let conversations = conversations(room, protocol);
    let Some((begin, ports)) = conversations.get(usize::from(*which) % conversations.len().max(1))
    else {
        return;
    };
    let port = ports.get(usize::from(*port) % ports.len().max(1)).copied().unwrap_or(CONTEXT.port);
    drop(converse(begin(&Context { port, ..CONTEXT }), &cut(rest)));
}

fn conversations(room: &str, protocol: &str) -> Vec<(Begin, &'static [u16])> {
    let steps = ROOMS.iter().filter(|(name, _)| *name == room).flat_map(|(_, steps)| steps.iter());
    let ours = steps.filter(|step| step.protocol.as_str() == protocol);
    let mut conversations: Vec<(Begin, _)> = ours.map(|step| (step.begin, step.ports)).collect();
    if (room, protocol) == ("windows", Protocol::Rdp.as_str()) {
        conversations.extend([(windows::rdp_without_nla as Begin, &[][..]), (windows::xrdp, &[])]);
    }
    conversations
}

/// Every question of a protocol over UDP hears it, and what they make of it together is checked too.
fn asked(protocol: &str, bytes: &[u8]) {
    let questions = udp::QUESTIONS.iter().filter(|it| it.protocol.as_str() == protocol);
    let known: Vec<_> = questions.filter_map(|question| (question.read)(&TOKEN, bytes)).collect();
    known.iter().for_each(check);
    known.into_iter().reduce(merged).iter().for_each(check);
}

/// Every connection that an interview makes is answered by the next of these, the last one again
/// and again.
fn interview(port: u16, answers: &[&[u8]]) {
    let mut interview = Interview::new(Context { port, ..CONTEXT });
    let mut connections = 0;
    while let Some(talk) = interview.next_talk() {
        connections += 1;
        assert!(connections <= MOST_CONNECTIONS, "one connection too many");
        let heard = answers.get(connections - 1).or(answers.last()).copied().unwrap_or_default();
        let known = converse(talk.conversation, &[heard]).map(Box::new);
        let heard = heard.get(..MOST_HEARD).unwrap_or(heard).to_vec();
        interview.ended(Ended { known, heard, connected: true });
    }
    interview.result().iter().for_each(check);
}

/// What a conversation makes of an answer after which nothing more is heard.
fn converse(mut talk: Box<dyn Conversation>, pieces: &[&[u8]]) -> Option<Recognition> {
    let mut act = talk.start();
    assert!(matches!(act, Act::Listen | Act::Say(_)), "it begins with {act:?}");
    let mut rest = pieces.iter();
    for _ in 0..pieces.len() + MOST_TURNS {
        match act {
            Act::Known(known) => {
                check(&known);
                return Some(*known);
            }
            Act::Other => return None,
            Act::Say(words) => assert!((1..=LONGEST_WORDS).contains(&words.len()), "{words:?}"),
            Act::Listen => {}
        }
        act = match rest.next() {
            // No piece is empty; a silence is.
            Some([]) | None => talk.over(),
            Some(piece) => talk.hear(piece),
        };
    }
    assert!(matches!(act, Act::Known(_) | Act::Other), "it does not come to an end");
    None
}

/// The first byte says into how many pieces, and as many after it where each of them ends.
fn cut(bytes: &[u8]) -> Vec<&[u8]> {
    let Some((count, bytes)) = bytes.split_first() else { return Vec::new() };
    let count = usize::from(*count) % MOST_PIECES;
    let (ends, mut rest) = bytes.split_at(count.min(bytes.len()));
    let mut pieces = Vec::new();
    for end in ends {
        let (piece, after) = rest.split_at(length(*end).min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// How long a piece of this number is. Most of what matters is at the beginning, and a large number
/// means a large piece.
pub(crate) fn length(number: u8) -> usize {
    usize::from(number) * usize::from(number) / 64
}

/// What everybody relies on, whoever answered.
fn check(known: &Recognition) {
    let certificate = known.certificate.as_ref();
    let names = certificate.map(|certificate| certificate.names.as_slice()).unwrap_or_default();
    assert!(names.len() <= MOST_NAMES, "too many names: {names:?}");
    let words = [&known.product, &known.version, &known.detail];
    words.into_iter().flatten().chain(names).for_each(|text| printable(text));
    certificate.and_then(|it| it.issuer.as_deref()).into_iter().for_each(printable);
    assert!(known.notes.is_sorted(), "notes out of order: {:?}", known.notes);
    assert!(known.notes.windows(2).all(|pair| pair[0] != pair[1]), "twice: {:?}", known.notes);
}

fn printable(text: &str) {
    assert!(!text.trim().is_empty(), "an empty text");
    assert!(text.chars().count() <= LONGEST_SAID, "too long: {text}");
    assert!(!text.contains(char::is_control), "not printable: {text:?}");
}
