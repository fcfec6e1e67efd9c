//! The report: verdict, counts, one card per open door, limits, passing on. Shows any report; it
//! does not know whose it is.

use crate::components::{
    Desk, Facade, card, card_id, compare, counts, element, fine, house, limits, passing_on,
    port_name, readers, say, steps, verdict,
};
use crate::state::{House, State as Page};
use klinke_shared::{CheckId, Finding, Judged, Ports, Report, State, Texts};
use yew::Html;

/// So many doors get a card. Nobody reads hundreds; what is less severe is listed.
const MOST_CARDS: usize = 40;
/// What a card weighs, see [`Desk::has_room`].
const CARD: i32 = 24;
/// What each of the other parts weighs, but for the house.
const PART: i32 = 8;

/// The whole report. What has a title of its own comes once all before it is drawn, so that nothing jumps.
pub fn report_view(desk: &Desk, page: &Page, id: CheckId, judged: &Judged) -> Html {
    let report = &judged.report;
    let texts = &desk.texts;
    let reader = page.reader;
    let (unreliable, doors): (Vec<&Finding>, Vec<&Finding>) =
        judged.findings.iter().partition(|finding| finding.state == State::Unreliable);
    // The styles leave out what makes no sense in the sample.
    let class = if report.is_sample() { "report report--sample" } else { "report" };
    element("div", class).key("report").with("data-reader", reader.as_str()).holding([
        desk.part(PART, &|| {
            element("div", "stage").holding([verdict(texts, judged, page.ahead_of_utc)])
        }),
        desk.part(PART, &|| steps(desk, &judged.steps)),
        element("section", "overview").hidden(desk.wants_room()).holding([
            say("h2", "", texts.overview_title()),
            doors_of(desk, page, report, &doors),
            desk.part(PART, &|| counts(texts, report)),
            desk.part(PART, &|| fine(texts, report, &doors)),
        ]),
        desk.part(PART, &|| {
            element("div", "").hidden(doors.is_empty()).holding([readers(desk, reader)])
        }),
        cards(desk, page, report, &doors),
        desk.part(PART, &|| list(texts, &texts.unreliable_title(unreliable.len()), &unreliable)),
        desk.part(PART, &|| limits(desk, report)),
        desk.part(PART, &|| compare(desk, page, report)),
        desk.part(PART, &|| passing_on(desk, page, id)),
    ])
}

/// The house with its open doors lit.
fn doors_of(desk: &Desk, page: &Page, report: &Report, open: &[&Finding]) -> Html {
    let plans: Vec<&Ports> = report.addresses.iter().map(|line| &line.planned).collect();
    let asked = plans.iter().map(|plan| plan.len()).max();
    let all = House::of(&plans).with(open.iter().map(|finding| finding.port));
    let seen = report.states();
    // A door that was shut since then is shown so.
    let state = |port| page.again.seen(port).or_else(|| seen(port));
    let service = |port| Finding::service_of(port, report.recognition(port));
    let facade = Facade { desk, state: &state, service: &service, hand: None, leads: true };
    house(&facade, &all, asked.unwrap_or_default())
}

fn cards(desk: &Desk, page: &Page, report: &Report, doors: &[&Finding]) -> Html {
    let texts = &desk.texts;
    let (cards, rest) = doors.split_at(doors.len().min(MOST_CARDS));
    let drawn = cards.iter().map(|finding| desk.part(CARD, &|| card(desk, page, report, finding)));
    element("section", "cards").hidden(doors.is_empty() || desk.wants_room()).holding([
        say("h2", "", texts.cards_title(doors.len())),
        drawn.collect(),
        desk.part(PART, &|| list(texts, &texts.cards_rest(rest.len()), rest)),
    ])
}

/// Doors without a card and advice of their own: those that tell nothing, and of very many the least severe.
fn list(texts: &Texts, title: &str, doors: &[&Finding]) -> Html {
    let line = |finding: &&Finding| {
        let words =
            [&*port_name(finding.port), &texts.service(finding.service).name, finding.label(texts)];
        let words = &words[..if finding.state == State::Unreliable { 2 } else { 3 }];
        element("li", "").with("id", &card_id(finding.port)).saying(&words.join(" – "))
    };
    let list: Vec<Html> = doors.iter().map(line).collect();
    element("details", "unreliable")
        .hidden(doors.is_empty())
        .holding([say("summary", "", title), element("ul", "").holding(list)])
}
