//! What to do when the browser cannot run the page: shown at once where scripts are off, and after
//! a while where they run but the page does not come to life.

use super::say;
use klinke_shared::Texts;
use yew::{Html, html};

/// The check from a terminal. The server puts its own address in the place of `%ORIGIN%`.
const COMMAND: &str = "curl -N -d consent=yes %ORIGIN%/check";

/// The help, or an empty place for it. It is needed on the page as the server writes it, before any
/// script has run.
pub fn unscripted(texts: &Texts, needed: bool) -> Html {
    let help = || {
        html! {
            <section class="notice">
                { say("h2", "", texts.noscript_title()) }
                { say("p", "", texts.noscript_text()) }
                { say("pre", "", COMMAND) }
            </section>
        }
    };
    html! {
        <div class="unscripted">
            if needed {
                <noscript key="off">{ help() }</noscript>
                <div key="late" class="unscripted__late">{ help() }</div>
            }
        </div>
    }
}
