//! Every page as it is drawn on the server, in both languages, with its real content.

mod samples;

use klinke_page::state::{Action, Reader, Signal, State, UNDRAWN};
use klinke_shared::api::{Operator, Site};
use klinke_shared::{Article, Language, Plan, Profile, Route, SAMPLE_ADDRESS, Transport};
use samples::drawing::{contains, drawn, drawn_so_far};
use samples::{finished_page, heard, observed, started, texts};
use std::iter::successors;
use std::rc::Rc;

#[tokio::test]
async fn the_start_page_reads_well_without_a_script() {
    for language in Language::ALL {
        let texts = texts(language);
        let markup = drawn(move || samples::page(language, Route::Start), true).await;
        contains(
            &markup,
            &[texts.start_title(), texts.start_lead(), texts.how_judge(), texts.start_button()],
        );
        contains(
            &markup,
            &["<noscript>", "curl -N -d consent=yes {{ origin }}/check", "aria-disabled=\"true\""],
        );
    }
}

#[tokio::test]
async fn the_start_page_leads_to_the_sample_and_that_says_what_it_is() {
    let paths = ["/de/beispielbericht", "/en/sample-report"];
    for (language, path) in Language::ALL.into_iter().zip(paths) {
        let title = texts(language).sample_title().to_owned();
        let start = drawn(move || samples::page(language, Route::Start), false).await;
        contains(&start, &[&format!("<a href=\"{path}\">{title}</a>")]);

        let sample = move || {
            let mut report = samples::report(samples::observations(&[3389], &[]));
            report.addresses[0].address = SAMPLE_ADDRESS;
            heard(samples::check_page(language), 1, vec![started(), samples::finished(report)])
        };
        assert!(klinke_page::title::of(&sample()).starts_with(&title));
        let page = drawn(sample, false).await;
        contains(&page, &["report--sample", &title]);
        let other = drawn(move || finished_page(language, &[3389], &[]), false).await;
        assert!(!other.contains("report--sample") && !other.contains(&title));
    }
}

#[tokio::test]
async fn the_operator_s_logo_is_on_every_page_and_the_sentence_of_the_language_on_the_start_page() {
    let words = [("Fragen? <Wir> helfen.", "Fragen? &lt;Wir&gt; helfen."), ("Ask us.", "Ask us.")];
    let of_operator = move |language, route| {
        let operator = Operator {
            name: "Muster IT".to_owned(),
            logo: "/operator/logo?v=1".to_owned(),
            sentence_de: words[0].0.to_owned(),
            sentence_en: words[1].0.to_owned(),
            ..Operator::default()
        };
        let site = Some(Rc::new(Site { operator, ..Site::default() }));
        State { site, ..samples::page(language, route) }
    };
    for (language, (_, sentence)) in Language::ALL.into_iter().zip(words) {
        let start = drawn(move || of_operator(language, Route::Start), true).await;
        contains(&start, &["alt=\"Muster IT\" src=\"/operator/logo?v=1\"", sentence]);
        let other = drawn(move || of_operator(language, Route::NotFound), true).await;
        contains(&other, &["src=\"/operator/logo?v=1\""]);
        assert!(!other.contains(sentence));
        let of_nobody = drawn(move || samples::page(language, Route::Start), true).await;
        contains(&of_nobody, &["alt=\"\" src=\"\"", "<p class=\"start__own\"></p>"]);
    }
}

#[tokio::test]
async fn the_way_to_the_other_language_is_a_real_link_to_the_same_page() {
    let limits = Route::Article(Article::Limits);
    let markup = drawn(move || samples::page(Language::German, limits), false).await;
    contains(&markup, &["href=\"/en/limits\"", "hreflang=\"en\"", "lang=\"en\""]);
    assert_eq!(
        markup.matches("aria-current=\"page\"").count(),
        2,
        "here is said in the foot and of the language"
    );
}

#[tokio::test]
async fn a_running_check_names_its_open_doors() {
    for language in Language::ALL {
        let texts = texts(language);
        let state = move || {
            let events = vec![started(), observed(samples::observations(&[3389], &[]))];
            heard(samples::check_page(language), 1, events)
        };
        let markup = drawn(state, false).await;
        let service = klinke_shared::by_name("rdp");
        contains(
            &markup,
            &[texts.check_title(), &texts.check_open_so_far(1), &texts.service(service).name],
        );
        contains(&markup, &["<progress", "role=\"status\""]);
    }
}

#[tokio::test]
async fn a_critical_door_gets_its_verdict_and_its_whole_card() {
    for language in Language::ALL {
        let texts = texts(language);
        let markup = drawn(move || finished_page(language, &[3389], &[]), false).await;
        let words = texts.service(klinke_shared::by_name("rdp"));
        contains(
            &markup,
            &[&texts.verdict_critical(1), texts.meaning_critical(), "class=\"verdict red\""],
        );
        contains(&markup, &[&words.name, &words.purpose, &words.risk, &words.fine]);
        contains(&markup, &[&words.employee, &words.boss, &words.it, texts.severity_critical()]);
        contains(&markup, &[texts.limit_only_here_and_now(), "?format=csv", "3389/tcp"]);
    }
}

#[tokio::test]
async fn of_very_many_open_doors_the_worst_get_cards_and_the_rest_is_listed() {
    let texts = texts(Language::German);
    let markup = drawn(of_sixty_open_doors, false).await;
    assert_eq!(markup.matches("<article").count(), 40);
    contains(&markup, &[&texts.cards_title(60), &texts.cards_rest(20)]);
}

#[tokio::test]
async fn a_long_report_is_drawn_in_several_goes_from_its_top_to_its_end() {
    let ends = ["<header", "class=\"verdict ", "<article", "?format=csv", "<footer"];
    let whole = drawn(of_sixty_open_doors, false).await;
    let mut last = String::new();
    let mut goes = 0;
    while last != whole {
        let state = move || {
            let go = |state: State, _| {
                state.reduce(Action::Drawn { happened: u32::MAX, is_whole: false })
            };
            (0..goes).fold(of_sixty_open_doors(), go)
        };
        let markup = drawn_so_far(state, false).await;
        let has = |markup: &str| ends.map(|part| markup.contains(part));
        assert!(markup.len() >= last.len(), "nothing that was drawn goes again");
        assert!(has(&markup).is_sorted_by(|one, other| one >= other), "{goes}: {:?}", has(&markup));
        last = markup;
        goes += 1;
    }
    assert!((40..60).contains(&goes), "{goes}");
    let all = || of_sixty_open_doors().reduce(Action::Drawn { happened: u32::MAX, is_whole: true });
    assert_eq!(drawn_so_far(all, false).await, whole);
}

#[test]
fn what_is_drawn_is_drawn_again_only_once_something_has_happened() {
    let first = of_sixty_open_doors();
    let drawn = Action::Drawn { happened: first.happened, is_whole: false };
    let next = first.clone().reduce(drawn.clone());
    assert_eq!(next.drawn, first.room);
    assert!(next.room > first.room);
    assert_eq!(next.reduce(Action::ReadAs(Reader::It)).drawn, 0, "after what was drawn");
    let between = first.reduce(Action::ReadAs(Reader::It)).reduce(drawn);
    assert_eq!(between.drawn, 0, "before it was told");
}

#[test]
fn what_was_just_opened_is_drawn_in_small_goes_at_first() {
    let goes = |first: State| {
        let next = |state: &State| {
            let happened = state.happened;
            Some(state.clone().reduce(Action::Drawn { happened, is_whole: false }))
        };
        let goes: Vec<i32> =
            successors(Some(first), next).map(|state| state.room).take(4).collect();
        assert_eq!(goes[..2], [UNDRAWN, 0], "the frame comes for itself");
        assert!((1..goes[3] - goes[2]).contains(&goes[2]), "{goes:?}");
    };
    let undrawn = |page: State| State { room: UNDRAWN, ..page };
    goes(undrawn(samples::page(Language::English, Route::Start)));
    let report = samples::finished(samples::report(samples::observations(&[3389], &[])));
    let opened = undrawn(samples::check_page(Language::English));
    goes(heard(opened, 1, vec![started(), report]));
}

/// Fills most of a house, and has more cards than are shown.
fn of_sixty_open_doors() -> State {
    let plan = Plan::of_profile(Profile::Office);
    let tcp = plan.ports().iter().filter(|port| port.transport == Transport::Tcp);
    let open: Vec<u16> = tcp.map(|port| port.number.get()).take(60).collect();
    finished_page(Language::German, &open, &[])
}

#[tokio::test]
async fn a_door_that_is_open_at_two_addresses_is_counted_once() {
    let texts = texts(Language::English);
    let mut report = samples::report(samples::observations(&[22, 443], &[25]));
    let mut other = report.addresses[0].clone();
    other.address = "2001:db8::42".parse().unwrap();
    report.addresses.push(other);
    let doors = report.addresses[0].planned.len();
    let state = move || {
        let events = vec![started(), samples::finished(report.clone())];
        heard(samples::check_page(Language::English), 1, events)
    };
    let markup = drawn(state, false).await;
    let counts = [
        texts.state_count_open(2),
        texts.state_count_closed(doors - 3),
        texts.state_count_not_tested(1),
    ];
    contains(&markup, &counts.each_ref().map(String::as_str));
}

#[tokio::test]
async fn each_colour_of_verdict_comes_with_its_sentence() {
    for language in Language::ALL {
        let texts = texts(language);
        let ordinary = drawn(move || finished_page(language, &[443], &[]), false).await;
        contains(&ordinary, &[&texts.verdict_ordinary(1), "class=\"verdict green\""]);
        let none = drawn(move || finished_page(language, &[], &[]), false).await;
        contains(&none, &[texts.verdict_none_open(), "class=\"verdict green\""]);
        let incomplete = drawn(move || finished_page(language, &[], &[25]), false).await;
        contains(&incomplete, &[&texts.verdict_incomplete(1), "class=\"verdict grey\""]);
    }
}

#[tokio::test]
async fn where_everything_answers_no_door_gets_a_card() {
    for language in Language::ALL {
        let texts = texts(language);
        let everything = || -> Vec<u16> {
            let plan = Plan::of_profile(Profile::Office);
            let tcp = plan.ports().iter().filter(|port| port.transport == Transport::Tcp);
            tcp.map(|port| port.number.get()).collect()
        };
        let markup = drawn(move || finished_page(language, &everything(), &[]), false).await;
        contains(&markup, &[texts.verdict_everything_answers(), "class=\"verdict grey\""]);
        assert!(!markup.contains("<article"), "a card for a door that tells nothing");
    }
}

#[tokio::test]
async fn a_report_that_is_gone_says_so_kindly() {
    for language in Language::ALL {
        let texts = texts(language);
        let state = move || {
            samples::check_page(language).reduce(Action::Heard(samples::id(), Signal::Gone))
        };
        let markup = drawn(state, false).await;
        contains(&markup, &[texts.check_gone_title(), texts.check_gone_text(), texts.check_new()]);
    }
}
