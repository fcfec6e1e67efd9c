//! The page of one check: first its progress, then its report, at the same address. The place of
//! the progress becomes the place of the verdict, so nothing jumps.

use super::report_view;
use crate::components::{
    Desk, Facade, element, house, notice, open_doors, port_name, progress, unscripted,
};
use crate::state::{Check, News, Phase, State};
use klinke_shared::{Finding, Texts, place_in_queue};
use yew::Html;

/// What the progress weighs, see [`Desk::has_room`].
const PROGRESS: i32 = 6;

/// The page of a check. What is announced has its own place, which is there from the beginning.
pub fn check_page(desk: &Desk, state: &State, is_unscripted: bool) -> Html {
    let texts = &desk.texts;
    let check = state.check_of_page().map(|check| &**check);
    let lost = check.is_some_and(|check| check.lost && check.is_live());
    let warning = if lost { texts.check_lost() } else { "" };
    element("div", "page check").key("check").holding([
        element("p", "hidden").with("role", "status").saying(&news(texts, check)),
        element("div", "check__lost")
            .with("role", "status")
            .holding([element("p", "").hidden(!lost).saying(warning)]),
        unscripted(texts, is_unscripted, true),
        element("div", "check__body").holding(body_for(desk, state, is_unscripted)),
    ])
}

/// The server does not know how far a check is, but what the verdict was of one that is over.
#[cfg(feature = "prerender")]
fn body_for(desk: &Desk, state: &State, is_unscripted: bool) -> Vec<Html> {
    let body = body(desk, state);
    if is_unscripted { crate::reading::verdict_or(body) } else { vec![body] }
}

#[cfg(not(feature = "prerender"))]
fn body_for(desk: &Desk, state: &State, _: bool) -> [Html; 1] {
    [body(desk, state)]
}

/// A report waits for the words for all that it found, so that no card is empty and nothing jumps.
fn body(desk: &Desk, state: &State) -> Html {
    let check = state.check_of_page().map(|check| &**check);
    let Some(check) = check else { return running(desk, state) };
    let texts = &desk.texts;
    match &check.phase {
        Phase::Connecting | Phase::Waiting { .. } | Phase::Running => running(desk, state),
        Phase::Finished(_) if !state.shows_report() => running(desk, state),
        Phase::Finished(judged) => report_view(desk, state, check.id, judged),
        Phase::Gone => end(desk, texts.check_gone_title(), texts.check_gone_text()),
        Phase::Forgotten => end(desk, texts.check_forgotten_title(), texts.check_forgotten_text()),
        Phase::GivenUp => end(desk, texts.check_given_up_title(), texts.check_given_up_text()),
        Phase::Changed => end(desk, texts.check_changed_title(), texts.check_changed_text()),
        Phase::Stopped => end(desk, texts.check_shutdown_title(), texts.check_shutdown_text()),
    }
}

fn running(desk: &Desk, state: &State) -> Html {
    let texts = &desk.texts;
    let running = state.check_of_page().filter(|check| check.shows_doors());
    let below = |check: &Check| {
        element("div", "running__doors")
            .key("doors")
            .holding([doors(desk, check), desk.part(1, &|| open_doors(texts, check))])
    };
    element("div", "running").key("running").holding([
        desk.part(PROGRESS, &|| element("div", "stage").holding([progress(desk, state)])),
        running.map(|check| below(check)).unwrap_or_default(),
    ])
}

/// The house, with the open doors that it did not have before they were found.
fn doors(desk: &Desk, check: &Check) -> Html {
    let all = (*check.house).clone().with(check.open.iter().copied());
    let asked = check.lines.iter().map(|line| line.planned.len()).max();
    let facade = Facade {
        desk,
        state: &|port| check.state_of(port),
        service: &|port| Finding::service_of(port, check.recognition(port)),
        hand: check.latest,
        leads: false,
    };
    house(&facade, &all, asked.unwrap_or_default())
}

fn end(desk: &Desk, title: &str, text: &str) -> Html {
    element("div", "").key("end").holding([notice(desk, title, text, desk.texts.check_new())])
}

/// The news in words. The verdict's own sentence is what matters at the end.
fn news(texts: &Texts, check: Option<&Check>) -> String {
    let Some(check) = check else { return String::new() };
    match (check.news, check.judged()) {
        (News::Verdict, Some(judged)) => judged.verdict.sentence(texts),
        (News::Nothing | News::Verdict, _) => String::new(),
        (News::Waiting { place }, _) => place_in_queue(place, texts),
        (News::Progress { done, total }, _) => {
            texts.check_progress(&done.to_string(), &total.to_string())
        }
        (News::OpenDoor(port), _) => {
            let service = Finding::service_of(port, check.recognition(port));
            let name = &texts.service(service).name;
            texts.check_open_door(name, &port_name(port))
        }
    }
}
