//! How far a running check has come: in numbers, as a bar, at each address, and about how long it
//! still takes.

use super::{Desk, element, forget, heading, say};
use crate::state::{Phase, State, WatchedLine};
use klinke_shared::{Slowing, Texts, grouped, place_in_queue, usual_at};
use yew::Html;

/// The title, the bar and the last door. There is no check while the page has not come to life.
pub fn progress(desk: &Desk, page: &State) -> Html {
    let texts = &desk.texts;
    let check = page.check_of_page().map(|check| &**check);
    let running = check.filter(|check| check.shows_doors());
    let is_waiting = check.is_some_and(|check| matches!(check.phase, Phase::Waiting { .. }));
    let (done, total) = running.map_or((0, 1), |check| (check.done(), check.total()));
    let words = match check.map(|check| &check.phase) {
        Some(Phase::Waiting { place }) => place_in_queue(*place, texts),
        _ if running.is_some() => texts.check_progress(&grouped(done), &grouped(total)),
        _ => texts.check_starting().to_owned(),
    };
    let latest = running
        .and_then(|check| check.latest)
        .map_or_else(String::new, |port| texts.check_now(&texts.service(usual_at(port)).name));
    let left = running.and_then(|check| check.left).map(|seconds| about(seconds, texts));
    let lines = running.map_or(&[][..], |check| &check.lines);
    let lines: Vec<Html> = lines.iter().map(|line| address(line, texts)).collect();
    let slowed = check.and_then(|check| check.slowed);
    let stop = if running.is_some() || is_waiting {
        "progress__stop"
    } else {
        "progress__stop progress__stop--later"
    };
    element("div", "progress").holding([
        heading("", if is_waiting { texts.check_waiting_title() } else { texts.check_title() }),
        element("p", "progress__words").holding([
            element("label", "").with("for", "progress").saying(&words),
            say("span", "progress__left", left.unwrap_or_default()),
        ]),
        bar("progress", done, total, is_waiting),
        element("ul", "progress__lines").holding(lines),
        say("p", "progress__latest", latest),
        say("p", "progress__keep", if is_waiting { "" } else { texts.check_keep() }),
        element("p", stop).holding([forget(desk, texts.check_stop(), page)]),
        slower(texts, slowed),
    ])
}

fn bar(id: &str, done: usize, total: usize, hidden: bool) -> Html {
    element("progress", "")
        .hidden(hidden)
        .with("id", id)
        .with("max", &total.max(1).to_string())
        .with("value", &done.to_string())
        .holding([])
}

/// An address and, where there are two, how far each has come.
fn address(line: &WatchedLine, texts: &Texts) -> Html {
    let (done, total) = (line.seen.len(), line.planned.len());
    let address = line.address.to_string();
    element("li", "progress__line").key(&address).holding([
        element("label", "").with("for", &address).saying(&texts.check_address(&address)),
        say("span", "progress__share", texts.check_progress(&grouped(done), &grouped(total))),
        bar(&address, done, total, false),
    ])
}

/// Rounded up, because nobody minds when it is over sooner.
fn about(seconds: u64, texts: &Texts) -> String {
    let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    match seconds {
        0..8 => texts.check_left_soon().to_owned(),
        8..=50 => texts.check_left_seconds(whole(seconds.next_multiple_of(10))),
        _ => texts.check_left_minutes(whole(seconds.div_ceil(60))),
    }
}

/// What slows the check down, or an empty place for it that is there from the beginning: then it is
/// read out when it comes, and nothing moves.
fn slower(texts: &Texts, slowed: Option<Slowing>) -> Html {
    let words = slowed.map_or("", |slowing| slowing.text(texts));
    element("p", "progress__slowed").with("role", "status").saying(words)
}
