//! The drawings that stand in the file of every page, each once.

use klinke_shared::PageRoute;

/// One drawing on each line.
const ALL: &str = include_str!("../../sprite.svg");

/// The drawings that a page shows, or may show once it has come to life.
pub(crate) fn of(page: PageRoute, markup: &str) -> String {
    let is_shown = |line: &&str| match line.split('"').nth(1) {
        Some(name) if line.starts_with("<symbol") => {
            page.route.is_living() || markup.contains(&format!("\"#{name}\""))
        }
        _ => !line.starts_with("<!--"),
    };
    ALL.lines().filter(is_shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use klinke_shared::{Language, Route};

    #[test]
    fn a_page_to_read_has_only_the_drawings_that_it_shows() {
        let page = PageRoute { language: Language::German, route: Route::Glossary };
        let sprite = of(page, "<use href=\"#d-mark\"></use>");
        assert!(sprite.contains("id=\"d-mark\"") && !sprite.contains("id=\"d-open\""));
        assert!(sprite.starts_with("<svg") && sprite.ends_with("</svg>"), "{sprite}");
        let start = of(PageRoute { route: Route::Start, ..page }, "");
        assert!(start.contains("id=\"d-open\"") && !start.contains("<!--"));
    }
}
