//! The report: verdict, counts, one card per open door, limits, passing on. Shows any report; it
//! does not know whose it is.

use crate::components::{
    Desk, card, counts, element, limits, passing_on, port_name, readers, say, steps, verdict,
};
use crate::state::{Reader, State as Page};
use klinke_shared::{CheckId, Finding, Report, State, Texts};
use yew::Html;

/// The whole report.
pub fn report_view(
    desk: &Desk,
    page: &Page,
    id: CheckId,
    report: &Report,
    forgetting: bool,
) -> Html {
    let texts = &desk.texts;
    let reader = page.reader;
    let (unreliable, doors): (Vec<Finding>, Vec<Finding>) =
        report.findings().into_iter().partition(|finding| finding.state == State::Unreliable);
    element("div", "report").key("report").with("data-reader", reader.as_str()).holding([
        element("div", "stage").holding([verdict(texts, report)]),
        counts(texts, report),
        steps(desk, report),
        element("div", "").hidden(doors.is_empty()).holding([readers(desk, reader)]),
        cards(desk, report, &doors, reader),
        plain_list(texts, &unreliable),
        limits(desk, report),
        passing_on(desk, page, id, forgetting),
    ])
}

fn cards(desk: &Desk, report: &Report, doors: &[Finding], reader: Reader) -> Html {
    let texts = &desk.texts;
    element("section", "cards").hidden(doors.is_empty()).holding([
        say("h2", "", texts.cards_title(doors.len())),
        doors.iter().map(|finding| card(desk, report, finding, reader)).collect(),
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
