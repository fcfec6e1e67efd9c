//! One of several choices of which one is taken.

use super::{Desk, element};
use crate::state::Action;
use yew::{Html, html};

/// The choice `value` of those called `group`, with what stands beside its button. To take it is `action`.
pub fn choice(
    desk: &Desk,
    class: &str,
    (group, value): (&'static str, &'static str),
    is_taken: bool,
    action: Action,
    mut words: Vec<Html>,
) -> Html {
    let take = desk.on(move || action.clone());
    let button = html! {
        <input type="radio" name={group} {value} checked={is_taken} onchange={take} />
    };
    words.insert(0, button);
    element("label", class).key(value).holding(words)
}
