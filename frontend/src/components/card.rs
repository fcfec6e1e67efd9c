//! One open door: what it is, whether that is fine, and what to do now, for each reader.

use super::{element, icon, port_name, say};
use klinke_shared::{Evidence, Finding, Report, ServiceTexts, State, Texts, Tip};
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
    ]);
    let body = if finding.expected {
        say("p", "card__what", texts.card_own())
    } else {
        element("div", "card__body").holding([
            say("p", "card__what", &words.purpose),
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
        Some(_) => texts.card_usually(&port),
        None => texts.card_door(&port),
    }
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

fn proof(texts: &Texts, report: &Report, finding: &Finding) -> Html {
    let sources = finding.service.map_or(&[][..], |id| id.service().sources);
    let list: Vec<Html> = sources.iter().map(|source| say("li", "", source)).collect();
    element("details", "proof").holding([
        say("summary", "", texts.card_evidence()),
        evidence(texts, report, finding).iter().map(|words| say("p", "", words)).collect(),
        element("div", "")
            .hidden(sources.is_empty())
            .holding([say("h4", "", texts.card_sources()), element("ul", "").holding(list)]),
    ])
}

/// One sentence for each address at which this door was seen open.
fn evidence(texts: &Texts, report: &Report, finding: &Finding) -> Vec<String> {
    let seen = report.notable().filter(|seen| seen.port == finding.port);
    seen.filter_map(|seen| match seen.evidence {
        Evidence::Accepted { rtt_us } => Some(sentence(texts, finding, rtt_us)),
        _ => None,
    })
    .collect()
}

fn sentence(texts: &Texts, finding: &Finding, rtt_us: u32) -> String {
    let port = port_name(finding.port);
    if finding.state == State::Unreliable {
        return texts.evidence_unreliable(&port);
    }
    texts.evidence_accepted(&port, &milliseconds(rtt_us, texts))
}

/// Tenths matter only on a short way.
fn milliseconds(rtt_us: u32, texts: &Texts) -> String {
    let (whole, tenths) = (rtt_us / 1_000, rtt_us % 1_000 / 100);
    let point = match texts.language() {
        klinke_shared::Language::German => ',',
        klinke_shared::Language::English => '.',
    };
    if whole >= 10 { whole.to_string() } else { format!("{whole}{point}{tenths}") }
}
