//! The built pages, which are templates: they are filled with what only the running server knows. Knows
//! no request.

use super::assets::Dist;
use minijinja::{Environment, ErrorKind, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What stands in the way of filling a page.
#[derive(Debug, thiserror::Error)]
pub(super) enum TemplateError {
    /// The page was not built into this program.
    #[error("the page {0} is not built into this program")]
    NotBuilt(String),
    /// It names a value that it is not given, or is no template.
    #[error("the page {0} cannot be filled: {1}")]
    Unfit(String, minijinja::Error),
}

static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    // A value that is missing is a fault of ours, and not an empty place on a page.
    pages.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    pages.set_loader(|name| {
        Ok(Dist::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()))
    });
    pages
});

/// The names of the files of all pages.
pub(super) fn names() -> impl Iterator<Item = Cow<'static, str>> {
    let is_page = |name: &Cow<'_, str>| {
        name.starts_with("pages/") && name.rsplit_once('.').is_some_and(|(_, end)| end == "html")
    };
    Dist::iter().filter(is_page)
}

/// A file of the build that is a template, filled with these values.
pub(super) fn filled(name: &str, values: Value) -> Result<String, TemplateError> {
    let page = PAGES.get_template(name).map_err(|error| match error.kind() {
        ErrorKind::TemplateNotFound => TemplateError::NotBuilt(name.to_owned()),
        _ => TemplateError::Unfit(name.to_owned(), error),
    })?;
    page.render(values).map_err(|error| TemplateError::Unfit(name.to_owned(), error))
}
