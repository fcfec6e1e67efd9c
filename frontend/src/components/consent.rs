//! The consent and the one big button, and what the page says when no check begins.

use super::{Button, Desk, element, say};
use crate::state::{Action, Line, Start, Survey};
use klinke_shared::Texts;
use yew::Html;

/// In seconds.
const MINUTE: u32 = 60;

/// The consent, the button and the answer.
pub fn consent(desk: &Desk, line: &Line, survey: &Survey, start: Start) -> Html {
    let texts = &desk.texts;
    let ready = line.ticket().is_some() && survey.has_addresses() && !start.is_busy();
    let button = Button::new("button button--main", button_words(start, texts))
        .described_by("consent")
        .busy(!ready)
        .telling(desk.on(|| Action::Begin));
    // Where this address is never checked, there is nothing to agree to.
    let is_never = line.visitor().is_some_and(|visitor| visitor.refused.is_some());
    let class = if is_never { "consent consent--never" } else { "consent" };
    element("div", class).holding([
        element("p", "consent__sentence")
            .with("id", "consent")
            .saying(&sentence(line, survey, texts)),
        button,
        say("p", "consent__manners", texts.consent_manners()),
        element("div", "consent__answer")
            .with("role", "status")
            .holding([answer(line, start, texts)]),
        say("p", "consent__countdown", countdown(start, texts)),
    ])
}

/// What the visitor agrees to: the addresses, and whose they are where that is known.
fn sentence(line: &Line, survey: &Survey, texts: &Texts) -> String {
    let signs = survey.signs(line);
    let owner = signs.provider.map_or_else(String::new, |name| format!(" ({name})"));
    match survey.addresses(line)[..] {
        [] => texts.consent("(…)"),
        [first] => texts.consent(&format!("{first}{owner}")),
        [first, second, ..] => texts.consent_both(&first.to_string(), &format!("{second}{owner}")),
    }
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
            let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
            texts.start_waiting(&format!("{}:{:02}", seconds / MINUTE, seconds % MINUTE))
        }
        _ => String::new(),
    }
}
