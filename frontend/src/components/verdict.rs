//! The verdict: a sentence, a colour and a sign, which all say the same.

use super::{heading, icon, say};
use klinke_shared::{Colour, Report, Texts};
use yew::{Html, html};

/// The verdict and what it means.
pub fn verdict(texts: &Texts, report: &Report) -> Html {
    let verdict = report.verdict();
    html! {
        <div class={format!("verdict {}", colour_class(verdict.colour))}>
            { heading("verdict__title", texts.report_title()) }
            <div class="verdict__sign">{ icon(verdict.colour.into()) }</div>
            <h2 class="verdict__sentence" id="verdict" tabindex="-1">{ verdict.sentence(texts) }</h2>
            { say("p", "verdict__meaning", verdict.meaning(texts)) }
            { for report.addresses.iter().map(|line| {
                let words = checked(texts, report, &line.address.to_string(), line.planned.len());
                html! { <p key={line.address.to_string()} class="verdict__checked">{ words }</p> }
            }) }
        </div>
    }
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
