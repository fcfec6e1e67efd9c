//! What becomes of a check's state when its stream speaks.

mod samples;

use klinke_page::state::{Action, AgainPhase, Failure, Line, News, Phase, Signal, State, Survey};
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
    for signal in [Signal::Lost, Signal::Gone] {
        let after = over.clone().reduce(Action::Heard(id(), signal));
        assert_eq!(State { happened: over.happened, ..after }, over);
    }
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
    assert_eq!(ended(EndReason::Forgotten), Phase::GivenUp);
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
    assert!(asked.forgetting.is_some() && check(&asked).report().is_some());
    let failed = asked.clone().reduce(Action::Forgotten(Err(Failure::Unreachable)));
    assert!(failed.forgetting.is_none() && check(&failed).report().is_some());
    let done = asked.reduce(Action::Forgotten(Ok(())));
    assert_eq!(check(&done).phase, Phase::Forgotten);
}

#[test]
fn a_check_that_runs_is_given_up_only_when_the_server_says_so() {
    let running = heard(samples::check_page(Language::German), 1, vec![started()]);
    let asked = running.reduce(Action::Forget);
    assert!(asked.forgetting.is_some() && check(&asked).is_live());
    let failed = asked.clone().reduce(Action::Forgotten(Err(Failure::Unreachable)));
    assert!(failed.forgetting.is_none() && check(&failed).is_live());
    assert_eq!(check(&asked.reduce(Action::Forgotten(Ok(())))).phase, Phase::GivenUp);
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
fn of_a_whole_plan_of_65535_doors_sixty_are_drawn_and_what_is_found_open_comes_to_them() {
    let mut state = samples::check_page(Language::German);
    let Event::Started { profile, started_ms, mut addresses, id } = started() else {
        unreachable!()
    };
    addresses[0].planned.tcp = klinke_shared::PortSet::all();
    let planned = addresses[0].planned.len();
    state = heard(state, 1, vec![Event::Started { profile, started_ms, addresses, id }]);
    assert!(check(&state).total() == planned && planned >= 65_535);
    let house = (*check(&state).house).clone();
    assert_eq!(house.len(), 60);
    assert!(house.has(samples::tcp(3389)) && !house.has(samples::tcp(64_999)));
    let more = house.clone().and(samples::tcp(64_999)).and(samples::tcp(3389));
    assert_eq!(more.len(), 61);
    assert_eq!(more.clone().with((60_000..60_100).map(samples::tcp)).len(), 84, "there is an end");
    assert_eq!(more.flats.last().map(|flat| flat.family), Some(None));
    let families: Vec<_> = house.flats.iter().map(|flat| flat.family).collect();
    let mut sorted = families.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(families, sorted, "each family has one flat");
}

#[test]
fn a_door_is_open_if_it_is_at_one_address_and_waits_as_long_as_one_is_to_answer() {
    let Event::Started { profile, started_ms, addresses, id } = started() else { unreachable!() };
    let two = vec![addresses[0].clone(), addresses[0].clone()];
    let both = Event::Started { profile, started_ms, addresses: two, id };
    let at = |address, observations| Event::Observed { address, observations };
    let port = samples::tcp(22);
    let page = || heard(samples::check_page(Language::German), 1, vec![both.clone()]);
    assert_eq!(check(&page()).state_of(port), None);
    let first = heard(page(), 2, vec![at(0, one(22, CLOSED))]);
    assert_eq!(check(&first).state_of(port), None);
    let shut = heard(first, 3, vec![at(1, one(22, CLOSED))]);
    assert_eq!(check(&shut).state_of(port), Some(klinke_shared::State::Closed));
    let open = heard(page(), 2, vec![at(1, one(22, OPEN))]);
    assert_eq!(check(&open).state_of(port), Some(klinke_shared::State::Open));
}

#[test]
fn the_time_that_is_left_is_told_once_its_pace_is_known() {
    let heard_at = |state: State, now, number, event| {
        state.reduce(Action::Heard(id(), Signal::Events(now, vec![(number, event)])))
    };
    let begun = heard_at(samples::check_page(Language::German), 1_000, 1, started());
    let total = check(&begun).total() as u64;
    let soon = heard_at(begun, 2_900, 2, observed(one(22, CLOSED)));
    assert_eq!(check(&soon).left, None, "less than two seconds tell nothing");
    let later = heard_at(soon, 5_000, 3, observed(one(23, CLOSED)));
    assert_eq!(check(&later).left, Some((total - 2) * 2), "two doors in four seconds");
}

#[test]
fn a_door_is_asked_again_one_at_a_time_and_what_is_seen_then_is_kept() {
    let ssh = samples::tcp(22);
    let page = samples::finished_page(Language::German, &[22, 23], &[]);
    let asked = page.reduce(Action::CheckAgain(ssh)).reduce(Action::CheckAgain(samples::tcp(23)));
    assert_eq!(asked.again.asking(), Some(ssh));
    assert!(asked.again.of(samples::tcp(23)).is_none(), "one at a time");
    let small = klinke_shared::CheckId::from_random([9; 16]);
    let running = asked.reduce(Action::Again(Ok(small)));
    assert_eq!(running.again.running(), Some(small));
    let events = vec![(1, started()), (2, finished(report(observations(&[23], &[]))))];
    let over = running.reduce(Action::Heard(small, Signal::Events(0, events)));
    assert_eq!(over.again.seen(ssh), Some(klinke_shared::State::Closed));
    assert!(!over.again.is_busy());
    let main = check(&over).report().map(|report| report.findings().len());
    assert_eq!(main, Some(2), "the report itself stays what it was");
}

#[test]
fn a_door_that_cannot_be_asked_again_says_why_and_can_be_tried_once_more() {
    let ssh = samples::tcp(22);
    let asked =
        samples::finished_page(Language::German, &[22], &[]).reduce(Action::CheckAgain(ssh));
    let failed = asked.reduce(Action::Again(Err(Failure::Unreachable)));
    assert_eq!(failed.again.of(ssh), Some(&AgainPhase::Failed(Failure::Unreachable)));
    assert_eq!(failed.reduce(Action::CheckAgain(ssh)).again.asking(), Some(ssh));
}
