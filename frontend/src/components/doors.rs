//! The doors while they are being checked: a small picture of each, and the open ones by name.

use super::{Shape, element, icon, port_name, say};
use crate::state::{Check, WatchedLine};
use klinke_shared::{Finding, Port, Recognition, State, Texts};
use yew::Html;

/// A picture of each door worth one.
pub fn doors(texts: &Texts, check: &Check) -> Html {
    let corridors: Vec<Html> = check.lines.iter().map(|line| corridor(line, texts)).collect();
    element("div", "doors").holding(corridors)
}

fn corridor(line: &WatchedLine, texts: &Texts) -> Html {
    let address = line.address.to_string();
    let doors: Vec<Html> = line.doors.iter().map(|port| door(*port, line, texts)).collect();
    element("section", "corridor").key(&address).holding([
        say("h2", "corridor__address", texts.check_address(&address)),
        element("ul", "corridor__doors")
            .with("aria-label", texts.check_doors_label())
            .holding(doors),
    ])
}

fn door(port: Port, line: &WatchedLine, texts: &Texts) -> Html {
    let state = line.seen.state_of(port);
    let look = state.map_or("waiting", State::as_str);
    let service = Finding::service_of(port, line.seen.recognition(port));
    let name = &texts.service(service).name;
    let words = format!("{name}: {}", state_words(state, texts));
    element("li", &format!("door door--{look}"))
        .with("title", &words)
        .key(&port.to_string())
        .holding([say("span", "hidden", &words)])
}

fn state_words(state: Option<State>, texts: &Texts) -> &str {
    match state {
        None => texts.state_waiting(),
        Some(State::Open) => texts.state_open(),
        Some(State::Closed) => texts.state_closed(),
        Some(State::Filtered) => texts.state_filtered(),
        Some(State::Uncertain) => texts.state_uncertain(),
        Some(State::NotTested) => texts.state_not_tested(),
        Some(State::Unreliable) => texts.state_unreliable(),
    }
}

/// The open doors so far, by name. They are not judged before everything is known.
pub fn open_doors(texts: &Texts, check: &Check) -> Html {
    let doors: Vec<Html> = check.open.iter().map(|port| entry(*port, check, texts)).collect();
    element("section", "open-doors").holding([
        say("h2", "", texts.check_open_so_far(check.open.len())),
        element("ul", "").holding(doors),
    ])
}

/// The second line has its place before anything is recognised, so that nothing moves when it is.
fn entry(port: Port, check: &Check, texts: &Texts) -> Html {
    let known = check.recognition(port);
    let name = &texts.service(Finding::service_of(port, known)).name;
    let label = known.and_then(Recognition::label);
    element("li", "open-door grey").key(&port.to_string()).holding([
        icon(Shape::Door),
        say("span", "open-door__name", name),
        say("span", "open-door__port", port_name(port)),
        say("span", "open-door__label", label.unwrap_or_default()),
    ])
}
