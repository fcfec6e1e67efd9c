//! The built pages, which are templates: they are filled with what only the running server knows. Knows
//! no request.

use super::assets::Dist;
use minijinja::{Environment, Value};
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

static PAGES: LazyLock<Environment<'static>> = LazyLock::new(load);

/// The files that are templates: every page, and those that name this server's own address.
fn load() -> Environment<'static> {
    let mut pages = Environment::new();
    // A value that is missing is a fault of ours, and not an empty place on a page.
    pages.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    for name in Dist::iter().filter(|name| is_template(name)) {
        let Some(file) = Dist::get(&name) else { continue };
        let source = String::from_utf8_lossy(&file.data).into_owned();
        if let Err(error) = pages.add_template_owned(name.to_string(), source) {
            tracing::error!(%error, %name, "a built page is no template");
        }
    }
    pages
}

fn is_template(name: &str) -> bool {
    let is_page = || name.rsplit_once('.').is_some_and(|(_, ending)| ending == "html");
    (name.starts_with("pages/") && is_page()) || name == "robots.txt"
}

/// The names of all pages.
pub(super) fn names() -> impl Iterator<Item = Cow<'static, str>> {
    Dist::iter().filter(|name| is_template(name))
}

/// A page, filled with these values.
pub(super) fn filled(name: &str, values: Value) -> Result<String, TemplateError> {
    let page = PAGES.get_template(name).map_err(|_| TemplateError::NotBuilt(name.to_owned()))?;
    page.render(values).map_err(|error| TemplateError::Unfit(name.to_owned(), error))
}
