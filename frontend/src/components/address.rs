//! The address that will be checked, or is seen and refused. Keeps its place while the address is not known yet.

use super::{Desk, element, say};
use crate::state::{Action, Line};
use klinke_shared::{Scope, Texts};
use yew::{Html, html};

/// The address and where it lies.
pub fn address(desk: &Desk, line: &Line) -> Html {
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
    let again = html! {
        <button class="button button--quiet" type="button" hidden={*line != Line::Failed}
            onclick={desk.on(|| Action::AskForLine)}>{ texts.start_try_again() }</button>
    };
    element("div", "address").with("role", "status").holding([
        element("p", "address__label").with("id", "address-label").saying(label),
        say("p", class, address),
        say("p", "address__scope", scope),
        again,
    ])
}

fn scope_sentence(scope: Scope, texts: &Texts) -> &str {
    match scope {
        Scope::Public => texts.scope_public(),
        Scope::Private => texts.scope_private(),
        Scope::Loopback => texts.scope_loopback(),
    }
}
