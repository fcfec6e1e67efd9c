//! The body of each page, drawn by the page's own components.

use klinke_page::app::{Frame, FrameProps};
use klinke_page::reading::word;
use klinke_page::state::State;
use klinke_shared::api::{Operator, Site};
use klinke_shared::{PageRoute, Route, Texts};
use std::rc::Rc;
use yew::ServerRenderer;

/// Where the template wants the body.
pub(crate) const PLACE: &str = "<div id=\"app\"></div>";

/// The markup of a page before any script has run.
pub(crate) async fn of(page: PageRoute, texts: &Texts) -> String {
    let texts = texts.clone();
    let renderer = ServerRenderer::<Frame>::with_props(move || {
        let mut state = State::new(page, Rc::new(texts));
        state.check = None;
        state.site = Some(Rc::new(Site { operator: some_operator(), ..Site::default() }));
        FrameProps { state, tell: yew::Callback::noop(), unscripted: true }
    });
    let markup = renderer.hydratable(false).render().await;
    with_short_contacts(&without_check_links(&markup, page))
}

/// A number as a link needs it, and a page's address as people say it.
fn with_short_contacts(markup: &str) -> String {
    let number = format!("tel:{}", some_operator().phone_number());
    let website = format!(">{}<", word("operator.website"));
    markup
        .replace(&number, &format!("tel:{}", word("operator.phone_number")))
        .replace(&website, &format!(">{}<", word("operator.website_name")))
}

/// Whoever runs the server that sends the page.
fn some_operator() -> Operator {
    let field = |name: &str| word(&format!("operator.{name}"));
    Operator {
        name: field("name"),
        phone: field("phone"),
        email: field("email"),
        website: field("website"),
        imprint: field("imprint"),
        privacy: field("privacy"),
        logo: field("logo"),
        sentence_de: field("sentence_de"),
        sentence_en: field("sentence_en"),
    }
}

/// One file serves every check, so its change of language cannot name the check. Until the page
/// comes to life, it leads to the start page.
fn without_check_links(markup: &str, page: PageRoute) -> String {
    klinke_shared::Language::ALL.into_iter().fold(markup.to_owned(), |markup, language| {
        let check = page.in_language(language).to_string();
        let start = PageRoute { language, route: Route::Start }.to_string();
        if page.route.is_secret() { markup.replace(&check, &start) } else { markup }
    })
}
