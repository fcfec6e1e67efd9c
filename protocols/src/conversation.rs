//! The form of a conversation over one TCP connection: who says what next. Knows no protocol.

use klinke_shared::{Protocol, Recognition};
use std::net::IpAddr;

/// No conversation keeps more than this of what it heard: a certificate chain of RSA keys with its
/// handshake fits, and so does a page's head with its title.
pub const MOST_HEARD: usize = 16 * 1024;

/// What a step may need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The address that is asked.
    pub address: IpAddr,
    /// The port that is asked.
    pub port: u16,
    /// Random bytes of this check, which nobody else knows: what is echoed proves that an answer
    /// belongs to its question.
    pub token: [u8; 16],
    /// The time, in seconds since 1970 (UTC).
    pub now: u64,
}

/// What to do next in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Wait for more.
    Listen,
    /// Send these bytes, then wait for more.
    Say(Vec<u8>),
    /// It is known what this is.
    Known(Box<Recognition>),
    /// This is not the protocol.
    Other,
}

/// A conversation over one connection.
pub trait Conversation: Send {
    /// What to do when the connection stands: [`Act::Say`] or [`Act::Listen`].
    fn start(&mut self) -> Act;

    /// What to do now that these bytes came in.
    fn hear(&mut self, bytes: &[u8]) -> Act;

    /// What is known at the end, because the other side hung up or time is over: [`Act::Known`] or
    /// [`Act::Other`]; or [`Act::Say`] while the other side may still be listening, and
    /// [`Act::Listen`] if it may still be thinking and has said nothing so far.
    fn over(&mut self) -> Act;
}

/// What all that was heard so far tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Too early to say.
    More,
    /// It is known what this is.
    Known(Box<Recognition>),
    /// This is not the protocol.
    Other,
}

impl Reading {
    /// Known.
    #[must_use]
    pub fn known(recognition: Recognition) -> Self {
        Self::Known(Box::new(recognition))
    }
}

/// The usual conversation: one question (or none, where the other side speaks first), then reading.
/// The reader gets everything that was heard so far, at most [`MOST_HEARD`] bytes, and whether that
/// is all there will be.
pub struct Exchange {
    question: Vec<u8>,
    read: fn(&[u8], bool) -> Reading,
    heard: Vec<u8>,
}

impl Exchange {
    /// Asks and reads.
    #[must_use]
    pub fn ask(question: Vec<u8>, read: fn(&[u8], bool) -> Reading) -> Self {
        Self { question, read, heard: Vec::new() }
    }

    /// Reads what the other side says by itself.
    #[must_use]
    pub fn listen(read: fn(&[u8], bool) -> Reading) -> Self {
        Self::ask(Vec::new(), read)
    }

    fn judge(&self, over: bool) -> Act {
        match (self.read)(&self.heard, over) {
            Reading::Known(recognition) => Act::Known(recognition),
            Reading::More if !over => Act::Listen,
            Reading::More | Reading::Other => Act::Other,
        }
    }
}

impl Conversation for Exchange {
    fn start(&mut self) -> Act {
        if self.question.is_empty() {
            Act::Listen
        } else {
            Act::Say(std::mem::take(&mut self.question))
        }
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.judge(self.heard.len() >= MOST_HEARD)
    }

    fn over(&mut self) -> Act {
        self.judge(true)
    }
}

/// A first step by name: how its conversation begins.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The protocol that it asks for.
    pub protocol: Protocol,
    /// Where it is usual: there it is asked first.
    pub ports: &'static [u16],
    /// Whether the other side speaks first.
    pub listens: bool,
    /// Begins the conversation.
    pub begin: fn(&Context) -> Box<dyn Conversation>,
}
