//! The table of a report: one line per planned port, as RFC 4180 asks, for spreadsheets.

use super::notes;
use crate::{AddressReport, Finding, Port, Recognition, Report, State, Texts, catalogue};

const HEAD: &str = "address,transport,port,state,service,name,urgency,recognised,notes\r\n";

/// The report as comma-separated values with a head line; `\r\n` ends each line. Closed and silent
/// ports stand in it one by one, too, so that two tables can be compared; the last columns are empty
/// for them, because only an open door is judged and asked what it is.
#[must_use]
pub fn csv(report: &Report, texts: &Texts) -> String {
    let mut table = String::from(HEAD);
    let mut findings = report.findings();
    findings.sort_unstable_by_key(|finding| finding.port);
    for line in &report.addresses {
        for port in line.planned.iter() {
            table += &row(line, port, &findings, texts).join(",");
            table += "\r\n";
        }
    }
    table
}

fn row(line: &AddressReport, port: Port, findings: &[Finding], texts: &Texts) -> [String; 9] {
    let seen = line.observations.state_of(port).unwrap_or(State::NotTested);
    let place = findings.binary_search_by_key(&port, |finding| finding.port).ok();
    let finding = place.and_then(|place| findings.get(place)).filter(|_| seen == State::Open);
    let service = finding.map_or_else(|| catalogue::usual_at(port), |finding| finding.service);
    let known = finding.and_then(|finding| finding.recognition.as_ref());
    [
        line.address.to_string(),
        port.transport.to_string(),
        port.number.to_string(),
        finding.map_or(seen, |finding| finding.state).as_str().to_owned(),
        service.map(|id| id.to_string()).unwrap_or_default(),
        service.map_or_else(String::new, |id| quoted(&texts.service(Some(id)).name)),
        finding.map(Finding::urgency).map_or("", crate::Severity::as_str).to_owned(),
        known.and_then(Recognition::label).map_or_else(String::new, |label| said(&label)),
        known.map_or_else(String::new, |known| quoted(&notes(known, texts))),
    ]
}

/// What the other side said, quoted. With an apostrophe before it where a spreadsheet would take it
/// for a formula.
fn said(label: &str) -> String {
    if label.starts_with(['=', '+', '-', '@']) {
        quoted(&format!("'{label}"))
    } else {
        quoted(label)
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
