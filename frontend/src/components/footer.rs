//! The foot of every page: what the check cannot see, who runs this server, and how to reach them.

use super::{Desk, element, link, say};
use klinke_shared::api::Operator;
use klinke_shared::{Article, Route};
use yew::Html;

/// The foot of the page.
pub fn footer(desk: &Desk, operator: &Operator) -> Html {
    let texts = &desk.texts;
    let article = |article, words: &str| {
        let there = link(desk, desk.page(Route::Article(article)), "", words.into());
        element("li", "").holding([there])
    };
    element("footer", "footer").with("aria-label", texts.footer_label()).holding([
        element("ul", "footer__links").holding([
            article(Article::OpenPorts, texts.footer_open_ports()),
            article(Article::Limits, texts.footer_limits()),
            article(Article::SeenUs, texts.footer_seen_us()),
            outside(&operator.imprint, texts.footer_imprint()),
            outside(&operator.privacy, texts.footer_privacy()),
        ]),
        contact(operator, texts.contact_title()),
    ])
}

/// One that leads nowhere is hidden by the styles, because the server writes the page without knowing
/// which of them are set.
fn outside(to: &str, words: &str) -> Html {
    let there = element("a", "").with("href", to).saying(words);
    element("li", "footer__outside").holding([there])
}

fn contact(operator: &Operator, title: &str) -> Html {
    let Operator { name, phone, email, website, .. } = operator;
    let number = operator.phone_number();
    let way = |to: &str, words: &str| element("a", "").with("href", to).saying(words);
    element("address", "contact").holding([
        say("strong", "contact__title", title),
        say("span", "", name),
        way(&format!("tel:{number}"), phone),
        way(&format!("mailto:{email}"), email),
        way(website, operator.website_name()),
    ])
}
