//! The table of a report: one line per port of note, as RFC 4180 asks, for spreadsheets.

use crate::{Report, Texts, catalogue};

/// The report as comma-separated values with a head line; `\r\n` ends each line. Closed and silent
/// ports stand in it one by one, too, so that two tables can be compared.
#[must_use]
pub fn csv(report: &Report, texts: &Texts) -> String {
    let mut table = String::from("address,transport,port,state,service,name,severity\r\n");
    for line in &report.addresses {
        for port in line.planned.iter() {
            let state = line.observations.state_of(port).map_or("not-tested", crate::State::as_str);
            let service = catalogue::usual_at(port);
            let name = service.map_or("", |id| texts.service(Some(id)).name.as_str());
            let severity = service.map_or("", |id| id.service().severity.as_str());
            let cells = [
                line.address.to_string(),
                port.transport.to_string(),
                port.number.to_string(),
                state.to_owned(),
                service.map(|id| id.to_string()).unwrap_or_default(),
                quoted(name),
                severity.to_owned(),
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
