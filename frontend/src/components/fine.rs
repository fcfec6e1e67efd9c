//! What was fine: the doors that attackers try first and that are not open here.

use super::{element, say};
use klinke_shared::{Finding, Report, Severity, State, Texts, services};
use yew::Html;

/// So many are named; the picture shows more.
const MOST_NAMED: usize = 5;

/// The most attacked services of which every door was asked and none is open. Where answers cannot be
/// believed, nothing is called fine. `open` are the open doors of the report.
pub fn fine(texts: &Texts, report: &Report, open: &[&Finding]) -> Html {
    let is_believed = report.believed(State::Unreliable) == 0;
    let state = report.states();
    let is_shut = |port| matches!(state(port), Some(State::Closed | State::Filtered));
    let fine = services()
        .filter(|(_, service)| is_believed && service.severity >= Severity::High)
        .filter(|(id, service)| {
            let is_found = |finding: &&Finding| finding.service == Some(*id);
            service.ports().count() > 0
                && service.ports().all(is_shut)
                && !open.iter().any(is_found)
        })
        .take(MOST_NAMED);
    let names: Vec<&str> = fine.map(|(id, _)| texts.service(Some(id)).name.as_str()).collect();
    element("div", "fine green").hidden(names.is_empty()).holding([
        say("h3", "", texts.fine_title()),
        say("p", "", texts.fine_text(&names.join(" · "))),
    ])
}
