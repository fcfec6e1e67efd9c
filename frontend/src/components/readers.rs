//! The choice for whom the report is shown.

use super::{Desk, choice, element, say};
use crate::state::{Action, Reader};
use yew::Html;

/// One choice of three.
pub fn readers(desk: &Desk, chosen: Reader) -> Html {
    let choices = Reader::ALL.map(|reader| {
        let words = vec![say("span", "", reader.label(&desk.texts).trim_end_matches(':'))];
        let value = ("reader", reader.as_str());
        choice(desk, "readers__choice", value, reader == chosen, Action::ReadAs(reader), words)
    });
    element("fieldset", "readers").holding([
        say("legend", "", desk.texts.readers_title()),
        element("div", "readers__choices").holding(choices),
    ])
}
