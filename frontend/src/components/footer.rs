//! The foot of every page: what the check cannot see, who runs this server, and how to reach them.

use super::{Desk, element, link, say};
use klinke_shared::Route;
use klinke_shared::api::{Operator, Site};
use yew::Html;

/// The foot of the page.
pub fn footer(desk: &Desk, site: Option<&Site>) -> Html {
    let nobody = Operator::default();
    let operator = site.map_or(&nobody, |site| &site.operator);
    let texts = &desk.texts;
    let limits = link(desk, desk.page(Route::Limits), "", texts.footer_limits().into());
    element("footer", "footer").with("aria-label", texts.footer_label()).holding([
        element("ul", "footer__links").holding([
            element("li", "").key("limits").holding([limits]),
            outside("imprint", &operator.imprint, texts.footer_imprint()),
            outside("privacy", &operator.privacy, texts.footer_privacy()),
        ]),
        contact(operator, texts.contact_title()),
    ])
}

fn outside(key: &str, to: &str, words: &str) -> Html {
    let there = element("a", "").with("href", to).saying(words);
    element("li", "").key(key).hidden(to.is_empty()).holding([there])
}

fn contact(operator: &Operator, title: &str) -> Html {
    let Operator { name, phone, email, website, .. } = operator;
    let nothing = [name, phone, email, website].into_iter().all(String::is_empty);
    let digits: String =
        phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    let way = |to: &str, words: &str| {
        element("a", "").hidden(words.is_empty()).with("href", to).saying(words)
    };
    element("address", "contact").hidden(nothing).holding([
        say("strong", "contact__title", title),
        element("span", "").hidden(name.is_empty()).saying(name),
        way(&format!("tel:{digits}"), phone),
        way(&format!("mailto:{email}"), email),
        way(website, bare(website)),
    ])
}

/// An address of a page as people say it.
fn bare(website: &str) -> &str {
    let bare = website.strip_prefix("https://").or_else(|| website.strip_prefix("http://"));
    bare.unwrap_or(website).trim_end_matches('/')
}
