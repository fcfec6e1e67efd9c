//! The report as plain text: for a ticket, an e-mail, a terminal.

use super::notes;
use crate::{Finding, Recognition, Report, State, Step, Texts};
use std::fmt::Write as _;

/// The width at which lines are broken, so that a quoted e-mail stays readable.
const WIDTH: usize = 76;

/// The whole report as plain text, lines at most 76 wide where words allow it. That of the sample says so first.
#[must_use]
pub fn text(report: &Report, texts: &Texts) -> String {
    let verdict = report.verdict();
    let mut page = String::new();
    if report.is_sample() {
        paragraph(&mut page, texts.sample_title(), "");
        page.push('\n');
    }
    paragraph(&mut page, &verdict.sentence(texts), "");
    paragraph(&mut page, verdict.meaning(texts), "");
    page.push('\n');
    paragraph(&mut page, texts.steps_title(), "");
    for (number, step) in (1..).zip(Step::of(report)) {
        let tip = if let Step::Read(tip) = step { tip.title(texts) } else { "" };
        paragraph(&mut page, format!("{number}. {} {tip}", step.text(texts)).trim_end(), "   ");
    }
    page.push('\n');
    for line in &report.addresses {
        let silent =
            line.observations.count(State::Filtered) + line.observations.count(State::Uncertain);
        let counts = texts.text_address(
            &line.address.to_string(),
            &line.observations.count(State::Open).to_string(),
            &line.observations.count(State::Closed).to_string(),
            &silent.to_string(),
            &line.missing().to_string(),
        );
        paragraph(&mut page, &counts, "");
    }
    for finding in report.findings() {
        page.push('\n');
        page += &door(&finding, texts);
    }
    page.push('\n');
    paragraph(&mut page, texts.limits_title(), "");
    for limit in report.limits() {
        paragraph(&mut page, &format!("- {}", limit.text(texts)), "  ");
    }
    page
}

/// One open door as plain text, for the IT.
#[must_use]
pub fn door(finding: &Finding, texts: &Texts) -> String {
    let words = texts.service(finding.service);
    let mut card = String::new();
    let head = format!("[{}] {} – {}", finding.label(texts), finding.port, words.name);
    paragraph(&mut card, &head, "");
    if let Some(known) = finding.recognition.as_ref().and_then(|known| recognised(known, texts)) {
        paragraph(&mut card, &format!("  {known}"), "  ");
    }
    paragraph(&mut card, &format!("  {}", words.risk), "  ");
    paragraph(&mut card, &format!("  {} {}", texts.card_fine(), words.fine), "  ");
    paragraph(&mut card, &format!("  {} {}", texts.reader_it(), words.it), "  ");
    card
}

/// What is behind the door, and what of it matters; nothing where there is nothing to say.
fn recognised(known: &Recognition, texts: &Texts) -> Option<String> {
    let notes = notes(known, texts);
    match known.label() {
        Some(label) if notes.is_empty() => Some(label),
        Some(label) => Some(format!("{label} – {notes}")),
        None => (!notes.is_empty()).then_some(notes),
    }
}

fn paragraph(page: &mut String, text: &str, indent: &str) {
    let mut width = 0;
    for (index, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && width + 1 + length > WIDTH {
            let _ = write!(page, "\n{indent}");
            width = indent.len();
        } else if index > 0 {
            page.push(' ');
            width += 1;
        }
        page.push_str(word);
        width += length;
    }
    page.push('\n');
}
