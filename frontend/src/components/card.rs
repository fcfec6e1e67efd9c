//! One open door: what it is, whether that is fine, and what to do now, for each reader.

use super::{element, icon, port_name, proof, say};
use klinke_shared::{Finding, Recognition, Report, ServiceTexts, Texts, Tip};
use yew::Html;

/// The card of an open door. A door that is meant to be open looks as harmless as it is.
pub fn card(texts: &Texts, report: &Report, finding: &Finding) -> Html {
    let words = texts.service(finding.service);
    let id = format!("door-{}-{}", finding.port.transport, finding.port.number);
    let urgency = finding.urgency();
    let head = element("header", "card__head").holding([
        element("p", "badge").holding([icon(urgency.into()), finding.label(texts).into()]),
        say("p", "card__port", place(texts, finding)),
        element("h3", "").with("id", &id).saying(&words.name),
        product(finding),
    ]);
    let body = if finding.expected {
        say("p", "card__what", texts.card_own())
    } else {
        element("div", "card__body").holding([
            say("p", "card__what", &words.purpose),
            notes(finding, texts),
            advice(words, texts),
            background(words, finding, texts),
            tips(finding, texts),
        ])
    };
    element("article", &format!("card {}", urgency.as_str()))
        .with("aria-labelledby", &id)
        .key(&finding.port.to_string())
        .holding([head, body, proof(texts, report, finding)])
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

fn advice(words: &ServiceTexts, texts: &Texts) -> Html {
    let readers = [
        ("me", texts.reader_employee(), &words.employee),
        ("boss", texts.reader_boss(), &words.boss),
        ("it", texts.reader_it(), &words.it),
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
    let others: Vec<&str> =
        finding.also.iter().map(|id| texts.service(Some(*id)).name.as_str()).collect();
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

fn tips(finding: &Finding, texts: &Texts) -> Html {
    let tips = finding.service.map_or(&[][..], |id| id.service().tips);
    let list: Vec<Html> = tips.iter().map(|tip| say("li", "", tip_words(*tip, texts))).collect();
    element("div", "tips")
        .hidden(tips.is_empty())
        .holding([say("h4", "", texts.tips_label()), element("ul", "").holding(list)])
}

fn tip_words(tip: Tip, texts: &Texts) -> &str {
    match tip {
        Tip::Necessary => texts.tip_necessary(),
        Tip::Firewall => texts.tip_firewall(),
        Tip::Restrict => texts.tip_restrict(),
        Tip::Vpn => texts.tip_vpn(),
        Tip::Updates => texts.tip_updates(),
        Tip::Scans => texts.tip_scans(),
        Tip::Monitoring => texts.tip_monitoring(),
    }
}
