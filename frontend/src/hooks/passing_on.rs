//! Passes a report on by what the browser offers: paper, the mail program, the system's own way to share.

use super::watched::use_watched;
use crate::state::{Action, PassOn, State};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{ShareData, Window};
use yew::{Callback, hook};

/// Says once whether the system can share, and does each time what the visitor wishes.
#[hook]
pub fn use_passing_on(state: &State, tell: &Callback<Action>) {
    let tell = tell.clone();
    use_watched((), move || {
        let can = web_sys::window().is_some_and(|window| {
            Reflect::has(&window.navigator(), &JsValue::from_str("share")).unwrap_or(false)
        });
        if can {
            tell.emit(Action::CanShare);
        }
    });
    let judged = state.check_of_page().and_then(|check| check.judged()).cloned();
    let texts = state.texts.clone();
    let passed_on = state.passed_on;
    use_watched(passed_on, move || {
        let (Some((way, _)), Some(window)) = (passed_on, web_sys::window()) else { return };
        let link = window.location().href().unwrap_or_default();
        let verdict = judged.map(|judged| judged.verdict.sentence(&texts)).unwrap_or_default();
        match way {
            PassOn::Print => drop(window.print()),
            PassOn::Mail => {
                let text = [texts.mail_text(&verdict), texts.mail_link(&link)].join("\n\n");
                mail(&window, texts.mail_subject(), &text);
            }
            PassOn::Share => share(&window, texts.mail_subject(), &verdict, &link),
        }
    });
}

/// A new message in the visitor's own program (RFC 6068).
fn mail(window: &Window, subject: &str, text: &str) {
    let encoded = |words: &str| String::from(js_sys::encode_uri_component(words));
    let text = encoded(&text.replace('\n', "\r\n"));
    let _ =
        window.location().set_href(&format!("mailto:?subject={}&body={text}", encoded(subject)));
}

/// Whether it was shared or given up is the visitor's business.
fn share(window: &Window, title: &str, text: &str, link: &str) {
    let data = ShareData::new();
    data.set_title(title);
    data.set_text(text);
    data.set_url(link);
    drop(window.navigator().share_with_data(&data));
}
