//! How many doors were seen in which state, as a chart and in words.

use super::{door, element, say};
use klinke_shared::{Port, Report, State, Texts};
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
    let counted = counted(report);
    let unreliable = !counted.contains(&(State::Unreliable, 0));
    let worth_saying = counted
        .into_iter()
        .filter(|(state, count)| *count > 0 || (*state == State::Open && !unreliable));
    let entries: Vec<Html> =
        worth_saying.map(|(state, count)| entry(state, count, texts)).collect();
    element("div", "counts").holding([bar(counted), element("ul", "counts__list").holding(entries)])
}

/// The width of the chart in its own units, before rare shares are widened.
const WIDTH: usize = 1_000;
/// The least width of a share that is not nothing: what is rare matters most here.
const LEAST: usize = 12;

/// The shares as one bar. What stands beside it says the same in words.
pub fn chart(report: &Report) -> Html {
    bar(counted(report))
}

fn bar(counts: [(State, usize); COUNTED.len()]) -> Html {
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    let width = |count: usize| if count == 0 { 0 } else { LEAST.max(count * WIDTH / total) };
    let all: usize = counts.iter().map(|(_, count)| width(*count)).sum();
    let mut from = 0;
    let shares = counts.map(|(state, count)| {
        let wide = width(count);
        from += wide;
        element("rect", &format!("share share--{}", state.as_str()))
            .with("x", &(from - wide).to_string())
            .with("width", &wide.to_string())
            .with("height", "10")
            .holding([])
    });
    element("svg", "counts__chart")
        .with("aria-hidden", "true")
        .with("viewBox", &format!("0 0 {} 10", all.max(1)))
        .with("preserveAspectRatio", "none")
        .holding(shares)
}

/// How many doors were seen in each state. A door of two addresses is one. Ports whose turn never came count as
/// not tested, as in every other form of the report.
fn counted(report: &Report) -> [(State, usize); COUNTED.len()] {
    if let [_] = report.addresses[..] {
        let count = |state| match state {
            State::NotTested => report.missing(),
            _ => report.believed(state),
        };
        return COUNTED.map(|state| (state, count(state)));
    }
    let seen = report.states();
    let mut counts = COUNTED.map(|state| (state, 0));
    for (place, line) in report.addresses.iter().enumerate() {
        let before = &report.addresses[..place];
        let new = |port: &Port| before.iter().all(|other| !other.planned.contains(*port));
        for port in line.planned.iter().filter(new) {
            let state = seen(port);
            counts
                .iter_mut()
                .filter(|(of, _)| state == Some(*of))
                .for_each(|(_, count)| *count += 1);
        }
    }
    counts
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
    element("li", "counts__entry")
        .key(state.as_str())
        .holding([door(Some(state)), say("span", "", words)])
}
