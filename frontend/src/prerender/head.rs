//! The head of each page: language, title, description, the same page in other languages, and only for
//! pages that the program draws, the program.

use crate::template;
use anyhow::{Context, Result};
use klinke_page::reading;
use klinke_shared::{Language, PageRoute, Route, Texts};
use std::fmt::Write as _;

const TITLE: &str = "<title>Klinke</title>";

/// The template with the head of this page.
pub(crate) fn filled(template: &str, page: PageRoute, texts: &Texts) -> Result<String> {
    let start = template.find("<html lang=").context("the template has no <html lang=…>")?;
    let end = start + template[start..].find('>').context("the template's <html> has no end")?;
    let mut whole = template.to_owned();
    let [version, reach] = ["version", "reach"].map(reading::word);
    let language = page.language;
    let root =
        format!("<html lang=\"{language}\" data-version=\"{version}\" data-reach=\"{reach}\">");
    whole.replace_range(start..=end, &root);
    let whole = replaced(&whole, TITLE, &head(page, texts))?;
    if page.route.is_living() {
        template::with_program(&whole, &loaded_later(page))
    } else {
        template::without_program(&whole)
    }
}

/// The text with one part replaced, which has to be there exactly once.
pub(crate) fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    anyhow::ensure!(text.matches(part).count() == 1, "the template needs “{part}” exactly once");
    Ok(text.replacen(part, by, 1))
}

fn head(page: PageRoute, texts: &Texts) -> String {
    let mut head = format!(
        "<title>{}</title><meta name=\"description\" content=\"{}\">",
        reading::word("title"),
        escaped(&reading::description(page.route, texts)),
    );
    if page.route.is_secret() || page.route == Route::NotFound {
        head.push_str("<meta name=\"robots\" content=\"noindex\">");
    } else {
        let origin = reading::word("origin");
        for language in Language::ALL {
            let there = page.in_language(language);
            let _ = write!(
                head,
                "<link rel=\"alternate\" hreflang=\"{language}\" href=\"{origin}{there}\">"
            );
        }
        let _ = write!(head, "<link rel=\"canonical\" href=\"{origin}{page}\">");
    }
    head
}

/// What the program will ask for first.
fn loaded_later(page: PageRoute) -> String {
    let link =
        |path: &str| format!("<link rel=\"preload\" href=\"{path}\" as=\"fetch\" crossorigin>");
    let words = format!("/texts/{}{}", Texts::file(page.language), reading::word("version"));
    link(&words) + &link("/api/site")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
