//! How it is known that a door is open and what is behind it, and where its advice comes from: for
//! the IT, folded away.

use super::{element, port_name, say};
use klinke_shared::{
    Certificate, Evidence, Finding, Language, Recognition, Report, State, Texts, date,
};
use yew::Html;

/// The evidence for an open door and the sources of its card.
pub fn proof(texts: &Texts, report: &Report, finding: &Finding, unfolded: bool) -> Html {
    let sources = &texts.service(finding.service).sources;
    let list: Vec<Html> = sources.iter().map(|source| say("li", "", source)).collect();
    let mut evidence = seen(texts, report, finding);
    if let Some(known) = &finding.recognition {
        evidence.extend(told(texts, known));
    }
    let details = element("details", "proof");
    let details = if unfolded { details.with("open", "open") } else { details };
    details.holding([
        say("summary", "", texts.card_evidence()),
        evidence.iter().map(|words| say("p", "", words)).collect(),
        element("div", "")
            .hidden(sources.is_empty())
            .holding([say("h4", "", texts.card_sources()), element("ul", "").holding(list)]),
    ])
}

/// One sentence for each address at which this door was seen open.
fn seen(texts: &Texts, report: &Report, finding: &Finding) -> Vec<String> {
    let seen = report.notable().filter(|seen| seen.port == finding.port);
    seen.filter_map(|seen| sentence(texts, finding, seen.evidence)).collect()
}

fn sentence(texts: &Texts, finding: &Finding, evidence: Evidence) -> Option<String> {
    let port = port_name(finding.port);
    match evidence {
        Evidence::Accepted { .. } if finding.state == State::Unreliable => {
            Some(texts.evidence_unreliable(&port))
        }
        Evidence::Accepted { rtt_us } => {
            Some(texts.evidence_accepted(&port, &milliseconds(rtt_us, texts)))
        }
        Evidence::Answered { rtt_us, .. } => {
            Some(texts.evidence_udp(&port, &milliseconds(rtt_us, texts)))
        }
        _ => None,
    }
}

/// What the program behind the door told of itself.
fn told(texts: &Texts, known: &Recognition) -> impl Iterator<Item = String> {
    let label = known.label().map(|label| texts.evidence_recognised(&label));
    let detail = known.detail.as_ref().map(|words| texts.evidence_said(words));
    let certificate = known.certificate.as_ref().map(|shown| certified(texts, shown));
    [label, detail, certificate].into_iter().flatten()
}

fn certified(texts: &Texts, certificate: &Certificate) -> String {
    let expires = date(certificate.expires, texts);
    if certificate.names.is_empty() {
        return texts.evidence_certificate_nameless(&expires);
    }
    texts.evidence_certificate(&certificate.names.join(", "), &expires)
}

/// Tenths matter only on a short way.
fn milliseconds(rtt_us: u32, texts: &Texts) -> String {
    let (whole, tenths) = (rtt_us / 1_000, rtt_us % 1_000 / 100);
    let point = match texts.language() {
        Language::German => ',',
        Language::English => '.',
    };
    if whole >= 10 { whole.to_string() } else { format!("{whole}{point}{tenths}") }
}
