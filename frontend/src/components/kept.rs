//! The one component of Yew's among the parts: it remembers what it drew, so that Yew does not compare it
//! with itself, element by element, as often as a part is added to a long page.

use std::rc::Rc;
use yew::virtual_dom::VComp;
use yew::{Component, Context, Html, Properties};

/// A part of the page, which is drawn again only when something has happened since then. As long as that is nothing,
/// the part is not whole.
pub(super) fn kept(happened: Option<u32>, part: Html) -> Html {
    VComp::new::<Kept>(Rc::new(KeptProps { happened, part }), None).into()
}

struct Kept;

#[derive(Properties)]
struct KeptProps {
    happened: Option<u32>,
    part: Html,
}

impl PartialEq for KeptProps {
    fn eq(&self, other: &Self) -> bool {
        self.happened.is_some() && self.happened == other.happened
    }
}

impl Component for Kept {
    type Message = ();
    type Properties = KeptProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().part.clone()
    }
}
