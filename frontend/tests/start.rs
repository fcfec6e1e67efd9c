//! The way from the first look to a check that has begun, with everything that may go wrong.

mod samples;

use klinke_page::state::{Action, Failure, Line, Start, State};
use klinke_shared::api::{CheckCreated, ProblemCode, Visitor};
use klinke_shared::{Gap, Language, OfficeAnswer, Profile, Route, Scope, UdpPath};
use samples::drawing::{contains, drawn};

#[expect(clippy::unwrap_used, reason = "every address here is one")]
fn visitor(address: &str) -> Visitor {
    Visitor {
        address: address.parse().unwrap(),
        scope: Scope::Public,
        ticket: Some("ticket".to_owned()),
        ticket_seconds: 600,
        refused: None,
        line: klinke_shared::Line::default(),
    }
}

fn refused(code: ProblemCode, retry_after: Option<u64>) -> Action {
    Action::Refused(Failure::Refused { code, retry_after })
}

const OTHER: &str = "2001:db8::17";

/// All is known: two addresses, and that UDP comes from the first.
fn settled(state: State) -> State {
    state
        .reduce(Action::Other(Ok(visitor(OTHER))))
        .reduce(Action::ByUdp(vec![visitor("203.0.113.42").address]))
}

fn ready() -> State {
    let page = samples::page(Language::English, Route::Start);
    settled(page.reduce(Action::Line(Ok(visitor("203.0.113.42")))))
}

#[test]
fn nothing_begins_before_the_address_is_known() {
    let state = samples::page(Language::English, Route::Start).reduce(Action::Begin);
    assert_eq!(state.start, Start::Idle);
}

#[test]
fn nothing_begins_for_an_address_that_may_not_be_checked() {
    let refused =
        Visitor { ticket: None, refused: Some(ProblemCode::AddressRefused), ..visitor("10.0.0.1") };
    let state = samples::page(Language::English, Route::Start)
        .reduce(Action::Line(Ok(refused)))
        .reduce(Action::Begin);
    assert_eq!(state.start, Start::Idle);
}

#[test]
fn a_check_that_has_begun_is_shown_in_the_same_language() {
    let created = CheckCreated {
        id: samples::id(),
        events: String::new(),
        report: String::new(),
        kept_seconds: 3_600,
    };
    let state = ready().reduce(Action::Begin).reduce(Action::Created(created));
    assert_eq!(state.page.to_string(), format!("/en/check/{}", samples::id()));
    assert_eq!(state.start, Start::Idle);
    assert!(state.check_of_page().is_some());
}

#[test]
fn a_full_server_is_asked_again_after_the_seconds_it_named() {
    let mut state = ready().reduce(Action::Begin).reduce(refused(ProblemCode::ServerFull, Some(2)));
    assert!(state.start.is_waiting());
    state = state.reduce(Action::SecondPassed);
    assert!(matches!(state.start, Start::Refused { wait: Some(1), .. }));
    state = state.reduce(Action::SecondPassed);
    assert_eq!(state.start, Start::Asking { renewed: false });
}

#[tokio::test]
async fn a_wait_is_told_in_minutes_and_seconds() {
    for (seconds, words) in [(297, "in 4:57 minutes"), (9, "in 0:09 minutes")] {
        let waiting = move || {
            let told = refused(ProblemCode::CoolDown, Some(seconds));
            ready().reduce(Action::Begin).reduce(told)
        };
        let page = drawn(waiting, false).await;
        contains(&page, &[words]);
    }
}

#[test]
fn a_refusal_that_time_does_not_mend_is_not_repeated() {
    let state = ready().reduce(Action::Begin).reduce(refused(ProblemCode::BehindProxy, None));
    assert!(!state.start.is_waiting());
    let later = state.clone().reduce(Action::SecondPassed);
    assert_eq!(State { happened: state.happened, ..later }, state);
}

#[test]
fn an_old_ticket_is_renewed_silently_once() {
    let mut state = ready().reduce(Action::Begin).reduce(refused(ProblemCode::TicketExpired, None));
    assert_eq!(state.start, Start::Renewing);
    state = state.reduce(Action::Line(Ok(visitor("203.0.113.42"))));
    assert_eq!(state.start, Start::Asking { renewed: true });
    assert!(!state.survey.has_addresses(), "proofs belong together, so the second is fetched anew");
    state = settled(state);
    assert_eq!(state.start, Start::Asking { renewed: true });
    state = state.reduce(refused(ProblemCode::TicketExpired, None));
    assert!(matches!(state.start, Start::Refused { wait: None, .. }));
}

#[test]
fn another_address_needs_another_click() {
    let state = ready()
        .reduce(Action::Begin)
        .reduce(refused(ProblemCode::TicketForeign, None))
        .reduce(Action::Line(Ok(visitor("198.51.100.9"))));
    let Start::Refused { failure, wait: None } = state.start else { panic!("{:?}", state.start) };
    assert_eq!(failure.sentence(&state.texts), state.texts.start_address_changed());
    assert_eq!(state.line, Line::Known(visitor("198.51.100.9")));
}

#[test]
fn another_second_address_needs_another_click_too() {
    let renewed = ready()
        .reduce(Action::Begin)
        .reduce(refused(ProblemCode::TicketUsed, None))
        .reduce(Action::Line(Ok(visitor("203.0.113.42"))));
    let state = renewed.reduce(Action::Other(Ok(visitor("2001:db8::18"))));
    let Start::Refused { failure, wait: None } = state.start else { panic!("{:?}", state.start) };
    assert_eq!(failure.sentence(&state.texts), state.texts.start_address_changed());
}

#[test]
fn nothing_begins_before_it_is_known_which_addresses_there_are() {
    let page = samples::page(Language::English, Route::Start);
    let first = page.reduce(Action::Line(Ok(visitor("203.0.113.42"))));
    assert_eq!(first.clone().reduce(Action::Begin).start, Start::Idle);
    let begun = settled(first).reduce(Action::Begin);
    assert!(begun.start.is_busy());
}

#[test]
fn the_wish_says_which_addresses_and_why_there_is_no_other() {
    let wish = |state: &State| state.survey.wish(&state.line, state.profile, state.language());
    let both = ready().reduce(Action::Answer(OfficeAnswer::Yes));
    assert_eq!(wish(&both).tickets.len(), 2);
    assert_eq!((wish(&both).udp, wish(&both).office), (UdpPath::Same, OfficeAnswer::Yes));
    assert_eq!(wish(&both).gap, None);
    let refused = Visitor { ticket: None, ..visitor(OTHER) };
    for (answer, gap) in [
        (Ok(refused), Gap::Refused),
        (Err(Gap::TimedOut), Gap::TimedOut),
        (Err(Gap::Unreachable), Gap::Unreachable),
    ] {
        let one = ready().reduce(Action::Other(answer));
        assert_eq!((wish(&one).tickets.len(), wish(&one).gap), (1, Some(gap)));
    }
}

#[test]
fn another_line_is_looked_at_anew() {
    let moved = ready()
        .reduce(Action::Answer(OfficeAnswer::Yes))
        .reduce(Action::Line(Ok(visitor("198.51.100.9"))));
    assert_eq!(moved.survey.office, OfficeAnswer::Unsaid);
    assert_eq!(moved.survey.by_udp, None);
    let same = ready()
        .reduce(Action::Answer(OfficeAnswer::Yes))
        .reduce(Action::Line(Ok(visitor("203.0.113.42"))));
    assert_eq!(same.survey.office, OfficeAnswer::Yes);
}

#[test]
fn a_second_click_while_asking_changes_nothing() {
    let state = ready().reduce(Action::Begin);
    let again = state.clone().reduce(Action::Begin);
    assert_eq!(State { happened: state.happened, ..again }, state);
}

#[test]
fn another_language_keeps_everything_else() {
    let before = ready().reduce(Action::Choose(Profile::Quick));
    let german = before.page.in_language(Language::German);
    let after = before
        .clone()
        .reduce(Action::Go(german))
        .reduce(Action::Speak(samples::texts(Language::German)));
    assert_eq!(after.page.to_string(), "/de/");
    assert_eq!((after.profile, &after.line), (Profile::Quick, &before.line));
}

#[test]
fn words_that_have_been_there_are_there_at_once() {
    let english = ready();
    let page = |language| Action::Go(english.page.in_language(language));
    let asked = english.clone().reduce(page(Language::German));
    assert_eq!(asked.language(), Language::English, "its words are still to be fetched");
    let german = asked.reduce(Action::Speak(samples::texts(Language::German)));
    let back = german.reduce(page(Language::English));
    assert_eq!(back.texts, english.texts);
    assert_eq!(back.reduce(page(Language::German)).texts, samples::texts(Language::German));
}

#[test]
fn words_that_come_when_they_are_no_longer_wanted_wait_until_they_are() {
    let english = ready();
    let page = |language| Action::Go(english.page.in_language(language));
    let back = english.clone().reduce(page(Language::German)).reduce(page(Language::English));
    let still = back.reduce(Action::Speak(samples::texts(Language::German)));
    assert_eq!(still.texts, english.texts);
    assert_eq!(still.reduce(page(Language::German)).texts, samples::texts(Language::German));
}
