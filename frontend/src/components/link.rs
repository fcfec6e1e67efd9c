//! A link to a page of this site: a real one. To a page that the program draws, a plain click follows
//! it without a new load.

use super::Desk;
use crate::router;
use crate::state::Action;
use klinke_shared::{Language, PageRoute};
use web_sys::MouseEvent;
use yew::{Callback, Html, html};

/// The link, with what stands in it. It says so if it leads to another language, or to the page that is shown. Even
/// then it is a link: one that went away when it was followed would take the focus with it.
pub fn link(desk: &Desk, to: PageRoute, class: &'static str, words: Html) -> Html {
    let tell = desk.tell.clone();
    let living = to.route.is_living();
    let onclick = Callback::from(move |click: MouseEvent| {
        if living && router::is_plain(&click) {
            click.prevent_default();
            tell.emit(Action::Go(to));
        }
    });
    let here = (to == desk.here).then_some("page");
    let foreign = (to.language != desk.texts.language()).then(|| Language::code(to.language));
    html! {
        <a href={to.to_string()} {onclick} {class} lang={foreign} hreflang={foreign} aria-current={here}>
            { words }
        </a>
    }
}
