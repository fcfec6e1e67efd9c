//! XMPP: opens a stream to a name that cannot exist (RFC 6120, 4.7; RFC 2606, 2). The answer, mostly
//! that this host is unknown, begins with the server's own stream. Logs in nowhere.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Xmpp,
    ports: &[5222, 5269],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

const QUESTION: &[u8] = b"<?xml version='1.0'?><stream:stream to='klinke.invalid' version='1.0' \
xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
const STREAM: &[u8] = b"<stream:stream";
const NAMESPACE: &[u8] = b"http://etherx.jabber.org/streams";
const ASKED: &[u8] = b"klinke.invalid";
/// A stream's first tag has some hundred bytes.
const LONGEST_TAG: usize = 2048;

fn read(heard: &[u8], over: bool) -> Reading {
    match identify(heard) {
        Some(recognition) => Reading::known(recognition),
        None if !over
            && heard.len() < LONGEST_TAG
            && (heard.is_empty() || heard.starts_with(b"<")) =>
        {
            Reading::More
        }
        None => Reading::Other,
    }
}

/// A stream of XMPP: its first tag with its name space.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let heard = text::at_most(heard, LONGEST_TAG);
    let start = heard.windows(STREAM.len()).position(|part| part == STREAM)?;
    let before = text::trimmed(text::at_most(heard, start));
    let tag = heard.get(start..)?;
    let tag = text::at_most(tag, tag.iter().position(|byte| *byte == b'>')?);
    if !text::has(tag, NAMESPACE) || !(before.is_empty() || before.starts_with(b"<?xml")) {
        return None;
    }
    let from = attribute(tag, b" from=").filter(|from| *from != ASKED).unwrap_or_default();
    Some(Recognition::of(Protocol::Xmpp).detail(from))
}

fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (quote, value) = text::after(tag, name)?.split_first()?;
    let end = value.iter().position(|byte| byte == quote)?;
    b"'\"".contains(quote).then(|| text::at_most(value, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_opens_a_stream_to_nobody() {
        assert!(
            question(&STEP).starts_with(b"<?xml version='1.0'?><stream:stream to='klinke.invalid'")
        );
        assert_eq!(question(&STEP).len(), QUESTION.len());
    }

    #[test]
    fn prosody_of_debian_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/xmpp/prosody")]);
        assert_eq!(names(&recognition).2, "");
    }

    #[test]
    fn a_server_that_says_its_name_is_named() {
        // RFC 6120, 4.9.1.3.
        let answer =
            b"<?xml version='1.0'?><stream:stream from='im.example.com' id='g4qSvGvBxJ+xeAd7Q\
            KezOQJFFlw=' version='1.0' xmlns='jabber:client' \
            xmlns:stream='http://etherx.jabber.org/streams'><stream:error>";
        assert_eq!(names(&known(&STEP, &[answer])).2, "im.example.com");
    }

    #[test]
    fn a_page_is_refused() {
        assert_eq!(
            tells(&STEP, &[b"<html><stream:stream http://etherx.jabber.org/streams>"]),
            None
        );
    }
}
