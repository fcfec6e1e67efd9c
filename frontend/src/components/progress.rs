//! How far a running check has come, in numbers, as a bar and in one line.

use super::{element, grouped, heading, say};
use crate::state::{Check, Phase};
use klinke_shared::{Slowing, Texts, place_in_queue, usual_at};
use yew::Html;

/// The title, the bar and the last door. There is no check while the page has not come to life.
pub fn progress(texts: &Texts, check: Option<&Check>) -> Html {
    let running = check.filter(|check| check.phase == Phase::Running);
    let is_waiting = check.is_some_and(|check| matches!(check.phase, Phase::Waiting { .. }));
    let (done, total) = running.map_or((0, 1), |check| (check.done(), check.total()));
    let words = match check.map(|check| &check.phase) {
        Some(Phase::Running) => texts.check_progress(&grouped(done), &grouped(total)),
        Some(Phase::Waiting { place }) => place_in_queue(*place, texts),
        _ => texts.check_starting().to_owned(),
    };
    let latest = running
        .and_then(|check| check.latest)
        .map_or_else(String::new, |port| texts.check_now(&texts.service(usual_at(port)).name));
    let slowed = check.and_then(|check| check.slowed);
    element("div", "progress").holding([
        heading("", texts.check_title()),
        element("label", "progress__words").with("for", "progress").saying(&words),
        element("progress", "")
            .with("id", "progress")
            .with("max", &total.max(1).to_string())
            .with("value", &done.to_string())
            .holding([]),
        say("p", "progress__latest", latest),
        say("p", "progress__keep", if is_waiting { "" } else { texts.check_keep() }),
        slower(texts, slowed),
    ])
}

/// What slows the check down, or an empty place for it that is there from the beginning: then it is
/// read out when it comes, and nothing moves.
fn slower(texts: &Texts, slowed: Option<Slowing>) -> Html {
    let words = slowed.map_or("", |slowing| slowing.text(texts));
    element("p", "progress__slowed").with("role", "status").saying(words)
}
