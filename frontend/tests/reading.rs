//! Every page that is only to be read, as it is drawn at build time, in both languages.

mod samples;

use klinke_page::reading;
use klinke_shared::library::{Article, Library};
use klinke_shared::{Language, Route, Texts, Tip, by_name};
use samples::drawing::{contains, drawn};
use samples::texts;
use std::num::NonZeroU16;

async fn page(language: Language, route: Route) -> String {
    drawn(move || samples::page(language, route), true).await
}

/// The text as it is read: without the marks of links and paragraphs.
fn read(markup: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for sign in markup.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(sign),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">")
}

#[tokio::test]
async fn every_article_says_all_that_its_file_says() {
    for language in Language::ALL {
        for article in Article::ALL.iter().copied() {
            let words = Library::of(language).article(article);
            let text = read(&page(language, Route::Article(article)).await);
            contains(&text, &[&words.title, &words.lead]);
            for section in &words.sections {
                contains(&text, &[&section.title]);
                for part in section.text.iter().chain(&section.list) {
                    contains(&text, &[part]);
                }
            }
        }
    }
}

#[tokio::test]
async fn every_tip_says_why_the_first_step_and_what_to_ask() {
    for language in Language::ALL {
        for tip in Tip::ALL {
            let words = Library::of(language).tip(tip);
            let text = read(&page(language, Route::Tip(tip)).await);
            contains(&text, &[tip.title(&texts(language)), &words.lead]);
            let parts =
                words.why.iter().chain(&words.first_step).chain(&words.ask).chain(&words.it);
            for part in parts {
                contains(&text, &[part]);
            }
        }
    }
}

#[tokio::test]
async fn every_word_of_the_glossary_has_its_place() {
    for language in Language::ALL {
        let markup = page(language, Route::Glossary).await;
        for term in &Library::of(language).glossary {
            contains(&markup, &[&format!("id=\"{}\"", term.name), &term.term, &term.text]);
        }
    }
}

#[tokio::test]
async fn an_explained_word_leads_to_its_explanation_once() {
    let markup = page(Language::German, Route::Tip(Tip::Vpn)).await;
    assert_eq!(markup.matches("class=\"term\" href=\"/de/glossar#vpn\"").count(), 1, "{markup}");
}

#[tokio::test]
async fn the_page_of_a_service_has_a_place_for_everything_that_is_known_of_it() {
    let rdp = Route::Service(by_name("rdp").unwrap());
    for language in Language::ALL {
        let markup = page(language, rdp).await;
        for value in [
            "name", "purpose", "risk", "fine", "employee", "boss", "it", "router", "ports", "also",
            "used_by", "severity",
        ] {
            contains(&markup, &[&reading::word(&format!("service.{value}"))]);
        }
        contains(
            &markup,
            &["{% for tip in service.tips %}", "{% for source in service.sources %}"],
        );
    }
}

#[tokio::test]
async fn the_first_page_about_ports_has_a_picture_of_doors() {
    for language in Language::ALL {
        let markup = page(language, Route::Article(Article::OpenPorts)).await;
        assert_eq!(markup.matches("<svg class=\"picture\"").count(), 3);
        let texts: &Texts = &texts(language);
        contains(&markup, &[texts.picture_open(), texts.picture_shut(), texts.picture_silent()]);
    }
}

#[tokio::test]
async fn every_page_to_read_leads_on_and_to_the_check() {
    let port = Route::Port(NonZeroU16::MIN);
    for language in Language::ALL {
        let texts = texts(language);
        for route in [Route::Glossary, Route::Services, port, Route::Article(Article::Limits)] {
            let markup = page(language, route).await;
            contains(&markup, &[texts.reading_more(), texts.service_check_now()]);
            assert!(!markup.contains("<noscript"), "a page to read needs no script");
        }
    }
}

#[test]
fn every_page_has_a_description_of_its_own() {
    for language in Language::ALL {
        let texts = texts(language);
        let articles = Article::ALL.iter().copied().map(Route::Article);
        let tips = Tip::ALL.into_iter().map(Route::Tip);
        let all = articles.chain(tips).chain([Route::Glossary, Route::Services]);
        let mut seen: Vec<String> = Vec::new();
        for route in all {
            let words = reading::description(route, &texts);
            assert!(!seen.contains(&words), "{words}");
            seen.push(words);
        }
    }
}
