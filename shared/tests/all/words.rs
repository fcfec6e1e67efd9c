//! Words, languages, addresses of pages, and the forms that leave the page.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::samples::{CLOSED, NOT_ASKED, OPEN, SILENT, report, texts};
use klinke_shared::api::ProblemCode;
use klinke_shared::{
    Article, CheckId, Language, PageRoute, Route, Texts, Tip, by_name, render, services,
};

#[test]
fn a_sentence_is_filled_in_the_language_s_own_order_and_number() {
    let (german, english) = (texts(Language::German), texts(Language::English));
    assert_eq!(german.check_progress("3", "58"), "3 von 58 Türen geprüft");
    assert_eq!(english.check_progress("3", "58"), "3 of 58 doors checked");
    assert_eq!(german.state_count_filtered(1), "1 antwortet nicht");
    assert_eq!(german.state_count_filtered(0), "0 antworten nicht");
    assert_eq!(english.state_count_open(2), "2 doors open");
}

#[test]
fn texts_of_another_version_are_refused() {
    assert!(Texts::from_json("{}").is_err());
    assert!(Texts::from_json("").is_err());
    let older = Texts::common_json(Language::German).replacen(
        "\"phrases\":[",
        "\"phrases\":[\"one more\",",
        1,
    );
    assert!(Texts::from_json(&older).is_err());
}

#[test]
fn the_path_of_a_texts_file_says_its_language_and_holds_a_hash() {
    let files = Language::ALL.map(Texts::file);
    assert!(files[0].starts_with("de-") && files[1].starts_with("en-"), "{files:?}");
    let rdp = by_name("rdp").unwrap();
    for (language, file) in Language::ALL.into_iter().zip(files) {
        let folder = file.strip_suffix(".json").unwrap();
        assert_eq!(folder.split_once('-').unwrap().1.len(), 16);
        assert_eq!(Texts::service_file(language, rdp), format!("{folder}/rdp.json"));
    }
}

#[test]
fn the_common_words_hold_every_name_and_the_rest_is_learnt() {
    for language in Language::ALL {
        let whole = texts(language);
        let mut texts = Texts::from_json(Texts::common_json(language)).unwrap();
        for (id, _) in services() {
            assert_eq!(texts.service(Some(id)).name, whole.service(Some(id)).name);
            assert!(whole.knows(id) && !texts.knows(id));
            let file = serde_json::to_string(whole.service(Some(id))).unwrap();
            texts.learn(id, klinke_shared::from_json(&file).unwrap());
        }
        assert_eq!(texts, whole);
    }
}

#[test]
fn the_browser_s_languages_choose_ours() {
    for (header, language) in [
        ("", Language::German),
        ("de-AT,de;q=0.9,en;q=0.8", Language::German),
        ("en-GB,en;q=0.9,de;q=0.8", Language::English),
        ("fr,en;q=0.4,de;q=0.5", Language::German),
        ("fr;q=1, EN;q=0.2", Language::English),
        ("fr,ja", Language::German),
        ("en;q=0,de;q=0.1", Language::German),
        ("*;;;==,q=,,", Language::German),
        ("en;q=nonsense", Language::German),
    ] {
        assert_eq!(Language::preferred(header), language, "{header}");
    }
}

#[test]
fn every_page_has_an_address_in_each_language_and_is_found_there() {
    let id = CheckId::from_random([0xab; 16]);
    let articles = Article::ALL.iter().copied().map(Route::Article);
    let tips = Tip::ALL.into_iter().map(Route::Tip);
    let each = services().map(|(service, _)| Route::Service(service));
    let port = Route::Port(3389.try_into().unwrap());
    let sample = Route::Check(CheckId::SAMPLE);
    let plain = [Route::Start, sample, Route::Check(id), Route::Services, Route::Glossary, port];
    for route in plain.into_iter().chain(articles).chain(tips).chain(each) {
        for language in Language::ALL {
            let page = PageRoute { language, route };
            assert_eq!(PageRoute::parse(&page.to_string(), Language::German), page, "{page}");
            assert_eq!(page.in_language(language), page);
        }
    }
}

#[test]
fn an_address_that_names_nothing_is_not_found() {
    let other = |path: &str| PageRoute::parse(path, Language::English);
    for path in [
        "/de/x",
        "/de/check/00",
        "/de/pruefung/",
        "/de/pruefung/zz",
        "/en/limits/more",
        "/de/dienst/nonsense",
        "/de/service/rdp",
        "/de/port/0",
        "/de/port/080",
        "/de/port/+80",
        "/de/port/65536",
        "/en/tip/vpn-statt-offener-tuer",
        "/de/pruefung/ABABABABABABABABABABABABABABABAB",
    ] {
        assert_eq!(other(path).route, Route::NotFound, "{path}");
    }
    assert_eq!(other("/fr/"), PageRoute { language: Language::English, route: Route::NotFound });
    assert_eq!(other("/de").route, Route::Start);
}

#[test]
fn a_check_s_name_reads_back_and_hides_in_logs() {
    let id = CheckId::from_random([0x0f; 16]);
    assert_eq!(id.to_string(), "0f".repeat(16));
    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(format!("{id:?}"), "CheckId(0f0f…)");
    for text in ["", "0f", &"0F".repeat(16), &"0g".repeat(16), &"+f".repeat(16), &"0f".repeat(17)] {
        assert!(text.parse::<CheckId>().is_err(), "{text}");
    }
}

#[test]
fn every_error_has_its_own_code_and_a_sentence_in_both_languages() {
    let (german, english) = (texts(Language::German), texts(Language::English));
    for (index, code) in ProblemCode::ALL.iter().enumerate() {
        assert!((400..600).contains(&code.status()));
        assert_ne!(code.sentence(&german), code.sentence(&english));
        assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.as_str()));
        assert!(ProblemCode::ALL[index + 1..].iter().all(|other| other.as_str() != code.as_str()));
    }
}

#[test]
fn the_text_form_says_verdict_doors_and_limits_and_leaves_nothing_unfilled() {
    let report =
        report(&[(3389, OPEN), (9999, OPEN), (443, CLOSED), (445, SILENT), (23, NOT_ASKED)]);
    for language in Language::ALL {
        let texts = texts(language);
        let text = render::text(&report, &texts);
        assert!(text.replace('\n', " ").starts_with(&report.verdict().sentence(&texts)), "{text}");
        assert!(
            text.contains("tcp/3389") && text.contains("tcp/9999") && !text.contains("tcp/443")
        );
        assert!(text.contains("192.0.2.7: 2 "), "{text}");
        assert!(!text.contains(['{', '}']), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 76 || !line.trim().contains(' ')),
            "{text}"
        );
    }
}

#[test]
fn the_table_has_a_line_for_every_planned_port() {
    let report = report(&[(3389, OPEN), (443, CLOSED), (445, SILENT), (23, NOT_ASKED)]);
    let table = render::csv(&report, &texts(Language::English));
    let lines: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[1].starts_with("192.0.2.7,tcp,23,not-tested,telnet,\""));
    assert!(
        lines[4].starts_with("192.0.2.7,tcp,3389,open,rdp,\"") && lines[4].ends_with(",critical,,")
    );
}

#[test]
fn the_json_form_reads_back_as_the_report_and_adds_what_was_derived() {
    let report = report(&[(3389, OPEN), (443, CLOSED)]);
    let json = render::json(&report, &texts(Language::German));
    assert_eq!(serde_json::from_value::<klinke_shared::Report>(json.clone()).unwrap(), report);
    assert_eq!(json["verdict"]["colour"], "red");
    assert_eq!(json["findings"][0]["finding"]["service"], "rdp");
    assert_eq!(json["limits"][0]["limit"]["kind"], "udp-not-tried");
}

#[test]
fn the_page_loads_no_word_that_stands_on_pages_to_read_only() {
    for language in Language::ALL {
        let whole = texts(language);
        let common = Texts::common_json(language);
        let for_page = Texts::for_page(common);
        let loaded = Texts::from_json(&for_page).unwrap();
        assert!(loaded.services_lead().is_empty() && !whole.services_lead().is_empty());
        assert_eq!(loaded.start_button(), whole.start_button());
        assert!(for_page.len() < common.len() && for_page.contains("\"rdp\""));
    }
}
