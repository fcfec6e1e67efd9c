//! SSH: the greeting, a key exchange, and the question which ways to log in there are. Tries no
//! password and no key, and says goodbye before anything else could be asked.

use super::ssh_exchange::{ECDH_REPLY, KEXINIT, KeyExchange, Keys, NEWKEYS};
use super::ssh_greeting::{self, Greeting};
use super::ssh_login::{self, Reason, SERVICE_ACCEPT, USERAUTH_FAILURE, USERAUTH_SUCCESS};
use super::ssh_wire::{Next, Wire};
use crate::{Act, Context, Conversation, MOST_HEARD};
use klinke_shared::Recognition;

/// Where SSH is usual; 2222 is where it evades those who only knock at 22.
pub(super) const PORTS: &[u16] = &[22, 2222];
/// Our own greeting (RFC 4253 4.2), which the exchange's hash contains without its end.
const GREETING: &[u8] = b"SSH-2.0-Klinke";
const LINE_END: &[u8] = b"\r\n";

/// Begins the conversation.
pub(super) fn begin(context: &Context) -> Box<dyn Conversation> {
    Box::new(Ssh {
        stage: Stage::Greeting(Vec::new()),
        exchange: KeyExchange::new(context),
        wire: Wire::default(),
        greeting: Vec::new(),
        known: None,
    })
}

/// One conversation.
struct Ssh {
    stage: Stage,
    exchange: KeyExchange,
    wire: Wire,
    /// The server's greeting.
    greeting: Vec<u8>,
    known: Option<Recognition>,
}

/// What is waited for.
enum Stage {
    /// The server's greeting; what was heard of it.
    Greeting(Vec<u8>),
    /// Its list of algorithms.
    Algorithms,
    /// Its half of the secret.
    Secret,
    /// Its last packet in the clear; the keys for what follows.
    NewKeys(Box<Keys>),
    /// That one may ask for methods, and then the methods.
    Methods,
    /// That it hangs up.
    End,
}

impl Ssh {
    /// What is known, or that it is not SSH.
    fn result(&self) -> Act {
        self.known.clone().map_or(Act::Other, |ssh| Act::Known(Box::new(ssh)))
    }

    /// Looks for the greeting and answers it with our own and our algorithms.
    fn greet(&mut self, mut heard: Vec<u8>, bytes: &[u8]) -> Result<Vec<u8>, Act> {
        heard.extend_from_slice(bytes.get(..MOST_HEARD).unwrap_or(bytes));
        let (line, end) = match ssh_greeting::find(&heard) {
            Greeting::More => {
                self.stage = Stage::Greeting(heard);
                return Ok(Vec::new());
            }
            Greeting::Other => return Err(Act::Other),
            Greeting::Line(line, end) => (line, end),
        };
        self.known = Some(ssh_greeting::recognition(line));
        if !ssh_greeting::speaks_version_2(line) {
            return Err(self.result());
        }
        self.greeting = line.to_vec();
        self.wire.hear(heard.get(end..).unwrap_or_default());
        self.stage = Stage::Algorithms;
        Ok([GREETING, LINE_END, &self.wire.say(self.exchange.offer())].concat())
    }

    /// Answers one message; what is not waited for is passed over, as RFC 4253 11 wants it.
    fn answer(&mut self, message: Vec<u8>) -> Option<Vec<u8>> {
        let kind = *message.first()?;
        let stage = std::mem::replace(&mut self.stage, Stage::End);
        match (stage, kind) {
            (Stage::Algorithms, KEXINIT) => Some(match self.exchange.agree(message) {
                Some(half) => {
                    self.stage = Stage::Secret;
                    self.wire.say(&half)
                }
                None => self.wire.say(&ssh_login::disconnect(Reason::KeyExchangeFailed)),
            }),
            (Stage::Secret, ECDH_REPLY) => {
                let keys = self.exchange.keys([GREETING, &self.greeting], &message)?;
                self.stage = Stage::NewKeys(Box::new(keys));
                Some(Vec::new())
            }
            (Stage::NewKeys(keys), NEWKEYS) => Some(self.switch(*keys)),
            (Stage::Methods, SERVICE_ACCEPT) => {
                self.stage = Stage::Methods;
                Some(self.wire.say(&ssh_login::methods_request()))
            }
            (Stage::Methods, USERAUTH_FAILURE | USERAUTH_SUCCESS) => {
                if let Some(note) = ssh_login::note(&message) {
                    self.known = self.known.take().map(|ssh| ssh.note(note));
                }
                Some(self.wire.say(&ssh_login::disconnect(Reason::ByApplication)))
            }
            (stage, _) => {
                self.stage = stage;
                Some(Vec::new())
            }
        }
    }

    /// Both sides use the keys from here on (RFC 4253 7.3).
    fn switch(&mut self, keys: Keys) -> Vec<u8> {
        let mut bytes = self.wire.say(&[NEWKEYS]);
        self.wire.seal_with(keys.outgoing);
        self.wire.open_with(keys.incoming);
        self.stage = Stage::Methods;
        bytes.extend(self.wire.say(&ssh_login::service_request()));
        bytes
    }

    /// Answers everything that is complete.
    fn converse(&mut self, mut answer: Vec<u8>) -> Act {
        loop {
            match (&self.stage, self.wire.next()) {
                (Stage::End, _) if answer.is_empty() => return self.result(),
                (Stage::End, _) | (_, Next::More) => break,
                (_, Next::Broken) => return self.result(),
                (_, Next::Payload(message)) => match self.answer(message) {
                    Some(bytes) => answer.extend(bytes),
                    None => return self.result(),
                },
            }
        }
        if answer.is_empty() { Act::Listen } else { Act::Say(answer) }
    }
}

impl Conversation for Ssh {
    fn start(&mut self) -> Act {
        Act::Listen
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        match std::mem::replace(&mut self.stage, Stage::End) {
            Stage::Greeting(heard) => match self.greet(heard, bytes) {
                Ok(answer) if answer.is_empty() => Act::Listen,
                Ok(answer) => self.converse(answer),
                Err(end) => end,
            },
            Stage::End => self.result(),
            stage => {
                self.stage = stage;
                self.wire.hear(bytes);
                self.converse(Vec::new())
            }
        }
    }

    fn over(&mut self) -> Act {
        self.result()
    }
}
