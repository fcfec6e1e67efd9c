//! The words for an answer: which language this request wants, and the texts of it.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;
use klinke_shared::{Language, Texts};
use std::sync::LazyLock;

static GERMAN: LazyLock<Texts> = LazyLock::new(|| load(Language::German));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| load(Language::English));

/// The texts of a language.
pub(super) fn texts(language: Language) -> &'static Texts {
    match language {
        Language::German => &GERMAN,
        Language::English => &ENGLISH,
    }
}

/// The language that a request's headers ask for.
pub(super) fn language_of(request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::preferred(header.unwrap_or_default())
}

#[expect(
    clippy::expect_used,
    reason = "the texts are built into the program together with the tables they fit"
)]
fn load(language: Language) -> Texts {
    Texts::from_json(Texts::json(language)).expect("the build writes texts that fit the tables")
}
