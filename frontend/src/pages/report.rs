//! The report: verdict, counts, one card per open door, limits, passing on. Shows any report; it
//! does not know whose it is.

use crate::components::{
    Desk, Facade, card, compare, counts, element, fine, house, limits, passing_on, port_name,
    readers, say, steps, verdict,
};
use crate::state::{House, State as Page};
use klinke_shared::{CheckId, Finding, Ports, Report, State, Texts};
use yew::Html;

/// The whole report.
pub fn report_view(desk: &Desk, page: &Page, id: CheckId, report: &Report) -> Html {
    let texts = &desk.texts;
    let reader = page.reader;
    let (unreliable, doors): (Vec<Finding>, Vec<Finding>) =
        report.findings().into_iter().partition(|finding| finding.state == State::Unreliable);
    element("div", "report").key("report").with("data-reader", reader.as_str()).holding([
        element("div", "stage").holding([verdict(texts, report, page.ahead_of_utc)]),
        steps(desk, report),
        element("section", "overview").holding([
            say("h2", "", texts.overview_title()),
            doors_of(texts, page, report, &doors),
            counts(texts, report),
            fine(texts, report, &doors),
        ]),
        element("div", "").hidden(doors.is_empty()).holding([readers(desk, reader)]),
        cards(desk, page, report, &doors),
        plain_list(texts, &unreliable),
        limits(desk, report),
        compare(desk, page, report),
        passing_on(desk, page, id),
    ])
}

/// The house with its open doors lit.
fn doors_of(texts: &Texts, page: &Page, report: &Report, open: &[Finding]) -> Html {
    let plans: Vec<&Ports> = report.addresses.iter().map(|line| &line.planned).collect();
    let asked = plans.iter().map(|plan| plan.len()).max();
    let all = open.iter().fold(House::of(&plans), |house, finding| house.and(finding.port));
    let seen = report.states();
    // A door that was shut since then is shown so.
    let state = |port| page.again.seen(port).or_else(|| seen(port));
    let service = |port| Finding::service_of(port, report.recognition(port));
    let facade = Facade { texts, state: &state, service: &service, hand: None, leads: true };
    house(&facade, &all, asked.unwrap_or_default())
}

fn cards(desk: &Desk, page: &Page, report: &Report, doors: &[Finding]) -> Html {
    let texts = &desk.texts;
    element("section", "cards").hidden(doors.is_empty()).holding([
        say("h2", "", texts.cards_title(doors.len())),
        doors.iter().map(|finding| card(desk, page, report, finding)).collect(),
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
