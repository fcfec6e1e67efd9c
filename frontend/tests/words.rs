//! The words for what was found: fetched when it is found, and the report waits for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod samples;

use klinke_page::state::{Action, Failure, State};
use klinke_shared::api::ProblemCode;
use klinke_shared::{Language, Texts, by_name};
use samples::drawing::{contains, drawn, drawn_so_far};
use samples::{check_page, finished, heard, observations, observed, report, started, texts};
use std::rc::Rc;

/// A page that knows the names of services and no more, as it is after loading.
fn fresh(language: Language) -> State {
    let common = Texts::from_json(Texts::common_json(language)).unwrap();
    State { texts: Rc::new(common), ..check_page(language) }
}

fn over(state: State) -> State {
    heard(state, 3, vec![finished(report(observations(&[3389], &[])))])
}

fn running(language: Language) -> State {
    heard(fresh(language), 1, vec![started(), observed(observations(&[3389], &[]))])
}

#[test]
fn words_are_wanted_as_soon_as_a_door_is_open() {
    let rdp = by_name("rdp").unwrap();
    let state = running(Language::German);
    assert_eq!(state.wanted_words(), [rdp]);
    assert!(!state.shows_report());
    let words = texts(Language::German).service(Some(rdp)).clone();
    let state = state.reduce(Action::Learn(vec![(Language::German, rdp, Some(Box::new(words)))]));
    assert!(state.wanted_words().is_empty());
    assert!(over(state).shows_report());
}

#[test]
fn the_page_has_a_sentence_for_every_answer_of_the_server_and_none_that_only_others_meet() {
    for language in Language::ALL {
        let loaded = Texts::from_json(&Texts::for_page(Texts::common_json(language))).unwrap();
        let sentence = |code| Failure::Refused { code, retry_after: None }.sentence(&loaded);
        assert!(ProblemCode::ALL.iter().all(|code| !sentence(*code).is_empty()));
        assert_eq!(sentence(ProblemCode::NotAcceptable), loaded.problem_internal());
        assert_eq!(sentence(ProblemCode::CoolDown), texts(language).problem_cool_down());
    }
}

#[test]
fn words_of_another_language_are_not_taken() {
    let rdp = by_name("rdp").unwrap();
    let words = texts(Language::English).service(Some(rdp)).clone();
    let learn = Action::Learn(vec![(Language::English, rdp, Some(Box::new(words)))]);
    assert_eq!(running(Language::German).reduce(learn).wanted_words(), [rdp]);
}

#[tokio::test]
async fn a_report_waits_for_its_words_and_comes_without_those_that_cannot_be_had() {
    let rdp = by_name("rdp").unwrap();
    let texts = texts(Language::German);
    let waiting = drawn(|| over(running(Language::German)), false).await;
    assert!(!waiting.contains("<article"), "{waiting}");
    let nothing = move || {
        over(running(Language::German)).reduce(Action::Learn(vec![(Language::German, rdp, None)]))
    };
    let markup = drawn(nothing, false).await;
    contains(&markup, &[&texts.verdict_critical(1), &texts.service(Some(rdp)).name, "3389/tcp"]);
}

#[tokio::test]
async fn a_report_stays_in_another_language_while_its_words_are_fetched() {
    let rdp = by_name("rdp").unwrap();
    let common = || Rc::new(Texts::from_json(Texts::common_json(Language::English)).unwrap());
    let shown = move || {
        over(running(Language::German)).reduce(Action::Learn(vec![(Language::German, rdp, None)]))
    };
    let speak = move || {
        let english = shown().page.in_language(Language::English);
        shown().reduce(Action::Go(english)).reduce(Action::Speak(common()))
    };
    let spoken = speak();
    assert_eq!(spoken.wanted_words(), [rdp]);
    assert!(spoken.shows_report());
    assert_eq!(spoken.room, shown().room, "it is not drawn from the beginning");
    let words = texts(Language::English).service(Some(rdp)).clone();
    let learn = || Action::Learn(vec![(Language::English, rdp, Some(Box::new(words.clone())))]);
    assert!(spoken.reduce(learn()).shows_report());
    let before = drawn(speak, false).await;
    contains(&before, &["<article", "3389/tcp", &texts(Language::English).verdict_critical(1)]);
}

#[tokio::test]
async fn the_progress_of_a_check_stays_while_its_house_is_drawn() {
    let first = drawn_so_far(|| running(Language::German), false).await;
    contains(&first, &[texts(Language::German).check_title(), "<progress"]);
    assert!(!first.contains("house__flats"), "its house comes next");
    let next =
        || running(Language::German).reduce(Action::Drawn { happened: u32::MAX, is_whole: false });
    contains(&drawn_so_far(next, false).await, &["<progress", "house__flats"]);
}
