//! The verdict of a check that is over, as the server writes it into the check's page: it can be read before the
//! program has come, and without it.

use super::template::{for_each, if_not, if_set, word};
use crate::components::{Plate, checked, element, icon};
use klinke_shared::Colour;
use yew::Html;

/// The verdict, or else what stands in its place.
#[must_use]
pub fn verdict_or(otherwise: Html) -> Vec<Html> {
    let [title, colour, sentence, meaning] =
        ["title", "colour", "sentence", "meaning"].map(|name| word(&format!("verdict.{name}")));
    let sign = |colour: Colour| {
        let its = format!("verdict.is.{}", colour.as_str());
        if_set(&its, [icon(colour.into())])
    };
    let line = checked(&word("line.whole"), &word("line.part"));
    let plate = Plate {
        title: &title,
        colour: &colour,
        sign: Colour::ALL.into_iter().flat_map(sign).collect(),
        sentence: &sentence,
        meaning: &meaning,
        lines: for_each("line", "verdict.lines", [line]),
    };
    let stage = element("div", "stage").holding([plate.drawn()]);
    let report = element("div", "report").holding([stage]);
    where_verdict(report, otherwise)
}

/// The one where the server writes the verdict, the other where there is none yet.
#[must_use]
pub fn where_verdict(is_there: Html, is_not: Html) -> Vec<Html> {
    if_set("verdict", [is_there]).into_iter().chain(if_not("verdict", [is_not])).collect()
}
