//! The report: verdict, counts, one card per open door, limits, passing on. Shows any report; it
//! does not know whose it is.

use crate::components::{Desk, card, counts, element, limits, passing_on, port_name, say, verdict};
use klinke_shared::{CheckId, Finding, Report, State, Texts};
use yew::Html;

/// The whole report. `kept` is how long the server keeps it, in seconds, once known.
pub fn report_view(
    desk: &Desk,
    id: CheckId,
    report: &Report,
    kept: Option<u64>,
    forgetting: bool,
) -> Html {
    let texts = &desk.texts;
    let (unreliable, doors): (Vec<Finding>, Vec<Finding>) =
        report.findings().into_iter().partition(|finding| finding.state == State::Unreliable);
    element("div", "report").key("report").holding([
        element("div", "stage").holding([verdict(texts, report)]),
        counts(texts, report),
        cards(desk, report, &doors),
        plain_list(texts, &unreliable),
        limits(desk, report),
        passing_on(desk, id, kept, forgetting),
    ])
}

fn cards(desk: &Desk, report: &Report, doors: &[Finding]) -> Html {
    let texts = &desk.texts;
    element("section", "cards").hidden(doors.is_empty()).holding([
        say("h2", "", texts.cards_title(doors.len())),
        doors.iter().map(|finding| card(desk, report, finding)).collect(),
    ])
}

/// Doors that tell nothing get no card and no advice, only a list for the IT.
fn plain_list(texts: &Texts, doors: &[Finding]) -> Html {
    let line = |finding: &Finding| {
        let name = &texts.service(finding.service).name;
        say("li", "", format!("{} – {name}", port_name(finding.port)))
    };
    let list: Vec<Html> = doors.iter().map(line).collect();
    element("details", "unreliable").hidden(doors.is_empty()).holding([
        say("summary", "", texts.unreliable_title(doors.len())),
        element("ul", "").holding(list),
    ])
}
