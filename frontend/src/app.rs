//! The whole page: the frame around every page and the choice of what stands in it. [`App`] wires
//! the hooks; [`Frame`] only draws, so it is drawn on the server and in tests too.

use crate::components::{Desk, footer, header};
use crate::hooks::{use_check, use_line, use_place, use_start, use_state_of_page, use_words};
use crate::pages::{check_page, limits_page, not_found_page, start_page};
use crate::state::State;
use klinke_shared::Route;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

/// What the page begins with.
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The state when the page is opened.
    pub first: State,
}

/// The living page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let (page, tell) = use_state_of_page(&props.first);
    let state = &page.0;
    use_place(state, &tell);
    use_words(state, &tell);
    use_line(state, &tell);
    use_start(state, &tell);
    use_check(state, &tell);
    html! { <Frame state={state.clone()} {tell} /> }
}

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct FrameProps {
    /// The state to draw.
    pub state: State,
    /// Who hears what the visitor does.
    #[prop_or_default]
    pub tell: Callback<crate::state::Action>,
    /// Whether this is the page as the server writes it, before any script has run.
    #[prop_or_default]
    pub unscripted: bool,
}

/// The page as it looks in a state.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let state = &props.state;
    let desk = Desk { texts: Rc::clone(&state.texts), tell: props.tell.clone() };
    html! {
        <div class="frame">
            <a class="skip" href="#content">{ desk.texts.skip_to_content() }</a>
            { header(&desk, state.shown()) }
            <main id="content" tabindex="-1">{ page(state, &desk, props.unscripted) }</main>
            { footer(&desk, state.site.as_deref()) }
        </div>
    }
}

fn page(state: &State, desk: &Desk, unscripted: bool) -> Html {
    match state.page.route {
        Route::Start => start_page(desk, state, unscripted),
        Route::Check(_) => {
            check_page(desk, state.check_of_page().map(|check| &**check), unscripted)
        }
        Route::Limits => limits_page(&desk.texts),
        Route::NotFound => not_found_page(desk),
    }
}
