//! The doors while they are being checked: a small picture of each, and the open ones by name.

use super::{icon, port_name, say};
use crate::state::{Check, WatchedLine};
use klinke_shared::{Port, Severity, State, Texts, usual_at};
use yew::{Html, html};

/// A picture of each door worth one.
pub fn doors(texts: &Texts, check: &Check) -> Html {
    html! {
        <div class="doors">
            { for check.lines.iter().map(|line| corridor(line, texts)) }
        </div>
    }
}

fn corridor(line: &WatchedLine, texts: &Texts) -> Html {
    let address = texts.check_address(&line.address.to_string());
    html! {
        <section key={line.address.to_string()} class="corridor">
            { say("h2", "corridor__address", address) }
            <ul class="corridor__doors" aria-label={texts.check_doors_label().to_owned()}>
                { for line.doors.iter().map(|port| door(*port, line.seen.state_of(*port), texts)) }
            </ul>
        </section>
    }
}

fn door(port: Port, state: Option<State>, texts: &Texts) -> Html {
    let look = state.map_or("waiting", State::as_str);
    let name = &texts.service(usual_at(port)).name;
    let words = format!("{name}: {}", state_words(state, texts));
    html! {
        <li key={port.to_string()} class={format!("door door--{look}")} title={words.clone()}>
            { say("span", "hidden", words) }
        </li>
    }
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

/// The open doors so far, by name.
pub fn open_doors(texts: &Texts, check: &Check) -> Html {
    html! {
        <section class="open-doors">
            { say("h2", "", texts.check_open_so_far(check.open.len())) }
            <ul>{ for check.open.iter().map(|port| entry(*port, texts)) }</ul>
        </section>
    }
}

fn entry(port: Port, texts: &Texts) -> Html {
    let service = usual_at(port);
    let severity = service.map_or(Severity::Medium, |id| id.service().severity);
    html! {
        <li key={port.to_string()} class={format!("open-door {}", severity.as_str())}>
            { icon(severity.into()) }
            { say("span", "open-door__name", &texts.service(service).name) }
            { say("span", "open-door__port", port_name(port)) }
        </li>
    }
}
