//! The addresses that will be checked, or the one that is seen and refused. Keeps their place while they are
//! not known yet.

use super::{Button, Desk, element, say};
use crate::state::{Action, Line, Survey};
use klinke_shared::{Scope, Texts};
use yew::Html;

/// The addresses and where they lie, and why there is only one.
pub fn address(desk: &Desk, line: &Line, survey: &Survey) -> Html {
    let texts = &desk.texts;
    let (address, scope) = match line {
        // Of an address that is refused, nobody knows whose it is: the answer below says why.
        Line::Known(visitor) if visitor.refused.is_some() => (visitor.address.to_string(), ""),
        Line::Known(visitor) => (visitor.address.to_string(), scope_sentence(visitor.scope, texts)),
        Line::Asked => (texts.start_address_loading().to_owned(), ""),
        Line::Failed => (texts.start_address_failed().to_owned(), texts.problem_unreachable()),
    };
    let refused = line.visitor().is_some_and(|visitor| visitor.refused.is_some());
    let label = if refused { texts.start_address_seen() } else { texts.start_address_label() };
    let known = line.visitor().is_some();
    let class = if known { "address__value" } else { "address__value address__value--unknown" };
    let again = Button::new("button button--quiet", texts.start_try_again())
        .hidden(!matches!(line, Line::Failed))
        .telling(desk.on(|| Action::AskForLine));
    element("div", "address").with("role", "status").holding([
        element("p", "address__label").with("id", "address-label").saying(label),
        say("p", class, address),
        second(line, survey, texts),
        say("p", "address__scope", scope),
        again,
    ])
}

/// The address of the other family. From inside it does not matter that one is missing.
fn second(line: &Line, survey: &Survey, texts: &Texts) -> Html {
    let public = line.visitor().is_some_and(|visitor| visitor.scope == Scope::Public);
    let family = Survey::family_to_ask(line).filter(|_| public);
    let (class, words) = match (survey.other(), survey.gap().zip(family)) {
        (Some(other), _) => ("address__value", other.address.to_string()),
        (None, Some((gap, family))) => ("address__gap", gap.text(family, texts)),
        (None, None) => ("address__gap", String::new()),
    };
    element("div", "address__second").key("second").holding([say("p", class, words)])
}

fn scope_sentence(scope: Scope, texts: &Texts) -> &str {
    match scope {
        Scope::Public => texts.scope_public(),
        Scope::Private => texts.scope_private(),
        Scope::Loopback => texts.scope_loopback(),
    }
}
