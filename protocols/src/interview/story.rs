//! Leads an interview with somebody whose part is written, and tells what was said to them. Knows
//! protocols only as far as their questions can be told apart.

use super::{Ended, Interview, MOST_CONNECTIONS, Talk};
use crate::{Act, Context, secure};
use klinke_shared::Recognition;
use std::net::{IpAddr, Ipv4Addr};

/// What one connection meets: it is let in and hears these pieces, of which an empty one is
/// silence; or it is not let in.
pub(super) type Meets = Option<&'static [&'static [u8]]>;

pub(super) fn context(port: u16) -> Context {
    let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
    Context { address, port, token: [7; 16], now: 1_795_500_000 }
}

/// In which language these words are.
fn language(context: &Context, words: &[u8]) -> &'static str {
    let begins: [(&[u8], &str); 8] = [
        (b"GET ", "http"),
        (b"SSH-2.0-", "ssh"),
        (b"PING", "redis"),
        (b"EHLO", "smtp"),
        (b"\x81", "netbios"),
        (b"\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x0b", "rdp"),
        (b"\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x01", "rdp-tls"),
        (b"QUIT", "quit"),
    ];
    let begin = begins.iter().find(|(begin, _)| words.starts_with(begin));
    let has = |part: &[u8]| words.windows(part.len()).any(|window| window == part);
    if secure::LegacyTls::begin(context).start() == Act::Say(words.to_vec()) {
        "old-tls"
    } else if words.starts_with(b"\x16\x03") {
        "tls"
    } else if has(b"\xfeSMB") {
        "smb2"
    } else if has(b"\xffSMB") {
        "smb1"
    } else {
        begin.map_or("something", |(_, name)| *name)
    }
}

/// Has one conversation; adds to `story` what it says.
fn converse(talk: Talk, context: &Context, pieces: &[&[u8]], story: &mut Vec<String>) -> Ended {
    let mut said = Vec::new();
    let mut conversation = talk.conversation;
    let mut act = conversation.start();
    if act == Act::Listen {
        said.push("listen");
    }
    let mut rest = pieces.iter();
    let mut heard = Vec::new();
    let known = loop {
        match act {
            Act::Known(known) => break Some(known),
            Act::Other => break None,
            Act::Say(words) => said.push(language(context, &words)),
            Act::Listen => {}
        }
        act = match rest.next() {
            None | Some([]) => conversation.over(),
            Some(piece) => {
                heard.extend_from_slice(piece);
                conversation.hear(piece)
            }
        };
    };
    story.push(said.join(" "));
    Ended { known, heard, connected: true }
}

/// The story of an interview, one line for each connection, and its result.
pub(super) fn led(port: u16, meets: &[Meets]) -> (Vec<String>, Option<Recognition>) {
    let context = context(port);
    let mut interview = Interview::new(context);
    let mut story = Vec::new();
    let mut meets = meets.iter();
    while let Some(talk) = interview.next_talk() {
        let Some(pieces) = meets.next().copied().unwrap_or(Some(&[])) else {
            story.push("closed".to_owned());
            interview.ended(Ended::default());
            continue;
        };
        interview.ended(converse(talk, &context, pieces, &mut story));
    }
    assert!(story.len() <= MOST_CONNECTIONS, "{port}: {story:?}");
    (story, interview.result())
}
