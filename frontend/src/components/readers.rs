//! The choice for whom the report is shown.

use super::{Desk, element, say};
use crate::state::{Action, Reader};
use yew::{Html, html};

/// One choice of three.
pub fn readers(desk: &Desk, chosen: Reader) -> Html {
    let choices = Reader::ALL.map(|reader| {
        let input = html! {
            <input type="radio" name="reader" value={reader.as_str()} checked={reader == chosen}
                onchange={desk.on(move || Action::ReadAs(reader))} />
        };
        let words = reader.label(&desk.texts).trim_end_matches(':');
        element("label", "readers__choice")
            .key(reader.as_str())
            .holding([input, say("span", "", words)])
    });
    element("fieldset", "readers").holding([
        say("legend", "", desk.texts.readers_title()),
        element("div", "readers__choices").holding(choices),
    ])
}
