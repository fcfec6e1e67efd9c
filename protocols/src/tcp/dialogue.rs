//! A conversation with more than one question. Knows no protocol: a reader says after everything
//! that was heard so far what comes next.

use super::text;
use crate::{Act, Conversation, MOST_HEARD};
use klinke_shared::Recognition;

/// What a reader wants next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// More bytes.
    More,
    /// To say this.
    Say(Vec<u8>),
    /// It is known what this is.
    Known(Box<Recognition>),
    /// This is not the protocol.
    Other,
}

impl Turn {
    /// Known.
    pub(super) fn known(recognition: Recognition) -> Self {
        Self::Known(Box::new(recognition))
    }
}

/// Reads everything that was heard so far, how often something was said after the opening, and
/// whether nothing more will be heard until something is said.
pub(super) type Reader = fn(&[u8], u8, bool) -> Turn;

/// The conversation.
pub(super) struct Dialogue {
    opening: Vec<u8>,
    read: Reader,
    heard: Vec<u8>,
    said: u8,
}

impl Dialogue {
    /// No protocol here has more than this to say after its opening.
    const MOST_SAID: u8 = 3;

    /// Opens with these bytes, or by listening when there are none.
    pub(super) fn open(opening: Vec<u8>, read: Reader) -> Box<dyn Conversation> {
        Box::new(Self { opening, read, heard: Vec::new(), said: 0 })
    }

    fn turn(&mut self, over: bool) -> Act {
        match (self.read)(&self.heard, self.said, over) {
            Turn::Known(recognition) => Act::Known(recognition),
            Turn::Say(words) if self.said < Self::MOST_SAID => {
                self.said += 1;
                Act::Say(words)
            }
            Turn::More if !over => Act::Listen,
            _ => Act::Other,
        }
    }
}

impl Conversation for Dialogue {
    fn start(&mut self) -> Act {
        if self.opening.is_empty() {
            Act::Listen
        } else {
            Act::Say(std::mem::take(&mut self.opening))
        }
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(text::at_most(bytes, room));
        self.turn(self.heard.len() >= MOST_HEARD)
    }

    fn over(&mut self) -> Act {
        self.turn(true)
    }
}
