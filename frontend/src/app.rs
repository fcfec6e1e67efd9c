//! The whole page: the frame around every page and the choice of what stands in it. [`App`] wires
//! the hooks; [`Frame`] only draws, for the build and for tests.

use crate::components::{Desk, element, footer, header};
use crate::hooks::{
    use_again, use_check, use_drawing, use_entrance, use_line, use_passing_on, use_place,
    use_start, use_state_of_page, use_words,
};
use crate::pages::{check_page, not_found_page, start_page};
use crate::state::{Action, State};
use klinke_shared::Route;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component};

/// What the head of every page weighs, see [`Desk::has_room`].
const HEADER: i32 = 8;
/// What its foot weighs.
const FOOTER: i32 = 8;

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
    let desk = Desk::new(state, tell.clone());
    let drawn = if desk.wants_room() { Html::default() } else { frame(state, &desk, false) };
    let is_whole = !desk.wants_room();
    use_entrance(state, is_whole, &props.enter);
    use_drawing(state, is_whole, &tell);
    use_place(state, is_whole, &tell);
    use_words(state, &tell);
    use_line(state, &tell);
    use_start(state, &tell);
    use_check(state, &tell);
    use_again(state, &tell);
    use_passing_on(state, &tell);
    drawn
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
    let FrameProps { state, tell, unscripted } = props;
    frame(state, &Desk::new(state, tell.clone()), *unscripted)
}

fn frame(state: &State, desk: &Desk, unscripted: bool) -> Html {
    let site = state.site.clone().unwrap_or_default();
    element("div", "frame").holding([
        element("a", "skip").with("href", "#content").saying(desk.texts.skip_to_content()),
        desk.part(HEADER, &|| header(desk, &site.operator)),
        element("main", "")
            .with("id", "content")
            .with("tabindex", "-1")
            .holding([page(state, desk, unscripted)]),
        desk.part(FOOTER, &|| footer(desk, &site.operator)),
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
