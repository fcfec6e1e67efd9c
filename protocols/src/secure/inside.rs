//! Any conversation inside TLS: negotiates, hands what comes out of the tunnel to the inner one, and
//! adds the certificate to what that finds out. Without its success it is still known to be TLS.

use super::alert::may_be_record;
use super::client::Client;
use super::{MOST_PIECES, certificate, http, known};
use crate::{Act, Context, Conversation, MOST_HEARD};
use klinke_shared::{Note, Protocol, Recognition};
use rustls::Error;

/// So much is heard at most, in tunnels' wrapping: a handshake with a long chain of certificates, and
/// then what an inner conversation keeps.
const MOST_WRAPPED: usize = 4 * MOST_HEARD;

/// A conversation inside TLS.
pub struct Inside {
    inner: Box<dyn Conversation>,
    started: bool,
    client: Result<Client, Error>,
    now: u64,
    /// What came first, as long as it may turn out not to be TLS.
    bare: Vec<u8>,
    heard: usize,
    pieces: usize,
}

impl Inside {
    /// Negotiates TLS and then begins `inner` there; `http` says whether that is HTTP.
    #[must_use]
    pub fn new(context: &Context, inner: Box<dyn Conversation>, http: bool) -> Self {
        Self {
            inner,
            started: false,
            client: Client::new(context.address, context.now, http),
            now: context.now,
            bare: Vec::new(),
            heard: 0,
            pieces: 0,
        }
    }

    /// Lets the inner conversation hear, and sends what it says.
    fn pass(&mut self, plain: &[u8], ended: Result<(), Error>) -> Act {
        let enough = self.is_enough();
        let Ok(client) = &mut self.client else { return Act::Other };
        let mut acts = Vec::new();
        if !self.started && !client.is_handshaking() {
            self.started = true;
            acts.push(self.inner.start());
        }
        if !plain.is_empty() {
            acts.push(self.inner.hear(plain));
        }
        for act in acts {
            match act {
                Act::Listen => {}
                Act::Say(bytes) => client.say(&bytes),
                Act::Known(recognition) => return self.known(*recognition),
                Act::Other => return self.tls(),
            }
        }
        match ended {
            Ok(()) if !enough && !client.has_closed() => self.send(),
            Ok(()) if self.started || client.witness().shown().is_some() => self.last(),
            Ok(()) => Act::Other,
            Err(error) => self.failed(&error),
        }
    }

    /// Whether nothing more is listened to.
    const fn is_enough(&self) -> bool {
        self.heard >= MOST_WRAPPED || self.pieces >= MOST_PIECES
    }

    /// What is waiting to be sent.
    fn send(&mut self) -> Act {
        let bytes = self.client.as_mut().map(Client::outgoing).unwrap_or_default();
        if bytes.is_empty() { Act::Listen } else { Act::Say(bytes) }
    }

    /// The tunnel broke. A refusal is TLS too; what it is without a certificate, an older hello may
    /// find out.
    fn failed(&mut self, error: &Error) -> Act {
        let Ok(client) = &self.client else { return Act::Other };
        match error {
            Error::AlertReceived(_) if client.witness().was_asked() => {
                self.known(Recognition::of(Protocol::Tls).note(Note::KeyOnly))
            }
            Error::AlertReceived(_) | Error::PeerIncompatible(_) => self.last(),
            _ if client.witness().shown().is_some() => self.last(),
            _ => Act::Other,
        }
    }

    /// What the inner conversation knows at the end.
    fn last(&mut self) -> Act {
        if !self.started {
            return self.tls();
        }
        match self.inner.over() {
            Act::Known(recognition) => self.known(*recognition),
            _ => self.tls(),
        }
    }

    /// TLS, and nothing known of what is inside.
    fn tls(&self) -> Act {
        let version = self.client.as_ref().ok().and_then(Client::version).unwrap_or_default();
        self.known(Recognition::of(Protocol::Tls).detail(version))
    }

    fn known(&self, mut recognition: Recognition) -> Act {
        recognition.tls = true;
        let Ok(client) = &self.client else { return Act::Known(Box::new(recognition)) };
        if let Some(der) = client.witness().shown() {
            recognition = certificate::show(recognition, der, self.now);
        }
        Act::Known(Box::new(known::by_certificate(recognition)))
    }

    /// Hears what is not TLS: a complaint in plain text about the hello.
    fn plain(&self, over: bool) -> Act {
        http::unasked(&self.bare, over)
    }
}

impl Conversation for Inside {
    fn start(&mut self) -> Act {
        self.send()
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        let bytes = bytes.get(..MOST_WRAPPED.saturating_sub(self.heard)).unwrap_or(bytes);
        self.heard += bytes.len();
        self.pieces += 1;
        if self.heard == bytes.len() || !may_be_record(&self.bare) {
            let room = MOST_HEARD.saturating_sub(self.bare.len());
            self.bare.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        }
        if !may_be_record(&self.bare) {
            return self.plain(self.bare.len() >= MOST_HEARD || self.is_enough());
        }
        let Ok(client) = &mut self.client else { return Act::Other };
        let (plain, ended) = client.hear(bytes);
        self.pass(&plain, ended)
    }

    fn over(&mut self) -> Act {
        if !may_be_record(&self.bare) {
            return self.plain(true);
        }
        let Ok(client) = &mut self.client else { return Act::Other };
        if !self.started {
            return if client.witness().shown().is_some() { self.tls() } else { Act::Other };
        }
        match self.inner.over() {
            Act::Say(bytes) => {
                client.say(&bytes);
                self.send()
            }
            Act::Listen | Act::Other => self.tls(),
            Act::Known(recognition) => self.known(*recognition),
        }
    }
}
