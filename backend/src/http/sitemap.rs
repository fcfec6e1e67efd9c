//! The list of pages for search engines. Knows no request.

use klinke_shared::{Article, CheckId, Language, PageRoute, Route, Tip, services};
use std::fmt::Write as _;

/// Every page that is worth finding, with the same page in the other language (sitemaps.org, 0.9).
pub(super) fn of(origin: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for route in worth_finding() {
        for language in Language::ALL {
            let _ = write!(xml, "<url><loc>{origin}{}</loc>", PageRoute { language, route });
            for language in Language::ALL {
                let there = PageRoute { language, route };
                let _ = write!(
                    xml,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{origin}{there}\"/>"
                );
            }
            xml.push_str("</url>\n");
        }
    }
    xml + "</urlset>\n"
}

fn worth_finding() -> impl Iterator<Item = Route> {
    let plain = [Route::Start, Route::Check(CheckId::SAMPLE), Route::Services, Route::Glossary];
    let articles = Article::ALL.iter().copied().map(Route::Article);
    let tips = Tip::ALL.into_iter().map(Route::Tip);
    let services = services().map(|(id, _)| Route::Service(id));
    plain.into_iter().chain(articles).chain(tips).chain(services)
}
