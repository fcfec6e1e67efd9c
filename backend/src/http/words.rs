//! The words for an answer: which language this request wants, and the texts of it.

use crate::knowledge;
use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;
use klinke_shared::{Language, Texts};
use minijinja::Value;
use std::sync::LazyLock;

/// The texts of a language.
pub(super) fn texts(language: Language) -> &'static Texts {
    knowledge::in_force().texts(language)
}

/// Every phrase of a language, as the templates take it.
pub(super) fn phrases(language: Language) -> Value {
    static ALL: LazyLock<[Value; 2]> = LazyLock::new(|| {
        Language::ALL.map(|language| texts(language).phrases().iter().map(Value::from).collect())
    });
    let [german, english] = &*ALL;
    match language {
        Language::German => german.clone(),
        Language::English => english.clone(),
    }
}

/// The language that a request's headers ask for.
pub(super) fn language_of(request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::preferred(header.unwrap_or_default())
}
