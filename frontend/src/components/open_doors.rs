//! The open doors of a running check, by name. They are not judged before everything is known.

use super::{element, family_icon, port_name, say};
use crate::state::Check;
use klinke_shared::{Finding, Port, Recognition, Texts};
use yew::Html;

/// So many are named as they are found. Nobody reads more while they wait, and each has to be drawn every time.
const MOST_NAMED: usize = 24;

/// The open doors so far.
pub fn open_doors(texts: &Texts, check: &Check) -> Html {
    let named = &check.open[..check.open.len().min(MOST_NAMED)];
    let doors: Vec<Html> = named.iter().map(|port| entry(*port, check, texts)).collect();
    let more = check.open.len() - named.len();
    element("section", "open-doors").holding([
        say("h2", "", texts.check_open_so_far(check.open.len())),
        element("ul", "").holding(doors),
        element("p", "").hidden(more == 0).saying(&texts.check_open_more(more)),
    ])
}

/// The second line has its place before anything is recognised, so that nothing moves when it is.
fn entry(port: Port, check: &Check, texts: &Texts) -> Html {
    let known = check.recognition(port);
    let service = Finding::service_of(port, known);
    let label = known.and_then(Recognition::label);
    element("li", "open-door grey").key(&port.to_string()).holding([
        family_icon(service.map(|id| id.service().family)),
        say("span", "open-door__name", &texts.service(service).name),
        say("span", "open-door__port", port_name(port)),
        say("span", "open-door__label", label.unwrap_or_default()),
    ])
}
