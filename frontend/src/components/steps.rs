//! What to do now: the first steps, before any card.

use super::{Button, Desk, element, link, say};
use crate::state::{Action, PassOn};
use klinke_shared::{Route, Step};
use yew::Html;

/// The steps of a report.
pub fn steps(desk: &Desk, steps: &[Step]) -> Html {
    let list: Vec<Html> =
        steps.iter().map(|step| element("li", "").holding(one(desk, *step))).collect();
    element("section", "steps")
        .holding([say("h2", "", desk.texts.steps_title()), element("ol", "").holding(list)])
}

fn one(desk: &Desk, step: Step) -> Vec<Html> {
    let texts = &desk.texts;
    let words = say("span", "", step.text(texts));
    match step {
        Step::Read(tip) => {
            let tip = link(desk, desk.page(Route::Tip(tip)), "", tip.title(texts).into());
            vec![words, " ".into(), tip]
        }
        Step::Today | Step::Soon | Step::Ask => {
            let mail = Button::new("button", texts.report_mail());
            vec![words, mail.telling(desk.on(|| Action::PassOn(PassOn::Mail)))]
        }
        _ => vec![words],
    }
}
