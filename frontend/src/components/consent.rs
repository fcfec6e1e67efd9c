//! The consent and the one big button, and what the page says when no check begins.

use super::{Desk, element, say};
use crate::state::{Action, Line, Start};
use klinke_shared::Texts;
use yew::{Html, html};

/// The consent, the button and the answer.
pub fn consent(desk: &Desk, line: &Line, start: Start) -> Html {
    let texts = &desk.texts;
    let address = line.visitor().map_or("…".to_owned(), |visitor| visitor.address.to_string());
    let ready = line.ticket().is_some() && !start.is_busy();
    let button = html! {
        <button class="button button--main" type="button" aria-describedby="consent"
            aria-disabled={(!ready).to_string()} onclick={desk.on(|| Action::Begin)}>
            { button_words(start, texts) }
        </button>
    };
    element("div", "consent").holding([
        element("p", "consent__sentence").with("id", "consent").saying(&texts.consent(&address)),
        button,
        say("p", "consent__manners", texts.consent_manners()),
        element("div", "consent__answer")
            .with("role", "status")
            .holding([answer(line, start, texts)]),
        say("p", "consent__countdown", countdown(start, texts)),
    ])
}

fn button_words(start: Start, texts: &Texts) -> &str {
    match start {
        Start::Idle => texts.start_button(),
        Start::Asking { .. } | Start::Renewing => texts.start_button_busy(),
        Start::Refused { .. } => texts.start_try_again(),
    }
}

/// Why no check begins: either this address is never checked here, or just not now.
fn answer(line: &Line, start: Start, texts: &Texts) -> Html {
    let sentence = match (start, line.visitor().and_then(|visitor| visitor.refused)) {
        (Start::Refused { failure, .. }, _) => failure.sentence(texts),
        (_, Some(code)) => code.sentence(texts),
        _ => "",
    };
    element("p", "").key("answer").saying(sentence)
}

/// Counted outside the live region: a screen reader should not read out every second.
fn countdown(start: Start, texts: &Texts) -> String {
    match start {
        Start::Refused { wait: Some(seconds), .. } => {
            texts.start_waiting(usize::try_from(seconds).unwrap_or(usize::MAX))
        }
        _ => String::new(),
    }
}
