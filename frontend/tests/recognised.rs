//! What was recognised and what slows a check down, as the page shows it, in both languages.

mod samples;

use klinke_page::state::{Action, Signal, State};
use klinke_shared::{
    Certificate, Event, Evidence, Language, Note, Observation, Observations, Port, Protocol,
    Recognised, Recognition, Slowing, Transport, by_name,
};
use samples::drawing::{contains, drawn};
use samples::{
    check_page, finished, heard, observations, observed, recognised, report, started, tcp, texts,
};

fn openssh() -> Recognition {
    let ssh = Recognition::of(Protocol::Ssh).product("OpenSSH").version("9.2p1");
    ssh.detail("SSH-2.0-OpenSSH_9.2p1").note(Note::PasswordLogin)
}

fn with_report(language: Language, seen: Observations) -> State {
    heard(check_page(language), 1, vec![started(), finished(report(seen))])
}

fn running(language: Language, events: Vec<Event>) -> State {
    heard(check_page(language), 1, [started()].into_iter().chain(events).collect())
}

#[tokio::test]
async fn a_recognised_door_says_so_and_what_of_it_matters() {
    for language in Language::ALL {
        let texts = texts(language);
        let markup = drawn(move || with_report(language, recognised(443, openssh())), false).await;
        contains(
            &markup,
            &[
                &texts.card_recognised("443/tcp"),
                &texts.service(by_name("ssh")).name,
                "<p class=\"card__product\">OpenSSH 9.2p1</p>",
                &format!("<li>{}</li>", texts.note_password_login()),
                &texts.evidence_recognised("OpenSSH 9.2p1"),
                &texts.evidence_said("SSH-2.0-OpenSSH_9.2p1"),
                texts.severity_medium(),
            ],
        );
        assert!(!markup.contains(&texts.service(by_name("https")).name), "{markup}");
        assert!(!markup.contains(&texts.card_usually("443/tcp")), "{markup}");
    }
}

#[tokio::test]
async fn a_certificate_is_shown_with_its_names_and_its_last_day() {
    for (language, day) in
        [(Language::German, "21. September 2026"), (Language::English, "21 September 2026")]
    {
        let texts = texts(language);
        let known = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let certificate = Certificate { names, issuer: None, expires: 1_790_000_000 };
            let mut known = Recognition::of(Protocol::Http);
            (known.tls, known.certificate) = (true, Some(certificate));
            known
        };
        let named = known(&["office.test", "*.office.test"]);
        let markup = drawn(move || with_report(language, recognised(443, named)), false).await;
        let sentence = texts.evidence_certificate("office.test, *.office.test", day);
        contains(&markup, &[&sentence, "HTTP (TLS)"]);
        let nameless = known(&[]);
        let markup = drawn(move || with_report(language, recognised(443, nameless)), false).await;
        contains(&markup, &[&texts.evidence_certificate_nameless(day)]);
    }
}

#[tokio::test]
async fn a_door_that_says_nothing_is_still_usually_used_for_something() {
    for language in Language::ALL {
        let texts = texts(language);
        let mute = Recognition::default().note(Note::SaysNothing);
        let markup = drawn(move || with_report(language, recognised(22, mute)), false).await;
        contains(&markup, &[&texts.card_usually("22/tcp"), texts.note_says_nothing()]);
        contains(&markup, &["<p class=\"card__product\" hidden=\"hidden\"></p>"]);
    }
}

#[tokio::test]
async fn what_a_door_says_of_itself_is_text_and_never_markup() {
    let hostile = Recognition::of(Protocol::Ftp).product("<img src=x onerror=alert(1)>");
    let state =
        move || with_report(Language::German, recognised(21, hostile.detail("</p><script>")));
    let markup = drawn(state, false).await;
    assert!(!markup.contains("<img src=x") && !markup.contains("<script"), "{markup}");
    contains(&markup, &["&lt;img src=x onerror=alert(1)&gt;"]);
}

#[tokio::test]
async fn an_answer_on_udp_is_evidence() {
    for language in Language::ALL {
        let texts = texts(language);
        let Some(port) = Port::new(Transport::Udp, 53) else { unreachable!() };
        let evidence = Evidence::Answered { rtt_us: 12_300, sent: 17, received: 60 };
        let mut seen = observations(&[], &[]);
        seen.insert(Observation { port, evidence });
        let markup = drawn(move || with_report(language, seen), false).await;
        contains(&markup, &[&texts.evidence_udp("53/udp", "12")]);
    }
}

#[tokio::test]
async fn an_open_door_of_a_running_check_says_what_is_behind_it_as_soon_as_known() {
    for language in Language::ALL {
        let texts = texts(language);
        let found = move || running(language, vec![observed(observations(&[443], &[]))]);
        let before = drawn(found, false).await;
        contains(&before, &[&texts.service(by_name("https")).name]);
        contains(&before, &["<span class=\"open-door__label\"></span>"]);
        let state = move || {
            let mut later = Observations::default();
            later.recognise(Recognised { port: tcp(443), recognition: openssh() });
            heard(found(), 3, vec![observed(later)])
        };
        let after = drawn(state, false).await;
        contains(&after, &["<span class=\"open-door__label\">OpenSSH 9.2p1</span>"]);
        contains(&after, &[&texts.service(by_name("ssh")).name]);
        assert!(!after.contains(&texts.service(by_name("https")).name), "{after}");
    }
}

const SLOWED: &str = "<p class=\"progress__slowed\" role=\"status\">";

#[tokio::test]
async fn what_slows_a_check_down_is_said_in_a_place_that_was_there_before() {
    for language in Language::ALL {
        let texts = texts(language);
        let connecting = drawn(move || check_page(language), false).await;
        contains(&connecting, &[&format!("{SLOWED}</p>")]);
        for slowing in [Slowing::Throttled, Slowing::Banned] {
            let slowed = Event::Slowed { address: 0, slowing };
            let state = move || running(language, vec![slowed]);
            let markup = drawn(state, false).await;
            contains(&markup, &[&format!("{SLOWED}{}</p>", slowing.text(&texts))]);
        }
    }
}

#[test]
fn a_check_stays_slowed_down_until_its_end_also_over_a_lost_connection() {
    let slowed = Event::Slowed { address: 0, slowing: Slowing::Throttled };
    let state = running(Language::German, vec![slowed, observed(observations(&[22], &[]))]);
    let state = state.reduce(Action::Heard(samples::id(), Signal::Lost));
    let slowing = state.check_of_page().and_then(|check| check.slowed);
    assert_eq!(slowing, Some(Slowing::Throttled));
}
