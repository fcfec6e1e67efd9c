//! What becomes of a check's state when its stream speaks.

mod samples;

use klinke_page::state::{Action, Line, News, Phase, Signal, State, Survey};
use klinke_shared::{EndReason, Event, Evidence, Language, Observations, PageRoute, Route};
use samples::{finished, heard, id, observations, observed, report, seen, started};

#[expect(clippy::unwrap_used, reason = "every state here is one of a check")]
fn check(state: &State) -> &klinke_page::state::Check {
    state.check_of_page().unwrap()
}

fn one(port: u16, evidence: Evidence) -> Observations {
    let mut all = Observations::default();
    all.insert(seen(port, evidence));
    all
}

const OPEN: Evidence = Evidence::Accepted { rtt_us: 900 };
const CLOSED: Evidence = Evidence::Refused { rtt_us: 900 };

#[test]
fn a_check_is_connecting_until_the_stream_speaks() {
    let state = samples::check_page(Language::German);
    assert_eq!(check(&state).phase, Phase::Connecting);
}

#[test]
fn a_waiting_check_says_its_place_until_it_runs() {
    let page = || samples::check_page(Language::English);
    let second = heard(page(), 1, vec![Event::Waiting { place: 2 }]);
    assert_eq!(check(&second).phase, Phase::Waiting { place: 2 });
    assert!(check(&second).is_live());
    let next = heard(second, 2, vec![Event::Waiting { place: 1 }]);
    assert_eq!(check(&next).news, News::Waiting { place: 1 });
    let running = heard(next, 3, vec![started()]);
    assert_eq!(check(&running).phase, Phase::Running);
}

#[test]
fn an_event_that_comes_twice_changes_nothing() {
    let events = vec![started(), observed(one(3389, OPEN)), observed(one(22, CLOSED))];
    let once = heard(samples::check_page(Language::German), 1, events.clone());
    let twice = heard(once.clone(), 1, events);
    assert_eq!(check(&once).lines, check(&twice).lines);
    assert_eq!(check(&once).done(), 2);
    assert_eq!(check(&twice).news, check(&once).news);
}

#[test]
fn a_reconnect_goes_on_where_the_stream_was_cut() {
    let state =
        heard(samples::check_page(Language::German), 1, vec![started(), observed(one(22, CLOSED))]);
    let lost = state.reduce(Action::Heard(id(), Signal::Lost));
    assert!(check(&lost).lost);
    let again = heard(lost, 2, vec![observed(one(22, CLOSED)), observed(one(23, CLOSED))]);
    assert!(!check(&again).lost);
    assert_eq!(check(&again).done(), 2);
}

#[test]
fn a_finished_check_ignores_what_comes_after() {
    let over = samples::finished_page(Language::German, &[], &[]);
    assert_eq!(over.clone().reduce(Action::Heard(id(), Signal::Lost)), over);
    assert_eq!(over.clone().reduce(Action::Heard(id(), Signal::Gone)), over);
}

#[test]
fn a_replay_shows_the_report_without_having_been_watched() {
    let state = samples::finished_page(Language::German, &[3389], &[]);
    assert!(check(&state).report().is_some());
    assert!(!check(&state).watched);
    assert_eq!(check(&state).news, News::Verdict);
}

#[test]
fn who_saw_it_run_has_watched_its_end() {
    let running = heard(samples::check_page(Language::German), 1, vec![started()]);
    let over = heard(running, 2, vec![finished(report(observations(&[], &[])))]);
    assert!(check(&over).watched);
}

#[test]
fn an_open_door_is_news_at_once_and_plain_progress_only_by_quarters() {
    let started = heard(samples::check_page(Language::German), 1, vec![started()]);
    let little = heard(started.clone(), 2, vec![observed(one(22, CLOSED))]);
    assert_eq!(check(&little).news, News::Nothing);
    let open = heard(little, 3, vec![observed(one(3389, OPEN))]);
    assert_eq!(check(&open).news, News::OpenDoor(samples::tcp(3389)));
    let all = heard(started, 2, vec![observed(observations(&[], &[]))]);
    let total = check(&all).total();
    assert_eq!(check(&all).news, News::Progress { done: total, total });
}

#[test]
fn the_end_of_a_stream_without_a_report_says_why() {
    let ended = |reason| {
        let state = heard(
            samples::check_page(Language::German),
            1,
            vec![started(), Event::Ended { reason }],
        );
        check(&state).phase.clone()
    };
    assert_eq!(ended(EndReason::Forgotten), Phase::Forgotten);
    assert_eq!(ended(EndReason::Shutdown), Phase::Stopped);
    assert_eq!(ended(EndReason::ConnectionChanged), Phase::Changed);
    assert_eq!(ended(EndReason::NobodyWaited), Phase::Gone);
}

#[test]
fn a_changed_connection_is_asked_for_anew() {
    let page = samples::page(Language::English, Route::Start);
    let known = page.reduce(Action::ByUdp(Vec::new()));
    let there = known.reduce(Action::Go(samples::check_page(Language::English).page));
    let reason = EndReason::ConnectionChanged;
    let changed = heard(there, 1, vec![started(), Event::Ended { reason }]);
    assert_eq!((changed.line, changed.survey), (Line::Asked, Survey::default()));
}

#[test]
fn a_report_is_forgotten_only_when_the_server_says_so() {
    let over = samples::finished_page(Language::German, &[], &[]);
    let asked = over.reduce(Action::Forget);
    assert!(matches!(check(&asked).phase, Phase::Forgetting(_)));
    let failed =
        asked.clone().reduce(Action::Forgotten(Err(klinke_page::state::Failure::Unreachable)));
    assert!(check(&failed).report().is_some());
    let done = asked.reduce(Action::Forgotten(Ok(())));
    assert_eq!(check(&done).phase, Phase::Forgotten);
}

#[test]
fn a_look_at_another_page_keeps_the_report() {
    let over = samples::finished_page(Language::German, &[], &[]);
    let here = over.page;
    let there = PageRoute { route: Route::NotFound, ..here };
    let back = over.reduce(Action::Go(there)).reduce(Action::Go(here));
    assert!(check(&back).report().is_some());
}

#[test]
fn of_a_whole_plan_of_65535_doors_a_hundred_are_drawn() {
    let mut state = samples::check_page(Language::German);
    let Event::Started { profile, started_ms, mut addresses, id } = started() else {
        unreachable!()
    };
    addresses[0].planned.tcp = klinke_shared::PortSet::all();
    let planned = addresses[0].planned.len();
    assert!(planned >= 65_535);
    state = heard(state, 1, vec![Event::Started { profile, started_ms, addresses, id }]);
    let line = &check(&state).lines[0];
    assert_eq!(line.total, planned);
    assert_eq!(line.doors.len(), 100);
    assert!(line.doors.iter().all(|port| klinke_shared::usual_at(*port).is_some()));
    assert_eq!(line.doors[0].number.get(), 3389);
}
