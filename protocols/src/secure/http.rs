//! HTTP: one GET, and what the answer tells. Follows no redirect, sends no password, asks for no
//! second page.

use super::alert::{alert, may_be_record};
use super::answer::{Answer, MAGIC, has};
use super::legacy_hello::shown;
use super::request::request;
use super::{MOST_PIECES, html, known, server};
use crate::{Act, Context, Conversation, MOST_HEARD, tcp};
use klinke_shared::{Note, Protocol, Recognition};

/// With what a TLS server refuses plain HTTP, each beside status 400: nginx
/// (`ngx_http_special_response.c`), Apache httpd (`ssl_engine_io.c`), Go (`net/http/server.go`) and
/// Tomcat (`org.apache.tomcat.util.net`).
const NEEDS_TLS: &[&str] = &[
    "The plain HTTP request was sent to HTTPS port",
    "You're speaking plain HTTP to an SSL-enabled server port",
    "Client sent an HTTP request to an HTTPS server",
    "This combination of host and port requires TLS",
];

/// Asks a web server for one page.
pub struct Http {
    question: Vec<u8>,
    heard: Vec<u8>,
    pieces: usize,
}

impl Http {
    /// Begins the conversation without TLS.
    #[must_use]
    pub fn begin(context: &Context) -> Box<dyn Conversation> {
        Box::new(Self { question: request(context, false), heard: Vec::new(), pieces: 0 })
    }

    /// The conversation for the inside of TLS.
    #[must_use]
    pub fn inside_tls(context: &Context) -> Self {
        Self { question: request(context, true), heard: Vec::new(), pieces: 0 }
    }

    fn judge(&self, over: bool) -> Act {
        if alert(&self.heard).is_some() || shown(&self.heard).is_some() {
            return Act::Known(Box::new(tls()));
        }
        if !over && may_be_record(&self.heard) { Act::Listen } else { unasked(&self.heard, over) }
    }
}

impl Conversation for Http {
    fn start(&mut self) -> Act {
        Act::Say(std::mem::take(&mut self.question))
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.pieces += 1;
        self.judge(self.heard.len() >= MOST_HEARD || self.pieces >= MOST_PIECES)
    }

    fn over(&mut self) -> Act {
        self.judge(true)
    }
}

/// What words without TLS tell, whatever was asked: an HTTP answer, or a complaint or greeting of
/// another protocol.
pub(super) fn unasked(heard: &[u8], over: bool) -> Act {
    let recognition = if heard.starts_with(MAGIC) || MAGIC.starts_with(heard) {
        Answer::read(heard)
            .filter(|answer| over || answer.complete)
            .map(|answer| recognise(&answer))
    } else if over || heard.ends_with(b"\n") {
        tcp::identify(heard)
    } else {
        None
    };
    match recognition {
        Some(recognition) => Act::Known(Box::new(recognition)),
        None if over => Act::Other,
        None => Act::Listen,
    }
}

/// What an answer tells.
fn recognise(answer: &Answer<'_>) -> Recognition {
    if answer.status == 400 && NEEDS_TLS.iter().any(|words| has(&answer.body, words)) {
        return tls();
    }
    let title = html::title(&answer.body);
    let realm = answer.fields("www-authenticate").find_map(realm);
    let recognition = match known::by_answer(answer, title.as_deref(), realm.as_deref()) {
        Some(recognition) => recognition,
        None => by_server(answer),
    };
    let asks = match answer.status {
        401 => answer.field("www-authenticate").is_some(),
        407 => true,
        _ => false,
    };
    let recognition = if asks { recognition.note(Note::AsksPassword) } else { recognition };
    let location = answer.field("location").filter(|_| (300..400).contains(&answer.status));
    let title = title.as_deref().map(str::as_bytes);
    recognition.detail(realm.as_deref().or(location).or(title).unwrap_or_default())
}

/// What a server that no page gives away says of itself.
fn by_server(answer: &Answer<'_>) -> Recognition {
    // Only a proxy asks for a proxy's password (RFC 9110, 15.5.8).
    let protocol = if answer.status == 407 { Protocol::HttpProxy } else { Protocol::Http };
    let (product, version) = server::product(answer.field("server").unwrap_or_default());
    Recognition::of(protocol).product(product).version(version)
}

/// TLS, of which nothing was spoken: that it is there is only known from its complaint.
fn tls() -> Recognition {
    Recognition::of(Protocol::Tls)
}

/// The realm of a challenge (RFC 9110, 11.5), as far as it stands before a quotation mark.
pub(super) fn realm(challenge: &[u8]) -> Option<Vec<u8>> {
    let place = super::answer::find(challenge, "realm=")?;
    let rest = challenge.get(place + "realm=".len()..)?;
    let (quoted, end) = match rest.strip_prefix(b"\"") {
        Some(quoted) => (quoted, &b"\""[..]),
        None => (rest, &b", "[..]),
    };
    let realm = quoted.split(|byte| end.contains(byte)).next()?;
    (!realm.is_empty()).then(|| realm.to_vec())
}

#[cfg(test)]
mod tests;
