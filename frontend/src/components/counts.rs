//! How many doors were seen in which state.

use super::{element, say};
use klinke_shared::{Report, State, Texts};
use yew::Html;

/// Which states are counted, in order of interest.
const COUNTED: [State; 6] = [
    State::Open,
    State::Unreliable,
    State::Closed,
    State::Filtered,
    State::Uncertain,
    State::NotTested,
];

/// One entry for each state that was seen, and for open doors also if there are none, unless what
/// looks open cannot be believed.
pub fn counts(texts: &Texts, report: &Report) -> Html {
    let unreliable = report.believed(State::Unreliable) > 0;
    let counted = COUNTED.into_iter().map(|state| (state, count(report, state)));
    let worth_saying =
        counted.filter(|(state, count)| *count > 0 || (*state == State::Open && !unreliable));
    let entries: Vec<Html> =
        worth_saying.map(|(state, count)| entry(state, count, texts)).collect();
    element("ul", "counts").holding(entries)
}

/// Ports whose turn never came count as not tested, as in every other form of the report.
fn count(report: &Report, state: State) -> usize {
    if state == State::NotTested { report.missing() } else { report.believed(state) }
}

fn entry(state: State, count: usize, texts: &Texts) -> Html {
    let words = match state {
        State::Open => texts.state_count_open(count),
        State::Unreliable => texts.state_count_unreliable(count),
        State::Closed => texts.state_count_closed(count),
        State::Filtered => texts.state_count_filtered(count),
        State::Uncertain => texts.state_count_uncertain(count),
        State::NotTested => texts.state_count_not_tested(count),
    };
    let words = super::with_grouped(&words, count);
    let door = format!("door door--small door--{}", state.as_str());
    element("li", "counts__entry").key(state.as_str()).holding([
        element("span", &door).with("aria-hidden", "true").holding([]),
        say("span", "", words),
    ])
}
