//! Asking something of which nothing is known: wait for a greeting, and when none comes, ask for a
//! web page over the same connection, which most things that wait for a question answer, if only
//! with a complaint in their own language.

use crate::{Act, Context, Conversation, MOST_HEARD, Step, tcp};

/// Whether something greets shows soon, but an answer takes longer: so many times more is waited
/// for its beginning.
const MORE_WAITS: u8 = 4;

/// Listens, then asks `question` if it may.
pub(crate) struct Listen {
    question: Option<Box<dyn Conversation>>,
    asked: bool,
    waits: u8,
    heard: Vec<u8>,
}

impl Listen {
    /// Listens first. Without a `question`, only listens.
    pub(crate) fn then(question: Option<&Step>, context: &Context) -> Self {
        let question = question.map(|step| (step.begin)(context));
        Self { question, asked: false, waits: MORE_WAITS, heard: Vec::new() }
    }

    fn asked(&mut self) -> Option<&mut Box<dyn Conversation>> {
        self.question.as_mut().filter(|_| self.asked)
    }
}

impl Conversation for Listen {
    fn start(&mut self) -> Act {
        Act::Listen
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        if let Some(question) = self.asked() {
            let act = question.hear(bytes);
            self.waits = 0;
            return act;
        }
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        match tcp::identify(&self.heard) {
            Some(known) => Act::Known(Box::new(known)),
            None if self.heard.len() >= MOST_HEARD => Act::Other,
            None => Act::Listen,
        }
    }

    fn over(&mut self) -> Act {
        if self.asked && self.waits > 0 {
            self.waits -= 1;
            return Act::Listen;
        }
        if let Some(question) = self.asked() {
            return question.over();
        }
        match &mut self.question {
            Some(question) if self.heard.is_empty() => {
                self.asked = true;
                question.start()
            }
            _ => Act::Other,
        }
    }
}
