//! The verdict: a sentence, a colour and a sign, which all say the same.

use super::{element, heading, icon, say};
use klinke_shared::{Colour, Report, Texts};
use yew::Html;

/// The verdict and what it means.
pub fn verdict(texts: &Texts, report: &Report) -> Html {
    let verdict = report.verdict();
    let lines = report.addresses.iter().map(|line| {
        let address = line.address.to_string();
        let words = |address: &str| checked(texts, report, address, line.planned.len());
        element("p", "verdict__checked").key(&address).holding([
            say("span", "whole", words(&address)),
            say("span", "part", words(&in_part(&address))),
        ])
    });
    element("div", &format!("verdict {}", colour_class(verdict.colour))).holding([
        heading("verdict__title", texts.report_title()),
        element("div", "verdict__sign").holding([icon(verdict.colour.into())]),
        element("h2", "verdict__sentence")
            .with("id", "verdict")
            .with("tabindex", "-1")
            .saying(&verdict.sentence(texts)),
        say("p", "verdict__meaning", verdict.meaning(texts)),
        lines.collect(),
    ])
}

/// Enough of an address to know it again, for paper, which is passed on and left lying.
fn in_part(address: &str) -> String {
    /// So many of its parts are shown: as many as a line shares with its neighbours.
    const SHOWN: usize = 3;
    let mark = if address.contains(':') { ':' } else { '.' };
    let parts = address.split(mark).take(SHOWN);
    parts.flat_map(|part| part.chars().chain([mark])).chain(['…']).collect()
}

fn checked(texts: &Texts, report: &Report, address: &str, ports: usize) -> String {
    // A check of half a second did not take nothing.
    let seconds = report.finished_ms.saturating_sub(report.started_ms).div_ceil(1_000).max(1);
    texts.report_checked(address, &super::grouped(ports), &seconds.to_string())
}

const fn colour_class(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "green",
        Colour::Yellow => "yellow",
        Colour::Red => "red",
        Colour::Grey => "grey",
    }
}
