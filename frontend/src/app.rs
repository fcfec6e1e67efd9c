//! The whole page: the frame around every page and the choice of what stands in it. [`App`] wires
//! the hooks; [`Frame`] only draws, for the build and for tests.

use crate::components::{Desk, element, footer, header};
use crate::hooks::{
    use_again, use_check, use_entrance, use_line, use_passing_on, use_place, use_start,
    use_state_of_page, use_words,
};
use crate::pages::{check_page, not_found_page, start_page};
use crate::state::{Action, State};
use klinke_shared::Route;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component};

/// What the page begins with.
#[derive(Clone, Properties)]
pub struct AppProps {
    /// The state when the page is opened.
    pub first: Rc<State>,
    /// Is called once the page has something to show.
    pub enter: Callback<()>,
}

/// A page is opened once, so nothing has to be compared.
impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.first, &other.first)
    }
}

/// The living page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (page, tell) = use_state_of_page(&props.first);
    let state = &page.0;
    use_entrance(state, &props.enter);
    use_place(state, &tell);
    use_words(state, &tell);
    use_line(state, &tell);
    use_start(state, &tell);
    use_check(state, &tell);
    use_again(state, &tell);
    use_passing_on(state, &tell);
    frame(state, &tell, false)
}

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct FrameProps {
    /// The state to draw.
    pub state: State,
    /// Who hears what the visitor does.
    #[prop_or_default]
    pub tell: Callback<Action>,
    /// Whether this is the page as the server writes it, before any script has run.
    #[prop_or_default]
    pub unscripted: bool,
}

/// The page as it looks in a state.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    frame(&props.state, &props.tell, props.unscripted)
}

fn frame(state: &State, tell: &Callback<Action>, unscripted: bool) -> Html {
    let desk = Desk { texts: Rc::clone(&state.texts), tell: tell.clone() };
    let site = state.site.clone().unwrap_or_default();
    element("div", "frame").holding([
        element("a", "skip").with("href", "#content").saying(desk.texts.skip_to_content()),
        header(&desk, state.shown(), &site.operator),
        element("main", "")
            .with("id", "content")
            .with("tabindex", "-1")
            .holding([page(state, &desk, unscripted)]),
        footer(&desk, &site.operator),
    ])
}

fn page(state: &State, desk: &Desk, unscripted: bool) -> Html {
    match state.page.route {
        Route::Start => start_page(desk, state, unscripted),
        Route::Check(_) => check_page(desk, state, unscripted),
        Route::NotFound => not_found_page(desk),
        route => to_read(desk, route),
    }
}

/// Pages that are only to be read are written by the build, and the program never shows one.
#[cfg(feature = "prerender")]
fn to_read(desk: &Desk, route: Route) -> Html {
    crate::reading::page(desk, route)
}

#[cfg(not(feature = "prerender"))]
fn to_read(desk: &Desk, _: Route) -> Html {
    not_found_page(desk)
}
