//! The table of a report: one line per planned port, as RFC 4180 asks, for spreadsheets.

use crate::{Finding, Report, State, Texts, catalogue};

/// The report as comma-separated values with a head line; `\r\n` ends each line. Closed and silent
/// ports stand in it one by one, too, so that two tables can be compared; the last column is empty
/// for them, because only an open door is judged.
#[must_use]
pub fn csv(report: &Report, texts: &Texts) -> String {
    let mut table = String::from("address,transport,port,state,service,name,urgency\r\n");
    let mut findings = report.findings();
    findings.sort_unstable_by_key(|finding| finding.port);
    for line in &report.addresses {
        for port in line.planned.iter() {
            let seen = line.observations.state_of(port).unwrap_or(State::NotTested);
            let place = findings.binary_search_by_key(&port, |finding| finding.port).ok();
            let finding =
                place.and_then(|place| findings.get(place)).filter(|_| seen == State::Open);
            let service = catalogue::usual_at(port);
            let cells = [
                line.address.to_string(),
                port.transport.to_string(),
                port.number.to_string(),
                finding.map_or(seen, |finding| finding.state).as_str().to_owned(),
                service.map(|id| id.to_string()).unwrap_or_default(),
                service.map_or_else(String::new, |id| quoted(&texts.service(Some(id)).name)),
                finding.map(Finding::urgency).map_or("", crate::Severity::as_str).to_owned(),
            ];
            table += &cells.join(",");
            table += "\r\n";
        }
    }
    table
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
