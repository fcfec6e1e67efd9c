//! The forms that leave the page say what was recognised, and no spreadsheet takes it for a formula.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, OPEN, SILENT, openssh, recognised, report, shown, tcp, texts, udp};
use klinke_shared::{Language, Note, Observation, Protocol, Recognition, Report, render};

fn sample() -> Report {
    let report = report(&[(22, OPEN), (443, OPEN), (6380, OPEN), (23, OPEN), (80, CLOSED)]);
    let report = recognised(report, tcp(22), openssh());
    let report = recognised(report, tcp(443), shown());
    let redis = Recognition::of(Protocol::Redis).product("Redis").note(Note::NoPassword);
    let report = recognised(report, tcp(6380), redis);
    recognised(report, tcp(23), Recognition::default().note(Note::SaysNothing))
}

/// The text with the lines of a paragraph joined.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_text_says_after_the_head_line_what_was_recognised_and_what_matters() {
    for language in Language::ALL {
        let texts = texts(language);
        let text = render::text(&sample(), &texts);
        let name = |port| &texts.service(klinke_shared::usual_at(tcp(port))).name;
        let flowing = flowing(&text);
        for (head, next) in [
            (
                format!("tcp/22 – {}", name(22)),
                format!("OpenSSH 9.2p1 – {}", texts.note_password_login()),
            ),
            (format!("tcp/6380 – {}", name(6379)), format!("Redis – {}", texts.note_no_password())),
            (
                format!("tcp/443 – {}", name(443)),
                format!("HTTP (TLS) – {}", texts.note_certificate_expired()),
            ),
            (format!("tcp/23 – {}", name(23)), texts.note_says_nothing().to_owned()),
        ] {
            assert!(flowing.contains(&format!("{head} {next}")), "{head} {next}: {text}");
        }
        assert!(text.lines().any(|line| line.starts_with("  OpenSSH 9.2p1 – ")), "{text}");
    }
}

#[test]
fn the_text_counts_silence_on_udp_as_doors_without_an_answer() {
    let mut report = report(&[(443, CLOSED), (445, SILENT)]);
    for number in [53, 389] {
        report.addresses[0].planned.insert(udp(number));
        let seen = Observation { port: udp(number), evidence: SILENT };
        report.addresses[0].observations.insert(seen);
    }
    for language in Language::ALL {
        let texts = texts(language);
        let counts = texts.text_address("192.0.2.7", "0", "1", "3", "0");
        assert!(flowing(&render::text(&report, &texts)).contains(&counts), "{counts}");
    }
}

#[test]
fn the_table_follows_what_was_recognised_and_ends_with_it() {
    let texts = texts(Language::English);
    let table = render::csv(&sample(), &texts);
    let lines: Vec<&str> = table.split_terminator("\r\n").collect();
    assert!(lines[0].ends_with(",urgency,recognised,notes"));
    let at =
        |port: &str| *lines.iter().find(|line| line.contains(&format!(",tcp,{port},"))).unwrap();
    assert!(at("80").ends_with("\",,,"), "{}", at("80"));
    assert!(at("22").contains(",open,ssh,\""));
    let (label, note) = ("OpenSSH 9.2p1", texts.note_password_login());
    assert!(at("22").ends_with(&format!(",medium,\"{label}\",\"{note}\"")), "{}", at("22"));
    assert!(at("6380").contains(",open,redis,\""), "{}", at("6380"));
    assert!(at("23").contains(",telnet,\"") && at("23").contains(",high,,\""), "{}", at("23"));
}

#[test]
fn an_open_door_that_speaks_something_else_is_not_listed_as_its_number_says() {
    let report = report(&[(443, OPEN), (22, CLOSED)]);
    let report = recognised(report, tcp(443), openssh());
    let table = render::csv(&report, &texts(Language::German));
    assert!(
        table.contains(",tcp,443,open,ssh,") && table.contains(",tcp,22,closed,ssh,"),
        "{table}"
    );
    let report = recognised(report, tcp(443), Recognition::of(Protocol::Lpd));
    let table = render::csv(&report, &texts(Language::German));
    assert!(table.contains(",tcp,443,open,,,medium,\"LPD\",\r\n"), "{table}");
}

#[test]
fn no_spreadsheet_takes_what_a_stranger_said_for_a_formula_or_another_cell() {
    for hostile in ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "a\",\"b", "a\r\n=b"] {
        let known = Recognition::of(Protocol::Ftp).product(hostile);
        let table = render::csv(
            &recognised(report(&[(21, OPEN)]), tcp(21), known),
            &texts(Language::English),
        );
        let line = table.split_terminator("\r\n").nth(1).unwrap();
        let cell = line.rsplit_once(",medium,").unwrap().1.trim_end_matches(',');
        let inside = cell.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
        assert!(!inside.starts_with(['=', '+', '-', '@']), "{line}");
        assert!(!inside.replace("\"\"", "").contains('"'), "{line}");
        assert_eq!(table.lines().count(), 2, "{table}");
    }
}

#[test]
fn the_json_has_what_was_recognised_with_the_facts_and_with_each_finding() {
    let json = render::json(&sample(), &texts(Language::English));
    assert_eq!(serde_json::from_value::<Report>(json.clone()).unwrap(), sample());
    let finding = json["findings"].as_array().unwrap().iter();
    let ssh = finding.map(|each| &each["finding"]).find(|finding| finding["port"] == 22).unwrap();
    assert_eq!((&ssh["proven"], &ssh["severity"]), (&true.into(), &"medium".into()));
    assert_eq!(ssh["recognition"]["product"], "OpenSSH");
    assert_eq!(ssh["recognition"]["notes"][0], "password-login");
    assert!(ssh["recognition"].get("certificate").is_none(), "what is not known is left out");
}
