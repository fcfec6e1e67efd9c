//! Which conversation comes first at a port, and which after it: the catalogue's best guess, then
//! what the other side said by itself, then the two languages that most things speak, TLS and HTTP.
//! Whoever gave itself away by a greeting or a complaint is asked in its own language. Never more
//! than three connections. Knows no protocol's bytes.

mod follow_up;
mod settled;
#[cfg(test)]
mod story;
#[cfg(test)]
mod tests;
pub use settled::merged;

use crate::listen::Listen;
use crate::{Context, Conversation, Step, secure, tcp, windows};
use follow_up::follow_up;
use klinke_shared::{Note, Protocol, Recognition, said};
use settled::settled;
use std::collections::VecDeque;
use std::time::Duration;

/// How many connections an interview makes at most.
pub const MOST_CONNECTIONS: usize = 3;
/// A service that speaks first and is expected to: some look up the visitor's name before.
const GREETING: Duration = Duration::from_millis(2_500);
/// An answer to a question; small devices think for a while.
const ANSWER: Duration = Duration::from_secs(2);
/// A greeting that is only possible; [`Listen`] waits several times as long for an answer.
const PERHAPS: Duration = Duration::from_millis(400);

/// One conversation, over one connection.
pub struct Talk {
    /// What is said.
    pub conversation: Box<dyn Conversation>,
    /// How long the other side may be silent, on top of the way there and back.
    pub patience: Duration,
}

/// How a conversation ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ended {
    /// What it brought to light.
    pub known: Option<Box<Recognition>>,
    /// The first bytes that were heard.
    pub heard: Vec<u8>,
    /// Whether a connection was made at all.
    pub connected: bool,
}

/// The conversations with one port.
#[derive(Debug)]
pub struct Interview {
    context: Context,
    guesses: VecDeque<Guess>,
    connections: usize,
    asked: Option<Protocol>,
    connected: bool,
    spoke: bool,
    heard: Option<String>,
    known: Option<Box<Recognition>>,
}

type Begin = fn(&Context) -> Box<dyn Conversation>;

#[derive(Debug, Clone, Copy)]
enum Guess {
    /// A step of the table.
    Step(&'static Step),
    /// A step of the table, unless something was heard in the meantime.
    IfSilent(&'static Step),
    /// A second question about what the first one found.
    Also(Begin),
    /// Wait for a greeting, then ask for a web page.
    Listen,
    /// Wait for a greeting and say nothing.
    OnlyListen,
}

impl Guess {
    /// The protocol in which it asks, as far as that is known.
    const fn asks(self) -> Option<Protocol> {
        match self {
            Self::Step(step) | Self::IfSilent(step) => Some(step.protocol),
            Self::Listen => Some(Protocol::Http),
            Self::Also(_) | Self::OnlyListen => None,
        }
    }
}

impl Interview {
    /// The interview for a port.
    #[must_use]
    pub fn new(context: Context) -> Self {
        Self {
            guesses: guesses(context.port),
            context,
            connections: 0,
            asked: None,
            connected: false,
            spoke: false,
            heard: None,
            known: None,
        }
    }

    /// The next conversation; nothing when enough is known or nothing more can be learned.
    pub fn next_talk(&mut self) -> Option<Talk> {
        if self.is_over() {
            return None;
        }
        self.connections += 1;
        let context = &self.context;
        let guess = self.guesses.pop_front()?;
        self.asked = guess.asks();
        let (conversation, patience): (Box<dyn Conversation>, _) = match guess {
            Guess::Step(step) | Guess::IfSilent(step) => {
                ((step.begin)(context), if step.listens { GREETING } else { ANSWER })
            }
            Guess::Also(begin) => (begin(context), ANSWER),
            Guess::Listen => (Box::new(Listen::then(step_for(Protocol::Http), context)), PERHAPS),
            Guess::OnlyListen => (Box::new(Listen::then(None, context)), PERHAPS),
        };
        Some(Talk { conversation, patience })
    }

    /// Whether there is no further conversation.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.guesses.is_empty() || self.connections >= MOST_CONNECTIONS
    }

    /// Takes in how a conversation ended.
    pub fn ended(&mut self, ended: Ended) {
        let Ended { known, heard, connected } = ended;
        self.connected |= connected;
        self.spoke |= !heard.is_empty();
        if !connected {
            // Who does not let us in a second time is not asked a third time.
            self.guesses.clear();
        }
        let known = known.or_else(|| tcp::identify(&heard).map(Box::new));
        if let Some(known) = known {
            return self.learned(known);
        }
        self.heard = self.heard.take().or_else(|| said(&heard));
        let silent = !self.spoke;
        self.guesses.retain(|guess| silent || !matches!(guess, Guess::IfSilent(_)));
    }

    fn learned(&mut self, known: Box<Recognition>) {
        self.guesses.clear();
        let before = self.known.as_ref().map(|before| (before.protocol, before.tls));
        if before != Some((known.protocol, known.tls)) && self.may_ask() {
            let next = follow_up(&known, self.asked, &self.context);
            self.guesses.extend(next.map(Guess::Also));
        }
        self.known = Some(match self.known.take() {
            Some(before) => Box::new(settled(*before, *known)),
            None => known,
        });
    }

    /// Whether anything is ever said at this port.
    fn may_ask(&self) -> bool {
        !tcp::NEVER_ASKED.contains(&self.context.port)
    }

    /// What is known at the end.
    #[must_use]
    pub fn result(self) -> Option<Recognition> {
        match self.known {
            Some(known) => Some(*known),
            None if self.spoke => {
                Some(Recognition { detail: self.heard, ..Recognition::default() })
            }
            // Who was not asked need not speak, and who let nobody in could not.
            None if self.connected && self.may_ask() => {
                Some(Recognition::default().note(Note::SaysNothing))
            }
            None => None,
        }
    }
}

/// What is tried at a port, in order.
fn guesses(port: u16) -> VecDeque<Guess> {
    if tcp::NEVER_ASKED.contains(&port) {
        return VecDeque::from([Guess::OnlyListen]);
    }
    let mut guesses: VecDeque<Guess> =
        steps().filter(|step| step.ports.contains(&port)).map(Guess::Step).collect();
    guesses.truncate(MOST_CONNECTIONS - 1);
    // Listening asks for a web page when nothing is heard, so it covers HTTP too; and who asked for
    // a web page in vain has listened long enough.
    if !guesses.iter().any(|guess| guess.asks() == Some(Protocol::Http)) {
        guesses.push_back(Guess::Listen);
    }
    if !guesses.iter().any(|guess| guess.asks() == Some(Protocol::Tls)) {
        guesses.extend(step_for(Protocol::Tls).map(Guess::Step));
    }
    // Redis hangs up on a question for a web page and waits for the rest of TLS; without a password,
    // little at an unusual port is worse.
    guesses.extend(step_for(Protocol::Redis).map(Guess::IfSilent));
    guesses
}

fn steps() -> impl Iterator<Item = &'static Step> {
    tcp::STEPS.iter().chain(secure::STEPS).chain(windows::STEPS)
}

/// The first step that asks for a protocol.
fn step_for(protocol: Protocol) -> Option<&'static Step> {
    steps().find(|step| step.protocol == protocol)
}
