//! The report: verdict, counts, one card per open door, limits, passing on. Shows any report; it
//! does not know whose it is.

use crate::components::{Desk, card, counts, limits, passing_on, port_name, say, verdict};
use klinke_shared::{CheckId, Finding, Report, State, Texts};
use yew::{Html, html};

/// The whole report.
pub fn report_view(desk: &Desk, id: CheckId, report: &Report, forgetting: bool) -> Html {
    let texts = &desk.texts;
    let (unreliable, doors): (Vec<Finding>, Vec<Finding>) =
        report.findings().into_iter().partition(|finding| finding.state == State::Unreliable);
    html! {
        <div key="report" class="report">
            <div class="stage">{ verdict(texts, report) }</div>
            { counts(texts, report) }
            { cards(texts, report, &doors) }
            { plain_list(texts, &unreliable) }
            { limits(desk, report) }
            { passing_on(desk, id, forgetting) }
        </div>
    }
}

fn cards(texts: &Texts, report: &Report, doors: &[Finding]) -> Html {
    html! {
        <section class="cards" hidden={doors.is_empty()}>
            { say("h2", "", texts.cards_title(doors.len())) }
            { for doors.iter().map(|finding| card(texts, report, finding)) }
        </section>
    }
}

/// Doors that tell nothing get no card and no advice, only a list for the IT.
fn plain_list(texts: &Texts, doors: &[Finding]) -> Html {
    html! {
        <details class="unreliable" hidden={doors.is_empty()}>
            <summary>{ texts.unreliable_title(doors.len()) }</summary>
            <ul>
                { for doors.iter().map(|finding| html! {
                    { say("li", "", format!("{} – {}", port_name(finding.port), texts.service(finding.service).name)) }
                }) }
            </ul>
        </details>
    }
}
