//! One open door: what it is, whether that is fine, and what to do now, for each reader.

use super::{Desk, again, badge, element, family_icon, link, port_name, proof, say};
use crate::state::{Reader, State as Page};
use klinke_shared::{Finding, Port, Recognition, Report, Route, ServiceTexts, Texts, Tip};
use yew::Html;

/// So many other services that may be found at a door are named; more would only confuse.
const MOST_OTHERS: usize = 4;

/// The card of an open door. For the IT, the evidence is unfolded. A door that is meant to be open looks as
/// harmless as it is.
pub fn card(desk: &Desk, page: &Page, report: &Report, finding: &Finding) -> Html {
    let texts = &desk.texts;
    let words = texts.service(finding.service);
    let id = card_id(finding.port);
    let urgency = finding.urgency();
    let head = element("header", "card__head").holding([
        badge(urgency, finding.label(texts)),
        say("p", "card__port", place(texts, finding)),
        element("h3", "").with("id", &id).with("tabindex", "-1").holding([
            family_icon(finding.service.map(|id| id.service().family)),
            say("span", "", &words.name),
        ]),
        product(finding),
    ]);
    let body = if finding.expected {
        say("p", "card__what", texts.card_own())
    } else {
        element("div", "card__body").holding([
            say("p", "card__what", &words.purpose),
            notes(finding, texts),
            advice(finding, texts),
            background(words, finding, texts),
            tips(finding, desk),
            more(finding, desk),
            again(desk, &page.again, finding.port),
        ])
    };
    element("article", &format!("card {}", urgency.as_str()))
        .with("aria-labelledby", &id)
        .key(&finding.port.to_string())
        .holding([head, body, proof(texts, report, finding, page.reader == Reader::It)])
}

/// The name in the markup of the heading of a door's card.
#[must_use]
pub fn card_id(port: Port) -> String {
    format!("door-{}-{}", port.transport, port.number)
}

/// Of a door that no service claims there is nothing that it is usually used for.
fn place(texts: &Texts, finding: &Finding) -> String {
    let port = port_name(finding.port);
    match finding.service {
        Some(_) if finding.proven => texts.card_recognised(&port),
        Some(_) => texts.card_usually(&port),
        None => texts.card_door(&port),
    }
}

/// What the program calls itself. The mere name of a protocol is told only where no service says more.
fn product(finding: &Finding) -> Html {
    let named = |known: &&Recognition| known.product.is_some() || finding.service.is_none();
    let label = finding.recognition.as_ref().filter(named).and_then(Recognition::label);
    element("p", "card__product").hidden(label.is_none()).saying(&label.unwrap_or_default())
}

/// What was recognised and makes it better or worse.
fn notes(finding: &Finding, texts: &Texts) -> Html {
    let notes = finding.recognition.as_ref().map_or(&[][..], |known| &known.notes);
    let list: Vec<Html> = notes.iter().map(|note| say("li", "", note.text(texts))).collect();
    element("ul", "card__notes").hidden(notes.is_empty()).holding(list)
}

fn advice(finding: &Finding, texts: &Texts) -> Html {
    let readers = [
        ("me", texts.reader_employee(), &*finding.for_employee(texts)),
        ("boss", texts.reader_boss(), finding.for_boss(texts)),
        ("it", texts.reader_it(), &texts.service(finding.service).it),
    ];
    let readers = readers.map(|(key, reader, words)| {
        element("div", &format!("advice__reader advice__reader--{key}"))
            .key(key)
            .holding([say("dt", "", reader), say("dd", "", words)])
    });
    element("section", "advice")
        .holding([say("h4", "", texts.card_do()), element("dl", "").holding(readers)])
}

fn background(words: &ServiceTexts, finding: &Finding, texts: &Texts) -> Html {
    let others = finding.also.iter().take(MOST_OTHERS);
    let others: Vec<&str> = others.map(|id| texts.service(Some(*id)).name.as_str()).collect();
    let also = if others.is_empty() { String::new() } else { texts.card_also(&others.join(", ")) };
    let part = |title: &str, words: &str| {
        element("section", "").holding([say("h4", "", title), say("p", "", words)])
    };
    element("div", "background").holding([
        part(texts.card_risk(), &words.risk),
        part(texts.card_fine(), &words.fine),
        element("p", "background__also").hidden(others.is_empty()).saying(&also),
    ])
}

fn tips(finding: &Finding, desk: &Desk) -> Html {
    let tips = finding.service.map_or(&[][..], |id| id.service().tips);
    let tip = |tip: &Tip| {
        let words = tip.title(&desk.texts).into();
        element("li", "").holding([link(desk, desk.page(Route::Tip(*tip)), "", words)])
    };
    let list: Vec<Html> = tips.iter().map(tip).collect();
    element("div", "tips")
        .hidden(tips.is_empty())
        .holding([say("h4", "", desk.texts.tips_label()), element("ul", "").holding(list)])
}

/// The way to all that there is to say of this service.
fn more(finding: &Finding, desk: &Desk) -> Html {
    let there = finding
        .service
        .map(|id| link(desk, desk.page(Route::Service(id)), "", desk.texts.service_more().into()));
    element("p", "card__more").hidden(there.is_none()).holding([there.unwrap_or_default()])
}
