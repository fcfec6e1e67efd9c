//! The foot of every page: what the check cannot see, who runs this server, and how to reach them.

use super::{Desk, link, say};
use klinke_shared::Route;
use klinke_shared::api::{Operator, Site};
use yew::{Html, html};

/// The foot of the page.
pub fn footer(desk: &Desk, site: Option<&Site>) -> Html {
    let nobody = Operator::default();
    let operator = site.map_or(&nobody, |site| &site.operator);
    let texts = &desk.texts;
    html! {
        <footer class="footer" aria-label={texts.footer_label().to_owned()}>
            <ul class="footer__links">
                <li key="limits">
                    { link(desk, desk.page(Route::Limits), "", texts.footer_limits().into()) }
                </li>
                { outside("imprint", &operator.imprint, texts.footer_imprint()) }
                { outside("privacy", &operator.privacy, texts.footer_privacy()) }
            </ul>
            { contact(operator, texts.contact_title()) }
        </footer>
    }
}

fn outside(key: &'static str, to: &str, words: &str) -> Html {
    html! {
        <li {key} hidden={to.is_empty()}><a href={to.to_owned()}>{ words }</a></li>
    }
}

fn contact(operator: &Operator, title: &str) -> Html {
    let Operator { name, phone, email, website, .. } = operator;
    let nothing = [name, phone, email, website].into_iter().all(String::is_empty);
    let digits: String =
        phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    html! {
        <address class="contact" hidden={nothing}>
            { say("strong", "contact__title", title) }
            <span hidden={name.is_empty()}>{ name }</span>
            <a hidden={phone.is_empty()} href={format!("tel:{digits}")}>{ phone }</a>
            <a hidden={email.is_empty()} href={format!("mailto:{email}")}>{ email }</a>
            <a hidden={website.is_empty()} href={website.clone()}>{ bare(website) }</a>
        </address>
    }
}

/// An address of a page as people say it.
fn bare(website: &str) -> &str {
    website.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}
